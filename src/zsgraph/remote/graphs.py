"""Which graphs of a service are ours to read."""

import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from zsgraph.errors import GraphMissingError
from zsgraph.namespaces import GRAPH
from zsgraph.remote.client import Client
from zsgraph.remote.faults import RemoteError
from zsgraph.remote.marker import MARKER, STAGING, read_marker
from zsgraph.remote.results import solutions

#: Seconds between looks at a service whose graphs are being put into their places.
_PAUSES: Final = (0.5, 1.0, 2.0, 4.0)
#: Counted, since Virtuoso 7 takes minutes for the same names with DISTINCT.
_ALL: Final = "SELECT ?g (COUNT(*) AS ?count) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class Served(NamedTuple):
    """What a service holds: IRIs of graphs, and the description of the build if it is known."""

    graphs: tuple[str, ...]
    description: dict[str, Any]


def served_graphs(client: Client, pause: Callable[[float], None] = time.sleep) -> Served:
    """Return the graphs of a service.

    The mark of the last push names them; a service that was filled otherwise is asked for all
    graphs whose names are ours.

    Raises
    ------
    RemoteError
        If a push is not complete, so that graphs old and new are side by side.
    GraphMissingError
        If there are none.
    """
    marker = read_marker(client)
    for seconds in _PAUSES:
        if marker is None or not marker.moving:
            break
        pause(seconds)
        marker = read_marker(client)
    if marker is not None and marker.moving:
        raise RemoteError(
            f"{client.endpoint.query} 上的图正在更新，新旧并存，不作回答。请稍后再试；"
            "如果更新已中断，请再运行一次 zsgraph push。",
            f"The graph at {client.endpoint.query} is being renewed; old and new are side by side "
            "and nothing is answered. Try again later; if the push was interrupted, run zsgraph "
            "push once more.",
        )
    if marker is not None:
        return Served(tuple(sorted(marker.graphs)), marker.description)
    found = solutions(client.select(_ALL), client.endpoint.query)
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(row[0].value for row in found if isinstance(row[0], ox.NamedNode))
    ours = tuple(n for n in names if n.startswith(GRAPH) and not n.startswith((MARKER, STAGING)))
    if not ours:
        raise GraphMissingError(
            f"{client.endpoint.query} 上没有本图谱的图。请先运行 zsgraph push --endpoint …。",
            f"{client.endpoint.query} holds no graph of ours. Run zsgraph push --endpoint … first.",
        )
    return Served(ours, {})
