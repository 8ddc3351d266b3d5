"""Everything that follows from a graph by OWL 2 RL, and what contradicts itself in it.

The axioms of the graph are compiled to rules (``compiler``); a semi-naive loop hands each rule
only the new facts that can wake it, until nothing new follows.  Axioms that come up on the way are
compiled too.

Standard: OWL 2 Profiles, OWL 2 RL/RDF rules
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from zsgraph.reasoning import noise
from zsgraph.reasoning.clashes import Clash
from zsgraph.reasoning.compiler import fact_rules, schema_rules
from zsgraph.reasoning.consistency import clashes
from zsgraph.reasoning.facts import Facts, Pairs
from zsgraph.reasoning.rules import HasValue, Rule
from zsgraph.terms import RDF_TYPE, Triple


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows from a graph.

    Attributes
    ----------
    inferred
        The triples that follow and were not asserted, without noise (see ``noise``), sorted.
    clashes
        The contradictions.  What is inferred from a contradiction is worth nothing.
    """

    inferred: list[Triple]
    clashes: list[Clash]


def close(triples: Iterable[Triple]) -> Closure:
    """Work out the OWL 2 RL closure of a graph.

    Parameters
    ----------
    triples
        Ontology and facts together; terms in N-Triples syntax, equal terms as equal strings.
    """
    with no_garbage_collection():
        return _close(triples)


def _close(triples: Iterable[Triple]) -> Closure:
    facts = saturated(triples)
    return Closure(inferred(facts), clashes(facts))


def saturated(triples: Iterable[Triple]) -> Facts:
    """Return the facts of a graph with all that follows from them, noise included."""
    facts = Facts(triples)
    Loop(facts).saturate()
    facts.listener = None  # a cycle of references would keep all facts until a collection
    return facts


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Spare the search for cycles among millions of small tuples, which have none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Loop:
    """Hands new facts to the rules that they wake."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._rules: set[Rule] = set()
        self._by_predicate: dict[int, list[Rule]] = {}
        self._by_class: dict[int, list[Rule]] = {}
        self._by_value: dict[int, dict[int, set[int]]] = {}
        self._pairs: dict[int, Pairs] = {}
        self._members: dict[int, set[int]] = {}
        facts.listener = self

    def new_pairs(self, predicate: int, pairs: Pairs) -> None:
        """Keep new triples of a predicate for the rules that read it."""
        if predicate in self._by_predicate or predicate in self._by_value:
            self._pairs.setdefault(predicate, set()).update(pairs)

    def new_members(self, cls: int, members: set[int]) -> None:
        """Keep new members of a class for the rules that read it."""
        if cls in self._by_class:
            self._members.setdefault(cls, set()).update(members)

    def saturate(self) -> None:
        """Apply all rules until neither a new fact nor a new axiom follows."""
        self._facts.join_asserted()
        while True:
            while self._apply(schema_rules):
                pass
            if not self._apply(fact_rules):
                return

    @property
    def rules(self) -> Collection[Rule]:
        """The rules at work."""
        return self._rules

    def _apply(self, compile_rules: Callable[[Facts], Iterator[Rule]]) -> bool:
        """Apply the rules that are not at work yet; tell whether there were any."""
        fresh = [rule for rule in dict.fromkeys(compile_rules(self._facts))
                 if rule not in self._rules]  # fmt: skip
        for rule in fresh:
            self._register(rule)
        for rule in fresh:
            rule.start(self._facts)
        self.run()
        return bool(fresh)

    def _register(self, rule: Rule) -> None:
        self._rules.add(rule)
        for predicate in rule.predicates():
            self._by_predicate.setdefault(predicate, []).append(rule)
        for cls in rule.classes():
            self._by_class.setdefault(cls, []).append(rule)
        if isinstance(rule, HasValue):
            table = self._by_value.setdefault(rule.p, {})
            for value in rule.values:
                table.setdefault(value, set()).add(rule.c)

    def run(self) -> None:
        """Hand new facts to the rules until nothing new follows."""
        facts = self._facts
        while self._pairs or self._members:
            while self._members:
                cls, members = self._members.popitem()
                for rule in self._by_class[cls]:
                    rule.on_members(facts, cls, members)
            if self._pairs:
                predicate, pairs = self._pairs.popitem()
                if predicate in self._by_value:
                    self._by_values(predicate, pairs)
                for rule in self._by_predicate.get(predicate, ()):
                    rule.on_pairs(facts, predicate, pairs)

    def _by_values(self, predicate: int, pairs: Pairs) -> None:
        """cls-hv2 for all values of a predicate at once."""
        table = self._by_value[predicate]
        found: dict[int, set[int]] = {}
        for s, o in pairs:
            for cls in table.get(o, ()):
                found.setdefault(cls, set()).add(s)
        for cls, members in found.items():
            self._facts.add_members(cls, members)


def inferred(facts: Facts) -> list[Triple]:
    """Return what was derived, without noise, sorted."""
    term, resources = facts.numbers.term, facts.numbers.resources
    silent = {n for n, text in enumerate(resources) if noise.silent_subject(text)}
    silent_end = {n for n in silent if noise.silent_object(resources[n])}
    found: list[Triple] = []
    for cls, members in facts.derived_members.items():
        if not noise.silent_class(name := term(cls)):
            found += [(resources[x], RDF_TYPE, name) for x in members - silent if x > 0]
    for predicate in facts.loaded():
        name, derived = term(predicate), facts.relation(predicate).derived
        if not derived or noise.silent_predicate(name):
            continue
        triples = [
            (resources[s], name, term(o))
            for s, o in derived
            if s > 0 and s not in silent and o not in silent_end
        ]
        if noise.special(name):
            triples = [t for t in triples if not noise.silent_pair(name, t[0], t[2])]
        found += triples
    found.sort()
    return found
