"""What follows when new facts come to a graph that is closed already.

Only what the new facts touch is looked up in the graph, so the time does not grow with it.
"""

from collections.abc import Collection, Iterable

from zsgraph.reasoning import noise
from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.closure import Closure, Loop, inferred, no_garbage_collection
from zsgraph.reasoning.compiler import groups
from zsgraph.reasoning.consistency import clashes
from zsgraph.reasoning.rules import Domain, HasValue, Rule, SomeValues
from zsgraph.reasoning.stored_facts import Lookup, StoredFacts
from zsgraph.terms import Triple


def close_increment(axioms: Iterable[Triple], graph: Lookup, new: Iterable[Triple]) -> Closure:
    """Work out what follows from new triples together with a closed graph.

    Parameters
    ----------
    axioms
        The ontology that the graph was closed with, without facts.
    graph
        The closed graph.
    new
        Triples that the graph does not have; facts and no axioms.

    Returns
    -------
    Closure
        The triples that follow and are not in the graph, and the contradictions that the new
        triples cause.  Nothing is withdrawn: what a replaced fact had entailed must be hidden by
        ``graph``.
    """
    with no_garbage_collection():
        facts = StoredFacts(axioms)
        loop = Loop(facts)
        loop.saturate()
        asked, touching, telling = unnamed(facts, loop.rules)
        facts.attach(graph, touching, telling).news(new)
        while facts.unsettled:
            facts.recall(asked, loop.run)
            loop.run()
        _look_for_opposites(facts)
        facts.listener = None
        return Closure(inferred(facts), clashes(facts))


def unnamed(facts: StoredFacts, rules: Collection[Rule]) -> tuple[list[int], set[int], set[int]]:
    """Return what it takes to find out who belongs to unnamed classes, which a graph does not keep.

    Returns
    -------
    asked
        Predicates whose subjects belong to unnamed classes.
    touching, telling
        Predicates of which it matters to which unnamed classes their subjects, or their objects,
        belong.
    """
    asked: set[int] = set()
    telling: set[int] = set()
    touching: set[int] = set()

    def silent(cls: int | None) -> bool:
        return cls is not None and noise.silent_class(facts.numbers.term(cls))

    for rule in rules:
        if isinstance(rule, SomeValues) and silent(rule.d):
            telling.add(rule.p)
        end = rule.concludes()
        if silent(end) or any(map(silent, rule.classes())):
            touching.update({*rule.predicates(), getattr(rule, "p", 0)} - {0})
        if end is None or not silent(end):
            continue
        if isinstance(rule, SomeValues | Domain | HasValue):
            asked.add(rule.p)
    return sorted(asked), touching, telling


def _look_for_opposites(facts: StoredFacts) -> None:
    """Look up the facts that new ones may contradict, which no rule has asked for."""
    for predicate in list(facts.of(v.ASYMMETRIC)):
        relation = facts.relation(predicate)
        for _, o in list(relation.pairs):
            relation.forward.get(o)
    exclusive = set(facts.pairs(v.DISJOINT_PROPERTY))
    for _, items in groups(facts, v.ALL_DISJOINT_PROPERTIES):
        exclusive.update((p, q) for p in items for q in items if p != q)
    for p, q in exclusive:
        for first, second in ((p, q), (q, p)):
            for s, _ in list(facts.pairs(first)):
                facts.relation(second).forward.get(s)
