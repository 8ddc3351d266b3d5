"""The kinds of rules that axioms compile to, each specialised to its predicates and classes.

A rule names what wakes it (``predicates``, ``classes``), can be applied to all facts (``start``)
and to new ones alone (``on_pairs``, ``on_members``).  Facts enter the store before they are handed
to rules, so a rule with two premises finds every match when the later one arrives.

Names in brackets are those of the OWL 2 RL/RDF rules
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).
"""

from dataclasses import dataclass

from zsgraph.reasoning.facts import Facts, Pairs


@dataclass(frozen=True)
class Rule:
    """What all rules have in common."""

    def predicates(self) -> tuple[int, ...]:
        """Return the predicates whose new triples wake this rule."""
        return ()

    def classes(self) -> tuple[int, ...]:
        """Return the classes whose new members wake this rule."""
        return ()

    def concludes(self) -> int | None:
        """Return the class that this rule finds members of, if that is all it does."""
        return None

    def start(self, facts: Facts) -> None:
        """Apply the rule to all facts."""
        for predicate in self.predicates():
            self.on_pairs(facts, predicate, set(facts.pairs(predicate)))
        for cls in self.classes():
            self.on_members(facts, cls, set(facts.of(cls)))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        """Apply the rule to new triples of a predicate."""

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        """Apply the rule to new members of a class."""


@dataclass(frozen=True)
class Given(Rule):
    """Triples that follow from axioms alone."""

    predicate: int
    pairs: frozenset[tuple[int, int]]

    def start(self, facts: Facts) -> None:
        facts.add(self.predicate, set(self.pairs))


@dataclass(frozen=True)
class SubProperty(Rule):
    """x p y → x q y [prp-spo1, prp-eqp1, prp-eqp2]."""

    p: int
    q: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        facts.add(self.q, pairs)


@dataclass(frozen=True)
class Inverse(Rule):
    """x p y → y q x [prp-inv1, prp-inv2, prp-symp]."""

    p: int
    q: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        facts.add(self.q, {(o, s) for s, o in pairs})


@dataclass(frozen=True)
class Chain(Rule):
    """x p1 y1, … yn-1 pn y → x q y [prp-spo2, prp-trp, scm-sco, scm-spo, scm-dom, scm-rng]."""

    path: tuple[int, ...]
    q: int

    def predicates(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.path))

    def start(self, facts: Facts) -> None:
        self._walk(facts, 0, set(facts.pairs(self.path[0])))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        for place, step in enumerate(self.path):
            if step == predicate:
                self._walk(facts, place, pairs)

    def _walk(self, facts: Facts, place: int, pairs: Pairs) -> None:
        for step in self.path[place + 1 :]:
            after = facts.relation(step).forward
            pairs = {(s, z) for s, o in pairs if o in after for z in after[o]}
        for step in reversed(self.path[:place]):
            before = facts.relation(step).backward
            pairs = {(x, o) for s, o in pairs if s in before for x in before[s]}
        facts.add(self.q, pairs)


@dataclass(frozen=True)
class Domain(Rule):
    """x p y → x a c [prp-dom, cls-svf2]."""

    p: int
    c: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def concludes(self) -> int | None:
        return self.c

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        facts.add_members(self.c, {s for s, _ in pairs})


@dataclass(frozen=True)
class Range(Rule):
    """x p y → y a c [prp-rng]."""

    p: int
    c: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def concludes(self) -> int | None:
        return self.c

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        facts.add_members(self.c, {o for _, o in pairs})


@dataclass(frozen=True)
class SubClass(Rule):
    """x a c → x a d [cax-sco, cax-eqc1, cax-eqc2, cls-int2, cls-uni]."""

    c: int
    d: int

    def classes(self) -> tuple[int, ...]:
        return (self.c,)

    def concludes(self) -> int | None:
        return self.d

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        facts.add_members(self.d, members)


@dataclass(frozen=True)
class Intersection(Rule):
    """x a c1, … x a cn → x a c [cls-int1]."""

    parts: tuple[int, ...]
    c: int

    def classes(self) -> tuple[int, ...]:
        return self.parts

    def concludes(self) -> int | None:
        return self.c

    def start(self, facts: Facts) -> None:
        smallest = min(self.parts, key=lambda part: len(facts.of(part)))
        self.on_members(facts, smallest, facts.of(smallest))

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        facts.add_members(self.c, members.intersection(*(facts.of(part) for part in self.parts)))


@dataclass(frozen=True)
class SomeValues(Rule):
    """x p y, y a d → x a c [cls-svf1]."""

    p: int
    d: int
    c: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def classes(self) -> tuple[int, ...]:
        return (self.d,)

    def concludes(self) -> int | None:
        return self.c

    def start(self, facts: Facts) -> None:
        self.on_pairs(facts, self.p, facts.pairs(self.p))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        fillers = facts.of(self.d)
        facts.add_members(self.c, {s for s, o in pairs if o in fillers})

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        before = facts.relation(self.p).backward
        facts.add_members(self.c, {s for o in members if o in before for s in before[o]})


@dataclass(frozen=True)
class AllValues(Rule):
    """x a c, x p y → y a d [cls-avf]."""

    c: int
    p: int
    d: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def classes(self) -> tuple[int, ...]:
        return (self.c,)

    def concludes(self) -> int | None:
        return self.d

    def start(self, facts: Facts) -> None:
        self.on_pairs(facts, self.p, facts.pairs(self.p))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        owners = facts.of(self.c)
        facts.add_members(self.d, {o for s, o in pairs if s in owners})

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        after = facts.relation(self.p).forward
        facts.add_members(self.d, {o for s in members if s in after for o in after[s]})


@dataclass(frozen=True)
class GivesValue(Rule):
    """x a c → x p v [cls-hv1]."""

    c: int
    p: int
    value: int

    def classes(self) -> tuple[int, ...]:
        return (self.c,)

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        facts.add(self.p, {(x, self.value) for x in members})


@dataclass(frozen=True)
class HasValue(Rule):
    """x p v → x a c [cls-hv2]; ``values`` are v and the literals of the same value (dt-eq)."""

    p: int
    values: frozenset[int]
    c: int

    def concludes(self) -> int | None:
        return self.c

    def start(self, facts: Facts) -> None:
        before = facts.relation(self.p).backward
        facts.add_members(self.c, {x for value in self.values for x in before.get(value, ())})
