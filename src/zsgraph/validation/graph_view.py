"""A built graph as the reasoner looks it up, without the records that are being replaced."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from zsgraph.namespaces import GRAPH_INFERRED, RDFS, SKOS
from zsgraph.nodes import node_of, term_of
from zsgraph.terms import RDF_TYPE, Term, Triple

_INFERRED: Final = ox.NamedNode(GRAPH_INFERRED)
_LABELS: Final = (f"<{SKOS}prefLabel>", f"<{RDFS}label>")


class GraphView:
    """A closed graph in a store.

    Parameters
    ----------
    store
        The store, opened for reading.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._hidden: dict[Triple, set[str]] = {}
        self._nodes: dict[Term, ox.NamedNode | ox.BlankNode | ox.Literal] = {}

    @property
    def hidden(self) -> dict[Triple, set[str]]:
        """The triples that the view leaves out, with the IRIs of their graphs."""
        return self._hidden

    def hide(self, triple: Triple, graph: str) -> None:
        """Leave a triple of a named graph out from now on, in all graphs."""
        self._hidden.setdefault(triple, set()).add(graph)

    def graphs_of(self, triple: Triple) -> list[str]:
        """Return the IRIs of the named graphs that have a triple."""
        if triple[0][0] == '"' or triple in self._hidden:
            return []
        return [quad.graph_name.value for quad in self._match(*triple)]  # type: ignore[union-attr]

    def labels(self, subject: Term) -> Iterator[ox.Quad]:
        """Yield the quads that name a subject."""
        for predicate in _LABELS:
            yield from self._match(subject, predicate, None)

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is in the graph."""
        s, p, o = triple
        if s[0] == '"' or triple in self._hidden:
            return False
        return next(self._match(s, p, o), None) is not None

    def objects(self, subject: Term, predicate: Term) -> Iterator[Term]:
        """Yield the objects of a subject and predicate."""
        for quad in self._match(subject, predicate, None):
            obj = self._term(quad.object)
            if (subject, predicate, obj) not in self._hidden:
                yield obj

    def subjects(self, predicate: Term, obj: Term) -> Iterator[Term]:
        """Yield the subjects of a predicate and object."""
        for quad in self._match(None, predicate, obj):
            subject = self._term(quad.subject)
            if (subject, predicate, obj) not in self._hidden:
                yield subject

    def about(self, term: Term) -> Iterator[Triple]:
        """Yield all triples that have a term as subject or object."""
        for s, _, p, o in self.quads(term):
            yield s, p, o

    def quads(self, term: Term) -> Iterator[tuple[Term, str, Term, Term]]:
        """Yield subject, graph IRI, predicate and object of all that has a term at an end."""
        ends = [(term, None), (None, term)] if term[0] == "<" else [(None, term)]
        for s, o in ends:
            for quad in self._match(s, None, o):
                triple = self._triple(quad)
                if triple not in self._hidden:
                    assert isinstance(quad.graph_name, ox.NamedNode)
                    yield triple[0], quad.graph_name.value, triple[1], triple[2]

    def asserted(self, subject: Term) -> Iterator[Triple]:
        """Yield what is asserted of a subject."""
        for quad in self._match(subject, None, None):
            triple = self._triple(quad)
            if quad.graph_name != _INFERRED and triple not in self._hidden:
                yield triple

    def types(self, subject: Term) -> Iterator[Triple]:
        """Yield the classes of a subject as triples."""
        for cls in self.objects(subject, RDF_TYPE):
            yield subject, RDF_TYPE, cls

    def _match(self, s: Term | None, p: Term | None, o: Term | None) -> Iterator[ox.Quad]:
        subject, predicate, obj = (None if x is None else self._node(x) for x in (s, p, o))
        return self._store.quads_for_pattern(subject, predicate, obj, None)  # type: ignore[arg-type]

    def _node(self, term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = node_of(term)
        return node

    def _term(self, node: object) -> Term:
        if isinstance(node, ox.NamedNode):
            return f"<{node.value}>"
        return term_of(node)

    def _triple(self, quad: ox.Quad) -> Triple:
        return self._term(quad.subject), self._term(quad.predicate), self._term(quad.object)
