"""How what follows from a graph changes when facts go, come or are replaced.

What a fact that goes may have entailed is doubted first, whether or not it has other grounds; then
what still follows is found again from what remains.  Both look up only what the change touches.

The method is known as delete and rederive: Gupta, Mumick, Subrahmanian, Maintaining Views
Incrementally (https://doi.org/10.1145/170035.170066).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Protocol

from zsgraph.namespaces import GRAPH_INFERRED, OWL
from zsgraph.reasoning import noise
from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.clashes import Clash
from zsgraph.reasoning.closure import Loop, inferred, no_garbage_collection
from zsgraph.reasoning.facts import Pairs
from zsgraph.reasoning.increment import close_increment, unnamed
from zsgraph.reasoning.specification import is_axiom
from zsgraph.reasoning.stored_facts import Lookup, StoredFacts
from zsgraph.terms import RDF_TYPE, Term, Triple

_SAME: Final = f"<{OWL}sameAs>"


class NamedLookup(Lookup, Protocol):
    """A closed graph that also tells what is asserted in it and what was inferred."""

    def graphs_of(self, triple: Triple) -> list[str]:
        """Return the IRIs of the named graphs that have a triple."""


@dataclass(frozen=True, slots=True)
class Change:
    """How the graph of inferred triples changes.

    Attributes
    ----------
    withdrawn
        Triples that are to leave it: they follow no more, or are asserted now.
    inferred
        Triples that are to come into it.
    clashes
        The contradictions that the change causes.
    """

    withdrawn: list[Triple]
    inferred: list[Triple]
    clashes: list[Clash]


def change_closure(
    axioms: Iterable[Triple],
    graph: NamedLookup,
    removed: Iterable[Triple],
    added: Iterable[Triple],
) -> Change | None:
    """Work out what a change of facts changes of what follows from a graph.

    Parameters
    ----------
    axioms
        The ontology that the graph was closed with, without facts.
    graph
        The closed graph as it is before the change, free of contradictions.
    removed
        Triples that it asserts and that nothing asserts after the change.
    added
        Triples that it does not assert and that are asserted after the change.

    Returns
    -------
    Change
        None where only closing all of the graph can tell: if axioms change, or if anything that
        the change concerns is the same as something else (``owl:sameAs``).
    """
    axioms, removed, added = list(axioms), set(removed), set(added)
    if any(is_axiom(triple) or triple[1] == _SAME for triple in removed | added):
        return None
    doubted, certain = _doubted(axioms, graph, removed)
    if any(_is_identified(graph, triple) for triple in doubted | added):
        return None
    remaining = _Remaining(graph, doubted)
    grounds = (triple for end in _ends(remaining, doubted) for triple in remaining.about(end))
    news = added.union(triple for triple in grounds if triple[1] != _SAME)
    closure = close_increment(axioms, remaining, news)
    follows = (set(closure.inferred) - news) | (removed & certain)
    if any(triple[1] == _SAME for triple in follows):
        return None
    concerned = doubted | added | follows
    known = {t for t in concerned if GRAPH_INFERRED in graph.graphs_of(t)}
    return Change(
        withdrawn=sorted(known - follows),
        inferred=sorted(follows - known),
        clashes=closure.clashes,
    )


def _doubted(
    axioms: list[Triple], graph: NamedLookup, removed: set[Triple]
) -> tuple[set[Triple], set[Triple]]:
    """Return what triples may have entailed and nothing asserts, and what follows from axioms.

    The triples are among what is doubted unless they follow from axioms alone.  Noise is left out.
    """
    if not removed:
        return set(), set()
    with no_garbage_collection():
        facts = _DoubtedFacts(axioms, graph, removed)
        loop = Loop(facts)
        loop.saturate()
        facts.certain = set(inferred(facts))
        asked, touching, telling = unnamed(facts, loop.rules)
        facts.attach(graph, touching, telling).news(removed - facts.certain)
        while facts.unsettled:
            facts.recall(asked, loop.run)
            loop.run()
        facts.listener = None
        found = {triple for triple in facts.doubted() if not noise.is_noise(triple)}
        return (found | removed) - facts.certain, facts.certain


def _is_identified(graph: Lookup, triple: Triple) -> bool:
    return any(
        next(graph.objects(term, _SAME), None) is not None
        for term in triple
        if not term.startswith('"')
    )


def _ends(graph: Lookup, triples: set[Triple]) -> set[Term]:
    """Return of each triple the end that less is said of.

    A rule's conclusion has both ends in common with its premises, so either leads to them.
    """
    found: set[Term] = set()
    for s, p, o in triples:
        if s not in found and (p == RDF_TYPE or o not in found):
            found.add(s if p == RDF_TYPE else _rarer(graph, s, o))
    return found


def _rarer(graph: Lookup, one: Term, other: Term) -> Term:
    """Return of two terms the one that the graph says less of, counting no further than that."""
    for first, second in zip_longest(graph.about(one), graph.about(other)):
        if first is None:
            return one
        if second is None:
            return other
    return one


class _Remaining:
    """A graph without some of its triples."""

    def __init__(self, graph: Lookup, hidden: set[Triple]) -> None:
        self._graph = graph
        self._hidden = hidden

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is in the graph."""
        return triple not in self._hidden and self._graph.holds(triple)

    def objects(self, subject: Term, predicate: Term) -> Iterator[Term]:
        """Yield the objects of a subject and predicate."""
        for obj in self._graph.objects(subject, predicate):
            if (subject, predicate, obj) not in self._hidden:
                yield obj

    def subjects(self, predicate: Term, obj: Term) -> Iterator[Term]:
        """Yield the subjects of a predicate and object."""
        for subject in self._graph.subjects(predicate, obj):
            if (subject, predicate, obj) not in self._hidden:
                yield subject

    def about(self, term: Term) -> Iterator[Triple]:
        """Yield all triples that have a term as subject or object."""
        return (triple for triple in self._graph.about(term) if triple not in self._hidden)


