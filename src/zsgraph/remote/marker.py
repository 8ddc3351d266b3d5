"""The mark that a push leaves at a service: what is there, and whether it is whole.

It is one statement in a graph of its own, which no query of ours reads: a text in JSON.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.namespaces import GRAPH, RDF
from zsgraph.remote.client import Client
from zsgraph.remote.results import solutions
from zsgraph.terms import literal

MARKER: Final = GRAPH + "push"
#: Under this name the graphs lie that are being filled.
STAGING: Final = GRAPH + "push/"
_VALUE: Final = f"<{RDF}value>"


@dataclass(frozen=True, slots=True)
class GraphState:
    """What a named graph holds: number of triples and SHA-256 of their sorted lines."""

    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Marker:
    """What a service holds.

    Attributes
    ----------
    graphs
        Its named graphs by IRI.
    description
        Of the build that they come from.
    moving
        Whether graphs are being put into their places, so that old and new are side by side.
    """

    graphs: dict[str, GraphState]
    description: dict[str, Any] = field(default_factory=dict)
    moving: bool = False


def read_marker(client: Client) -> Marker | None:
    """Return the mark of a service; None if it has none."""
    text = f"SELECT ?state {{ GRAPH <{MARKER}> {{ <{MARKER}> {_VALUE} ?state }} }}"
    found = solutions(client.select(text), client.endpoint.query)
    assert isinstance(found, ox.QuerySolutions)
    states = [json.loads(row[0].value) for row in found if isinstance(row[0], ox.Literal)]
    if not states:
        return None
    # a reader between two steps of an engine that is not atomic sees both marks
    state = next((state for state in states if state["moving"]), states[0])
    graphs = {name: GraphState(*held) for name, held in state["graphs"].items()}
    return Marker(graphs, state["description"], state["moving"])


def marking(marker: Marker) -> str:
    """Return the operations of an update that put a mark in place of the one before."""
    state = {
        "moving": marker.moving,
        "graphs": {name: [g.count, g.sha256] for name, g in sorted(marker.graphs.items())},
        "description": marker.description,
    }
    text = literal(json.dumps(state, ensure_ascii=False))
    return (
        f"DROP SILENT GRAPH <{MARKER}> ;\n"
        f"INSERT DATA {{ GRAPH <{MARKER}> {{ <{MARKER}> {_VALUE} {text} }} }}"
    )
