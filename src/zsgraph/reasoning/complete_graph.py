"""A graph closed anew with all that is noise, for the rare proofs that lead through noise.

A proof may need a triple that no store holds, such as one with a literal as its subject (from an
inverse of a property of texts).  Where the stored closure has no proof of what it says, this has.
"""

from collections.abc import Iterator
from functools import cached_property

import pyoxigraph as ox

from zsgraph.namespaces import GRAPH_INFERRED
from zsgraph.nodes import term_of
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.closure import saturated
from zsgraph.reasoning.facts import Facts
from zsgraph.reasoning.noise import is_noise
from zsgraph.reasoning.proofs import Proof, Prover
from zsgraph.terms import Term, Triple


def proved(store: ox.Store, triple: Triple) -> Proof | None:
    """Return the smallest proof of a triple of a closed store, None if there is none.

    Raises
    ------
    SearchTooLargeError
        If too many triples would have to be looked into.
    """
    closed = ClosedGraph(store)
    proof = Prover(closed).prove(triple)
    if proof is None and closed.holds(triple):
        return Prover(CompleteGraph(store)).prove(triple)
    return proof


class CompleteGraph(ClosedGraph):
    """What a store asserts and all that follows from it, worked out anew.

    Parameters
    ----------
    store
        Asserted named graphs.
    """

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store)
        self._whole = store

    @cached_property
    def _facts(self) -> Facts:
        facts = saturated(
            (term_of(quad.subject), term_of(quad.predicate), term_of(quad.object))
            for quad in self._whole
            if quad.graph_name != ox.NamedNode(GRAPH_INFERRED)
        )
        facts.predicates()  # numbers what no rule has asked for
        return facts

    def match(self, subject: Term | None, predicate: Term, obj: Term | None) -> Iterator[Triple]:
        """Yield the triples of a predicate, noise included."""
        if subject is not None and obj is not None and is_noise((subject, predicate, obj)):
            yield subject, predicate, obj
            return
        number, term = self._facts.numbers.get, self._facts.numbers.term
        s, p, o = (None if t is None else number(t, 0) for t in (subject, predicate, obj))
        if not p or s == 0 or o == 0:  # 0 is the number of nothing
            return
        relation = self._facts.relation(p)
        if s is not None and o is not None:
            found = [(s, o)] if (s, o) in relation.pairs else []
        elif s is not None:
            found = [(s, other) for other in relation.forward.get(s, ())]
        elif o is not None:
            found = [(other, o) for other in relation.backward.get(o, ())]
        else:
            found = list(relation.pairs)
        yield from ((term(x), predicate, term(y)) for x, y in found)
