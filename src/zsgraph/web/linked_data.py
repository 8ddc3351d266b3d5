"""Every IRI of ours answers by its path: as RDF or as a page, by ``Accept`` or by suffix.

A thing that is no document answers 303 See Other with the address of a document about it.

Standard: Cool URIs for the Semantic Web (https://www.w3.org/TR/cooluris/)
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from zsgraph.deprecation import replacement
from zsgraph.namespaces import BASE, GRAPH, GRAPH_ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SKOS
from zsgraph.turtle import read_folder
from zsgraph.web.documents import in_thread
from zsgraph.web.formats import ENGINE, GRAPHS, HTML, Form, content_type, offers
from zsgraph.web.negotiation import language, media_type
from zsgraph.web.pages import document_page, thing_page
from zsgraph.web.problems import ProblemError
from zsgraph.web.served import Served
from zsgraph.web.things import exists, triples_about

ONTOLOGY: Final = BASE + "ontology"
SHAPES: Final = BASE + "shape"
_OFFERS: Final = offers(GRAPHS)
_SUFFIXES: Final = {form.suffix: form for form in GRAPHS}
_PAGE: Final = ".html"
_VARY: Final = "Accept, Accept-Language"
_TYPE, _DEFINED_BY, _IN_SCHEME = (
    ox.NamedNode(RDF + "type"),
    ox.NamedNode(RDFS + "isDefinedBy"),
    ox.NamedNode(SKOS + "inScheme"),
)


@dataclass(frozen=True, slots=True)
class _Document:
    """A document of ours, and how its content is written in a format."""

    iri: str
    write: Callable[[Form], bytes]


async def resolve(request: Request) -> Response:
    """Answer the request for an IRI of ours.

    Raises
    ------
    ProblemError
        404 for what the graph does not know, 406 for a media type that is not offered.
    """
    served: Served = request.app.state.current.get()
    path = request.url.path.removeprefix("/")
    iri, suffix = _named(served, path)
    document = _document(served, iri)
    if document is None and not (_is_iri(iri) and exists(served.graph, iri)):
        raise ProblemError(
            404, f"图中没有 {BASE}{path}。", f"The graph knows nothing of {BASE}{path}."
        )
    if document is None and (instead := replacement(served.graph.store, iri)):
        return _moved(request, instead + suffix)
    if suffix:
        form, kind = _SUFFIXES.get(suffix), HTML
        if form is not None:
            kind = form.media_type
    else:
        kind = _accepted(request)
        form = _OFFERS.get(kind)
        if document is None:
            return _see_other(request, path, form)
    if form is None:
        return await _page(request, served, iri, document)
    content = await in_thread(request, partial(_content, served, iri, document, form))
    headers = {"Vary": _VARY, "Link": f'<{quote(iri, safe=":/#")}>; rel="describes"'}
    return Response(content, 200, headers, content_type(kind))


async def otherwise(request: Request) -> Response:
    """Answer for a path that no page has: it may be that of an IRI, or of a page but for a slash.

    Raises
    ------
    ProblemError
        As :func:`resolve`.
    """
    served: Served = request.app.state.current.get()
    path = request.url.path
    iri = BASE + path.removeprefix("/")
    if path.endswith("/") and not (_is_iri(iri) and exists(served.graph, iri)):
        return RedirectResponse(request.url.replace(path=f"/{path.strip('/')}"))
    return await resolve(request)


async def about(request: Request) -> Response:
    """Answer what the graph says of any resource, which ``iri`` names, also one of others.

    Raises
    ------
    ProblemError
        404 for what the graph does not know, 406 for a media type that is not offered.
    """
    served: Served = request.app.state.current.get()
    iri = request.query_params.get("iri", "")
    if not (_is_iri(iri) and exists(served.graph, iri)):
        raise ProblemError(404, f"图中没有“{iri}”。", f"The graph knows nothing of “{iri}”.")
    kind = _accepted(request)
    form = _OFFERS.get(kind)
    if form is None:
        return await thing_page(request, served, iri, language(request))
    content = await in_thread(request, partial(_content, served, iri, None, form))
    return Response(content, 200, {"Vary": _VARY}, content_type(kind))


async def _page(request: Request, served: Served, iri: str, document: _Document | None) -> Response:
    show = thing_page if document is None else document_page
    return await show(request, served, iri, language(request))


def _accepted(request: Request) -> str:
    kind = media_type(request.headers.get("accept", ""), [*_OFFERS, HTML])
    if kind is None:
        raise ProblemError(
            406,
            f"没有请求的格式。可用：{'、'.join([HTML, *_OFFERS])}。",
            f"The format asked for is not offered. Offered: {', '.join([HTML, *_OFFERS])}.",
        )
    return kind


def _see_other(request: Request, path: str, form: Form | None) -> Response:
    """Point from a thing to the document about it that suits the client."""
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"/{quote(path)}{form.suffix if form else _PAGE}{query}"
    return Response(status_code=303, headers={"Location": address, "Vary": _VARY})


def _moved(request: Request, iri: str) -> Response:
    """Point for good from what is deprecated to what replaces it."""
    path = "/" + iri.removeprefix(BASE) if iri.startswith(BASE) else iri
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=308, headers={"Location": quote(path, safe=":/#") + query})


def _named(served: Served, path: str) -> tuple[str, str]:
    """Return the IRI that a path stands for, and the suffix of the form that it asks for."""
    iri = BASE + path
    for suffix in (_PAGE, *_SUFFIXES):
        whole = iri.removesuffix(suffix)
        if whole != iri and not (_is_iri(iri) and exists(served.graph, iri)):
            return whole, suffix
    return iri, ""


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _document(served: Served, iri: str) -> _Document | None:
    """Return the document of an IRI: ontology, module, scheme, shapes or named graph."""
    store = served.graph.store
    if iri == SHAPES:
        return _Document(iri, partial(_shapes, served))
    if not _is_iri(iri):
        return None
    node = ox.NamedNode(GRAPH_ONTOLOGY if iri == ONTOLOGY else iri)
    if node.value.startswith(GRAPH) and store.contains_named_graph(node):
        return _Document(iri, partial(_dump, store, node))
    for kind, member in ((OWL + "Ontology", _DEFINED_BY), (SKOS + "ConceptScheme", _IN_SCHEME)):
        if any(store.quads_for_pattern(node, _TYPE, ox.NamedNode(kind), None)):
            return _Document(iri, partial(_members, store, node, member))
    return None


def _content(served: Served, iri: str, document: _Document | None, form: Form) -> bytes:
    if document is not None:
        return document.write(form)
    return _serialised(triples_about(served.graph, iri), form)


def _dump(store: ox.Store, graph: ox.NamedNode, form: Form) -> bytes:
    content = store.dump(format=ENGINE[form.name], from_graph=graph, prefixes=PREFIXES)
    return content or b""


def _members(store: ox.Store, node: ox.NamedNode, member: ox.NamedNode, form: Form) -> bytes:
    subjects = [node, *(q.subject for q in store.quads_for_pattern(None, member, node, None))]
    triples = {q.triple for s in subjects for q in store.quads_for_pattern(s, None, None, None)}
    return _serialised(sorted(triples, key=str), form)


def _shapes(served: Served, form: Form) -> bytes:
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in read_folder(served.knowledge.shapes))
    triples = [q.triple for q in ox.parse(lines.encode(), ox.RdfFormat.N_TRIPLES)]
    return _serialised(triples, form)


def _serialised(triples: list[ox.Triple], form: Form) -> bytes:
    content = ox.serialize(triples, format=ENGINE[form.name], prefixes=PREFIXES)
    return content or b""
