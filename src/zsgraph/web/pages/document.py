"""The page of a document: a named graph, a module of the ontology, a scheme, the shapes."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import DCT, GRAPH, RDFS, SKOS
from zsgraph.web.document_terms import term_groups
from zsgraph.web.documents import in_thread
from zsgraph.web.rendering import page
from zsgraph.web.schema_org import dataset
from zsgraph.web.served import Served

_MEMBERS = tuple(ox.NamedNode(name) for name in (RDFS + "isDefinedBy", SKOS + "inScheme"))
_TITLE = ox.NamedNode(DCT + "title")
_DESCRIPTIONS = tuple(ox.NamedNode(name) for name in (SKOS + "definition", DCT + "description"))
_MOST = 2000


async def document_page(request: Request, served: Served, iri: str, language: str) -> Response:
    """Show what a document holds, with links to its members and its other forms."""
    context = await in_thread(request, partial(_content, served, iri, language))
    return page(request, "document.html", context, language)


def _content(served: Served, iri: str, language: str) -> dict[str, Any]:
    members = _members(served, iri)
    groups = [] if iri.startswith(GRAPH) else term_groups(served, members, language)
    rest = [] if groups else members[:_MOST]
    labels = labels_of(served.graph.store, [iri, *rest], language)
    titles = _texts(served, iri, [_TITLE], language)
    label = labels.get(iri) or min((text.value for text in titles), default=local_name(iri))
    return {
        "iri": iri,
        "label": label,
        "texts": _texts(served, iri, _DESCRIPTIONS, language),
        "groups": groups,
        "members": sorted((labels.get(member) or local_name(member), member) for member in rest),
        "count": len(members),
        "structured": dataset(iri, label, language),
    }


def _texts(
    served: Served, iri: str, paths: Iterable[ox.NamedNode], language: str
) -> list[ox.Literal]:
    """Return the texts that properties of a document give, in the reader's language if any are."""
    node = ox.NamedNode(iri)
    found = [
        quad.object
        for path in paths
        for quad in served.graph.store.quads_for_pattern(node, path, None, None)
        if isinstance(quad.object, ox.Literal)
    ]
    spoken = [text for text in found if text.language == language]
    return sorted(set(spoken or found), key=lambda text: text.value)


def _members(served: Served, iri: str) -> list[str]:
    store = served.graph.store
    if iri.startswith(GRAPH):
        quads = store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        found = {quad.subject for quad in quads}
    else:
        node = ox.NamedNode(iri)
        found = {
            quad.subject
            for member in _MEMBERS
            for quad in store.quads_for_pattern(None, member, node, None)
        }
    found |= _shapes_and_modules(served, iri)
    return sorted(node.value for node in found if isinstance(node, ox.NamedNode))


def _shapes_and_modules(served: Served, iri: str) -> set[ox.NamedNode | ox.BlankNode | ox.Triple]:
    from zsgraph.web.linked_data import ONTOLOGY, SHAPES

    if iri == SHAPES:
        return {ox.NamedNode(table.shape) for table in served.schema.tables.values()}
    if iri == ONTOLOGY:
        quads = served.graph.store.quads_for_pattern(None, _MEMBERS[0], None, None)
        return {quad.subject for quad in quads}
    return set()
