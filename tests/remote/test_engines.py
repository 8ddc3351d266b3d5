"""Every named query gives on a service what it gives on the embedded store, row for row."""

import pytest

from tests.test_golden import QUERIES, _ours, _plain
from tests.update_golden import example_values
from tests.web.live import Live
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
    _agree(remote_graph(filled), graph, query)


@each_query
def test_our_own_endpoint_gives_the_same_rows_in_the_same_order(
    query: NamedQuery, graph: Graph, server: Live
) -> None:
    _agree(remote_graph(Endpoint(f"{server.url}/sparql")), graph, query)


def _agree(remote: Graph, graph: Graph, query: NamedQuery) -> None:
    """Compare the answers without values and with each example."""
    for values in ({}, *({name: value} for name, value in example_values(query).items())):
        assert _plain(_ours(remote, query, values)) == _plain(_ours(graph, query, values)), values


def test_labels_come_from_the_service_too(graph: Graph, filled: Endpoint) -> None:
    query = QUERIES["top-operators"]
    assert answer(remote_graph(filled), query).labels == answer(graph, query).labels
