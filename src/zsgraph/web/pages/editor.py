"""The SPARQL editor: Yasgui with our prefixes, terms, maps and the named queries as examples."""

from typing import Any, Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from zsgraph.labels import labels_of
from zsgraph.namespaces import GRAPH_ONTOLOGY, GRAPH_SCHEMES, PREFIXES, RDF, shorten
from zsgraph.web.exploring import offer
from zsgraph.web.negotiation import language
from zsgraph.web.pages.queries import sparql_of
from zsgraph.web.rendering import link, page
from zsgraph.web.served import Served
from zsgraph.web.tiles import tile_map

_START: Final = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?class ?label (COUNT(*) AS ?things) WHERE {
  ?thing a ?class .
  ?class rdfs:label ?label .
  FILTER(LANG(?label) = "%s")
}
GROUP BY ?class ?label ORDER BY DESC(?things) LIMIT 15
"""
#: The editor sets styles from its script; scripts still come from here only.
_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)


async def editor(request: Request) -> Response:
    """Show the editor, with the query of the address if it gives one."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    examples = [
        {"title": query.summary.text(spoken), "query": sparql_of(served, query, {})}
        for query in served.queries.values()
        if not any(parameter.required for parameter in query.parameters)
    ]
    start = request.query_params.get("query") or _START % spoken
    context = {
        "query": start,
        "prefixes": PREFIXES,
        "examples": examples,
        "settings": {
            "query": start,
            "prefixes": PREFIXES,
            "language": spoken,
            "maps": _maps(served, spoken),
        },
    }
    return page(
        request, "editor.html", context, spoken, headers={"Content-Security-Policy": _POLICY}
    )


def _maps(served: Served, spoken: str) -> list[dict[str, Any]]:
    """Return the maps on which results can be shown, with what the IRIs on them start with."""
    offered = offer(served)
    bases = {table.target: table.base for table in served.schema.tables.values()}
    maps = []
    for facet in offered.facets.values() if offered else ():
        if not facet.tiles or facet.cls not in bases:
            continue
        drawn, base = tile_map(facet.tiles, {}, spoken), bases[facet.cls]
        squares = [
            {"code": square.code, "x": square.x, "y": square.y, "name": square.name,
             "address": link(base + square.code, spoken, (base,))}
            for square in drawn.squares
        ]  # fmt: skip
        maps.append(
            {"base": base, "width": drawn.width, "height": drawn.height, "squares": squares}
        )
    return maps


async def terms(request: Request) -> Response:
    """List the terms that the editor completes: those of the ontology and of the schemes."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    key = f"terms {spoken}"
    if key not in served.kept:
        served.kept[key] = _terms(served, spoken)
    return JSONResponse(served.kept[key], headers={"Content-Language": spoken})


def _terms(served: Served, spoken: str) -> list[dict[str, Any]]:
    store, kind = served.graph.store, ox.NamedNode(RDF + "type")
    found = {
        quad.subject.value
        for graph in (GRAPH_ONTOLOGY, GRAPH_SCHEMES)
        for quad in store.quads_for_pattern(None, kind, None, ox.NamedNode(graph))
        if isinstance(quad.subject, ox.NamedNode)
    }
    labels = labels_of(store, found, spoken)
    return [
        {"name": short if (short := shorten(iri)) != iri and "/" not in short else f"<{iri}>",
         "label": labels[iri]}
        for iri in sorted(found)
        if iri in labels
    ]  # fmt: skip
