"""Every named query gives on Virtuoso what it gives on the embedded store, row for row."""

import pytest

from tests.test_golden import QUERIES, _ours, _plain
from tests.update_golden import example_values
from zsgraph.answers import answer
from zsgraph.queries import NamedQuery
from zsgraph.remote.endpoint import Endpoint
from zsgraph.remote.store import remote_graph
from zsgraph.store import Graph

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


@each_query
def test_virtuoso_gives_the_same_rows_in_the_same_order(
    query: NamedQuery, graph: Graph, filled: Endpoint
) -> None:
    remote = remote_graph(filled)
    for values in ({}, *({name: value} for name, value in example_values(query).items())):
        assert _plain(_ours(remote, query, values)) == _plain(_ours(graph, query, values)), values


def test_labels_come_from_the_service_too(graph: Graph, filled: Endpoint) -> None:
    query = QUERIES["top-operators"]
    assert answer(remote_graph(filled), query).labels == answer(graph, query).labels
