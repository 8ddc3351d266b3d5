"""A closed graph in a store, looked up triple by triple, without closing it again."""

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from zsgraph.namespaces import GRAPH_INFERRED
from zsgraph.nodes import node_of, term_of
from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.closure import saturated
from zsgraph.reasoning.noise import is_noise
from zsgraph.reasoning.specification import AXIOM_CLASSES, AXIOM_PROPERTIES, is_axiom
from zsgraph.terms import RDF_TYPE, Term, Triple


class ClosedGraph:
    """What a store asserts and what follows from it.

    The triples that the closure leaves out as noise (see ``noise``) are not in the store.  Those
    among the axioms, such as membership of class expressions in one another, are worked out anew;
    of others it is only known that they may hold.

    Parameters
    ----------
    store
        Asserted named graphs, and the graph of what follows from them.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._asserted: dict[Triple, bool] = {}

    def fresh(self) -> "ClosedGraph":
        """Return the same graph with its axioms worked out, and nothing else remembered."""
        made = ClosedGraph(self._store)
        made.__dict__["_axioms"] = self._axioms
        return made

    def graphs_of(self, triple: Triple) -> list[str]:
        """Return the IRIs of the named graphs that assert a triple, sorted."""
        if triple[0].startswith('"'):
            return []
        subject, predicate, obj = map(node_of, triple)
        quads = self._store.quads_for_pattern(subject, predicate, obj, None)  # type: ignore[arg-type]
        names = (quad.graph_name for quad in quads)
        found = [name.value for name in names if isinstance(name, ox.NamedNode)]
        return sorted(name for name in found if name != GRAPH_INFERRED)

    def asserted(self, triple: Triple) -> bool:
        """Tell whether a triple is asserted."""
        known = self._asserted.get(triple)
        if known is None:
            known = self._asserted[triple] = bool(self.graphs_of(triple))
        return known

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is asserted or in the graph of what follows."""
        return next(self._stored(*triple), None) is not None

    def match(self, subject: Term | None, predicate: Term, obj: Term | None) -> Iterator[Triple]:
        """Yield the triples of a predicate, noise that may hold included.

        Parameters
        ----------
        subject, predicate, obj
            Terms; None for any subject or object.
        """
        if predicate in AXIOM_PROPERTIES or (predicate == RDF_TYPE and obj in AXIOM_CLASSES):
            yield from self._axioms.match(subject, predicate, obj)
        elif subject is not None and obj is not None:
            triple = subject, predicate, obj
            if is_noise(triple) or self.holds(triple):
                yield triple
        else:
            yield from self._stored(subject, predicate, obj)

    def _stored(self, subject: Term | None, predicate: Term, obj: Term | None) -> Iterator[Triple]:
        if subject is not None and subject.startswith('"'):
            return
        ends = [None if term is None else node_of(term) for term in (subject, obj)]
        quads = self._store.quads_for_pattern(ends[0], node_of(predicate), ends[1], None)  # type: ignore[arg-type]
        for quad in quads:
            triple = term_of(quad.subject), predicate, term_of(quad.object)
            if quad.graph_name.value != GRAPH_INFERRED:  # type: ignore[union-attr]
                self._asserted[triple] = True
            yield triple

    @cached_property
    def _axioms(self) -> "_Axioms":
        stored: set[Triple] = set()
        for predicate in AXIOM_PROPERTIES:
            stored.update(self._stored(None, predicate, None))
        for cls in AXIOM_CLASSES:
            stored.update(self._stored(None, RDF_TYPE, cls))
        return _Axioms(_closed(stored))


def _closed(axioms: Iterable[Triple]) -> Iterator[Triple]:
    """Yield axioms and all that follow from them, noise included."""
    facts = saturated(axioms)
    term = facts.numbers.term
    for predicate in (*facts.loaded(), v.TYPE):
        for subject, obj in facts.pairs(predicate):
            triple = term(subject), term(predicate), term(obj)
            if is_axiom(triple):
                yield triple


class _Axioms:
    """Triples by predicate and by each of their ends, in a fixed order."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._found: dict[tuple[Term | None, Term, Term | None], list[Triple]] = {}
        for triple in sorted(triples):
            subject, predicate, obj = triple
            for key in (
                (subject, predicate, obj),
                (subject, predicate, None),
                (None, predicate, obj),
                (None, predicate, None),
            ):
                self._found.setdefault(key, []).append(triple)

    def match(self, subject: Term | None, predicate: Term, obj: Term | None) -> list[Triple]:
        """Return the triples that fit."""
        return self._found.get((subject, predicate, obj), [])
