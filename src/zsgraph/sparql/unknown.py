"""Terms that a query names and the graph does not have: most are misspelt."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import pyoxigraph as ox

from zsgraph.findings import Message
from zsgraph.namespaces import BASE, OWL, PREFIXES, RDF, RDFS, XSD
from zsgraph.sparql.tokens import Token, declared_prefixes, place, prefixed, tokens

#: Terms of these mean something though no triple has them.
_BUILT_IN: Final = (XSD, RDF, RDFS, OWL)
_CLOSE: Final = 0.6


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term that the graph does not have.

    Attributes
    ----------
    text
        As the query writes it.
    line, column
        Where, counted from 1.
    nearest
        The term that may have been meant, or empty.
    """

    text: str
    line: int
    column: int
    nearest: str

    @property
    def message(self) -> Message:
        """A sentence that tells it."""
        return Message(
            f"查询第{self.line}行第{self.column}列：图中没有 {self.text}"
            + (f"，是不是 {self.nearest}？" if self.nearest else "。"),
            f"The query, line {self.line}, column {self.column}: the graph has no {self.text}"
            + (f"; did you mean {self.nearest}?" if self.nearest else "."),
        )


def unknown_terms(store: ox.Store, text: str) -> list[UnknownTerm]:
    """Return the terms of known namespaces that a query names and a store does not have.

    Parameters
    ----------
    store
        The graph.
    text
        A query that the engine accepts.
    """
    parts = [token for token in tokens(text) if token.kind not in ("comment", "space")]
    prefixes = PREFIXES | declared_prefixes(text)
    found: dict[str, UnknownTerm] = {}
    for before, token in zip([None, *parts], parts, strict=False):
        if before is not None and before.keyword in ("PREFIX", "BASE", "FROM", "NAMED"):
            continue
        iri = _iri(token, prefixes)
        if not iri or iri in found or iri.startswith(_BUILT_IN) or not _is_ours(iri):
            continue
        if not _is_in(store, ox.NamedNode(iri)):
            found[iri] = UnknownTerm(token.text, *place(text, token.start), _nearest(store, iri))
    return list(found.values())


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "name" and token.local and token.prefix in prefixes:
        return prefixes[token.prefix] + token.local.replace("\\", "")
    return token.text[1:-1] if token.kind == "iri" else ""


def _is_ours(iri: str) -> bool:
    """Tell whether a namespace is known, so that its terms can be."""
    return iri.startswith((BASE, *PREFIXES.values())) and iri not in PREFIXES.values()


def _is_in(store: ox.Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(
        next(iter(store.quads_for_pattern(*pattern)), None) is not None for pattern in patterns
    ) or store.contains_named_graph(node)


def _nearest(store: ox.Store, iri: str) -> str:
    """Return the nearest term of the same namespace, as a prefixed name."""
    base = max((b for b in (*PREFIXES.values(), BASE) if iri.startswith(b)), key=len)
    known = {other.removeprefix(base): other for other in _known(store) if other.startswith(base)}
    near = get_close_matches(iri.removeprefix(base), known, 1, _CLOSE)
    return prefixed(known[near[0]]) if near else ""


def _known(store: ox.Store) -> Iterator[str]:
    answers = store.query(
        "SELECT DISTINCT ?term { { ?term ?p ?o } UNION { ?s ?term ?o } }",
        use_default_graph_as_union=True,
    )
    assert isinstance(answers, ox.QuerySolutions)
    for row in answers:
        if isinstance(row[0], ox.NamedNode):
            yield row[0].value
