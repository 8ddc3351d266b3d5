"""Every named query gives on Virtuoso what it gives on the embedded store, row for row."""

import pytest

from tests.test_golden import QUERIES, _ours, _plain
from tests.update_golden import example_values
from zsgraph.answers import answer
from zsgraph.queries import NamedQuery
from zsgraph.remote.endpoint import Endpoint
from zsgraph.remote.faults import RemoteQueryError
from zsgraph.remote.store import remote_graph
from zsgraph.store import Graph

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


#: Virtuoso 7 sorts no row with a text of more than 4 kB (SR319).
_TOO_LONG = {"q4-platform-types", "q9-building-keys"}


@each_query
def test_virtuoso_gives_the_same_rows_in_the_same_order(
    query: NamedQuery, graph: Graph, filled: Endpoint
) -> None:
    if query.name in _TOO_LONG:
        with pytest.raises(RemoteQueryError, match="SR319"):
            answer(remote_graph(filled), query)
        return
    remote = remote_graph(filled)
    for values in ({}, *({name: value} for name, value in example_values(query).items())):
        assert _plain(_ours(remote, query, values)) == _plain(_ours(graph, query, values)), values


def test_labels_come_from_the_service_too(graph: Graph, filled: Endpoint) -> None:
    query = QUERIES["top-operators"]
    assert answer(remote_graph(filled), query).labels == answer(graph, query).labels
