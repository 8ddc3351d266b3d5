"""Rules that find out that two names stand for one thing."""

from collections.abc import Collection
from dataclasses import dataclass

from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.datatypes import different, equal
from zsgraph.reasoning.facts import Facts, Pairs
from zsgraph.reasoning.rules import Rule


def link(facts: Facts, things: Collection[int]) -> None:
    """Make things the same.

    Two literals are left alone if their values are equal (nothing to say) or known to differ
    (a contradiction, which the consistency check tells of).
    """
    if len(things) < 2:
        return
    anchor, *others = sorted(things, reverse=True)
    term = facts.numbers.term
    pairs = {
        (anchor, other)
        for other in others
        if anchor > 0
        or not (equal(term(anchor), term(other)) or different(term(anchor), term(other)))
    }
    facts.add(v.SAME, pairs)


@dataclass(frozen=True)
class Functional(Rule):
    """x p y, x p z → y = z [prp-fp]."""

    p: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        for subject in {s for s, _ in pairs}:
            link(facts, facts.objects(subject, self.p))


@dataclass(frozen=True)
class InverseFunctional(Rule):
    """x p z, y p z → x = y [prp-ifp]."""

    p: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        before = facts.relation(self.p).backward
        for thing in {o for _, o in pairs}:
            link(facts, {s for same in facts.twins(thing) for s in before.get(same, ())})


@dataclass(frozen=True)
class AtMostOne(Rule):
    """x a c, x p y, x p z → y = z [cls-maxc2, cls-maxqc4]."""

    c: int
    p: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def classes(self) -> tuple[int, ...]:
        return (self.c,)

    def start(self, facts: Facts) -> None:
        self.on_members(facts, self.c, set(facts.of(self.c)))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        owners = facts.of(self.c)
        self.on_members(facts, self.c, {s for s, _ in pairs if s in owners})

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        for owner in members:
            link(facts, facts.objects(owner, self.p))


@dataclass(frozen=True)
class AtMostOneOf(Rule):
    """x a c, x p y, y a d, x p z, z a d → y = z [cls-maxqc3]."""

    c: int
    p: int
    d: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def classes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self.c, self.d)))

    def start(self, facts: Facts) -> None:
        self._check(facts, set(facts.of(self.c)))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        self._check(facts, {s for s, _ in pairs})

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        owners: set[int] = set()
        if cls == self.c:
            owners |= members
        if cls == self.d:
            before = facts.relation(self.p).backward
            owners.update(s for o in members for s in before.get(o, ()))
        self._check(facts, owners)

    def _check(self, facts: Facts, owners: set[int]) -> None:
        fillers = facts.of(self.d)
        for owner in owners & facts.of(self.c):
            link(facts, {o for o in facts.objects(owner, self.p) if o in fillers})


@dataclass(frozen=True)
class Key(Rule):
    """x a c, y a c, and a shared value for each of the properties → x = y [prp-key]."""

    c: int
    properties: tuple[int, ...]

    def predicates(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.properties))

    def classes(self) -> tuple[int, ...]:
        return (self.c,)

    def start(self, facts: Facts) -> None:
        self.on_members(facts, self.c, set(facts.of(self.c)))

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        self.on_members(facts, self.c, {s for s, _ in pairs} & facts.of(self.c))

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        first, *others = self.properties
        everyone = facts.of(self.c)
        for x in members:
            for y in everyone.intersection(self._sharing(facts, x, first)) - {x}:
                if all(self._share(facts, x, y, p) for p in others):
                    link(facts, (x, y))

    @staticmethod
    def _sharing(facts: Facts, x: int, p: int) -> set[int]:
        before = facts.relation(p).backward
        values = facts.objects(x, p)
        return {y for value in values for same in facts.twins(value) for y in before.get(same, ())}

    @staticmethod
    def _share(facts: Facts, x: int, y: int, p: int) -> bool:
        left, right = facts.objects(x, p), facts.objects(y, p)
        if not set(left).isdisjoint(right):
            return True
        term = facts.numbers.term
        return any(a < 0 and b < 0 and equal(term(a), term(b)) for a in left for b in right)
