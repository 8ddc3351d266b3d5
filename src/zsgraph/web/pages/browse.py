"""Browsing: the tables, and the things of one."""

from dataclasses import dataclass
from functools import partial
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from zsgraph.discovery.naming import Names
from zsgraph.discovery.provenance import Provenance
from zsgraph.discovery.titles import Titles
from zsgraph.labels import labels_of, local_name
from zsgraph.names import folded
from zsgraph.namespaces import DCT, GRAPH_DATA, OWL, RDF, SKOS
from zsgraph.schema import Table
from zsgraph.web.beside import beside
from zsgraph.web.negotiation import language
from zsgraph.web.problems import ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.served import Served

_PAGE: Final = 60
_TYPE, _TITLE = ox.NamedNode(RDF + "type"), ox.NamedNode(DCT + "title")


@dataclass(frozen=True, slots=True)
class Member:
    """A thing of a table, with its title."""

    iri: str
    id: str
    title: str


async def browse(request: Request) -> Response:
    """List the tables, the schemes and the modules of the ontology."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    context = {
        "tables": served.schema.tables.values(),
        "rows": served.graph.description["rows"],
        "schemes": _named(served, SKOS + "ConceptScheme", spoken),
        "modules": _named(served, OWL + "Ontology", spoken),
    }
    return page(request, "browse.html", context, spoken)


async def browse_table(request: Request) -> Response:
    """List the things of a table, or those whose title contains ``contains``."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    table = served.schema.tables.get(request.path_params["table"])
    if table is None:
        name = request.path_params["table"]
        raise ProblemError(404, f"没有叫“{name}”的表。", f"There is no table “{name}”.")
    members = await beside(request, partial(_members, served, table, spoken))
    contains = request.query_params.get("contains", "")
    fitting = [m for m in members if folded(contains) in folded(m.title + m.id)]
    pages = max(1, -(-len(fitting) // _PAGE))
    asked = request.query_params.get("page", "1")
    number = min(max(int(asked[:6]) if asked.isascii() and asked.isdigit() else 1, 1), pages)
    context = {
        "table": table,
        "contains": contains,
        "members": fitting[(number - 1) * _PAGE : number * _PAGE],
        "matching": len(fitting),
        "total": len(members),
        "number": number,
        "pages": pages,
    }
    return page(request, "browse_table.html", context, spoken)


def _members(served: Served, table: Table, language: str) -> list[Member]:
    key = f"members {table.name} {language}"
    if key not in served.kept:
        names = Names(served.graph.store, language)
        closed = served.closed.fresh()
        provenance = Provenance(closed, served.knowledge, names, served.schema)
        titles = Titles(closed, provenance, names)
        things = served.graph.store.quads_for_pattern(
            None, _TYPE, ox.NamedNode(table.target), ox.NamedNode(GRAPH_DATA + table.name)
        )
        iris = sorted({q.subject.value for q in things if isinstance(q.subject, ox.NamedNode)})
        names.learn(iris)
        served.kept[key] = [Member(iri, local_name(iri), titles(iri)) for iri in iris]
    kept: list[Member] = served.kept[key]  # type: ignore[assignment]
    return kept


def _named(served: Served, cls: str, language: str) -> list[tuple[str, str]]:
    store = served.graph.store
    found = store.quads_for_pattern(None, _TYPE, ox.NamedNode(cls), None)
    iris = {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}
    labels = labels_of(store, iris, language)
    for iri in iris - labels.keys():
        titles = [
            quad.object
            for quad in store.quads_for_pattern(ox.NamedNode(iri), _TITLE, None, None)
            if isinstance(quad.object, ox.Literal)
        ]
        spoken = [title.value for title in titles if title.language == language]
        labels[iri] = min(spoken or [title.value for title in titles], default=local_name(iri))
    return sorted(((label, iri) for iri, label in labels.items()), key=lambda item: item[1])