class _DoubtedFacts(StoredFacts):
    """Facts of which those count as news that follow from doubted ones and are not asserted.

    That the graph has them says nothing, unlike for facts that come to it.

    Parameters
    ----------
    axioms
        The triples of the ontology.
    graph
        The graph with the doubted triples.
    removed
        What is doubted first.

    Attributes
    ----------
    certain
        What follows from the axioms alone, which is never doubted.
    """

    def __init__(self, axioms: Iterable[Triple], graph: NamedLookup, removed: set[Triple]) -> None:
        self.certain: set[Triple] = set()
        self._named = graph
        self._removed = removed
        self._asserted: dict[Triple, bool] = {}
        self._doubted_pairs: dict[int, Pairs] = {}
        self._doubted_members: dict[int, set[int]] = {}
        super().__init__(axioms)

    def doubted(self) -> Iterator[Triple]:
        """Yield what is doubted."""
        term = self.numbers.term
        for predicate, pairs in self._doubted_pairs.items():
            yield from ((term(s), term(predicate), term(o)) for s, o in pairs)
        for cls, members in self._doubted_members.items():
            yield from ((term(x), RDF_TYPE, term(cls)) for x in members)

    def _add_pairs(self, predicate: int, pairs: Pairs) -> None:
        if self._graph is None or predicate == v.TYPE or self._recalling:
            super()._add_pairs(predicate, pairs)
            return
        doubted = self._doubted_pairs.setdefault(predicate, set())
        name = self.numbers.term(predicate)
        fresh = {pair for pair in pairs - doubted if not self._stands(pair[0], name, pair[1])}
        doubted |= fresh
        self.relation(predicate).know(fresh)
        self._meet(predicate, fresh)
        if predicate in self._touching:
            self._changed.update(s for s, _ in fresh)
        self._new_pairs.setdefault(predicate, set()).update(fresh)
        if fresh and self.listener:
            self.listener.new_pairs(predicate, fresh)

    def _add_members(self, cls: int, members: set[int]) -> None:
        if self._graph is None or self._recalling:
            super()._add_members(cls, members)
            return
        doubted = self._doubted_members.setdefault(cls, set())
        fresh = {x for x in members - doubted if not self._stands(x, RDF_TYPE, cls)}
        doubted |= fresh
        self.of(cls).update(fresh)
        self._met.update({x for x in fresh if x > 0} - self._acquainted)
        self._touch(fresh)
        self._changed |= fresh
        self._new_members.setdefault(cls, set()).update(fresh)
        if fresh and self.listener:
            self.listener.new_members(cls, fresh)

    def _stands(self, subject: int, predicate: Term, obj: int) -> bool:
        """Tell whether a triple is asserted and not doubted."""
        term = self.numbers.term
        triple = term(subject), predicate, term(obj)
        known = self._asserted.get(triple)
        if known is None:
            known = triple in self.certain or (
                triple not in self._removed
                and any(name != GRAPH_INFERRED for name in self._named.graphs_of(triple))
            )
            self._asserted[triple] = known
        return known

    def _join(self, pairs: Pairs) -> None:
        """Leave identities alone: where the change concerns any, all is closed anew."""
        if self._graph is None:
            super()._join(pairs)
