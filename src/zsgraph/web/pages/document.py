"""The page of a document: a named graph, a module of the ontology, a scheme, the shapes."""

from functools import partial

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import GRAPH, RDFS, SKOS
from zsgraph.web.documents import in_thread
from zsgraph.web.rendering import page
from zsgraph.web.schema_org import dataset
from zsgraph.web.served import Served

_MEMBERS = tuple(ox.NamedNode(name) for name in (RDFS + "isDefinedBy", SKOS + "inScheme"))
_MOST = 2000


async def document_page(request: Request, served: Served, iri: str, language: str) -> Response:
    """Show what a document holds, with links to its members and its other forms."""
    members = await in_thread(request, partial(_members, served, iri))
    shown = [iri, *members[:_MOST]]
    labels = await in_thread(request, partial(labels_of, served.graph.store, shown, language))
    named = sorted((labels.get(member) or local_name(member), member) for member in members[:_MOST])
    label = labels.get(iri) or local_name(iri)
    context = {
        "iri": iri,
        "label": label,
        "members": named,
        "count": len(members),
        "structured": dataset(iri, label, language),
    }
    return page(request, "document.html", context, language)


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
