"""Rules by which axioms follow from axioms."""

from dataclasses import dataclass

from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.facts import Facts, Pairs
from zsgraph.reasoning.rules import Rule


@dataclass(frozen=True)
class Mutual(Rule):
    """x p y, y p x → x q y [scm-eqc2, scm-eqp2]."""

    p: int
    q: int

    def predicates(self) -> tuple[int, ...]:
        return (self.p,)

    def on_pairs(self, facts: Facts, predicate: int, pairs: Pairs) -> None:
        known = facts.pairs(self.p)
        both = {(s, o) for s, o in pairs if (o, s) in known}
        facts.add(self.q, both | {(o, s) for s, o in both})


@dataclass(frozen=True)
class DeclaredClass(Rule):
    """c a owl:Class → c ⊑ c, c ≡ c, c ⊑ owl:Thing, owl:Nothing ⊑ c [scm-cls]."""

    def classes(self) -> tuple[int, ...]:
        return (v.CLASS,)

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        itself = {(c, c) for c in members}
        facts.add(v.SUB_CLASS, itself)
        facts.add(v.SUB_CLASS, {(c, v.THING) for c in members})
        facts.add(v.SUB_CLASS, {(v.NOTHING, c) for c in members})
        facts.add(v.EQUIVALENT_CLASS, itself)


@dataclass(frozen=True)
class DeclaredProperty(Rule):
    """p a kind → p ⊑ p, p ≡ p [scm-op, scm-dp]."""

    kind: int

    def classes(self) -> tuple[int, ...]:
        return (self.kind,)

    def on_members(self, facts: Facts, cls: int, members: set[int]) -> None:
        itself = {(p, p) for p in members}
        facts.add(v.SUB_PROPERTY, itself)
        facts.add(v.EQUIVALENT_PROPERTY, itself)
