"""Axioms to rules: what the ontology says decides which rules there are.

Two sets of rules are compiled from the same facts.  ``schema_rules`` let axioms follow from axioms
(the scm-* rules); ``fact_rules`` let facts follow from facts, one specialised rule an axiom.
Axioms that others make redundant and rules whose conclusions nobody could use are left out.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.axiom_rules import DeclaredClass, DeclaredProperty, Mutual
from zsgraph.reasoning.datatypes import belongs, known_value
from zsgraph.reasoning.facts import Facts, Pair, Pairs
from zsgraph.reasoning.identity_rules import (
    AtMostOne,
    AtMostOneOf,
    Functional,
    InverseFunctional,
    Key,
)
from zsgraph.reasoning.rules import (
    AllValues,
    Chain,
    Domain,
    Given,
    GivesValue,
    HasValue,
    Intersection,
    Inverse,
    Range,
    Rule,
    SomeValues,
    SubClass,
    SubProperty,
)

_SCHEMA: Final[tuple[Rule, ...]] = (
    DeclaredClass(),
    DeclaredProperty(v.OBJECT_PROPERTY),
    DeclaredProperty(v.DATATYPE_PROPERTY),
    *(
        rule
        for sub, equivalent in (
            (v.SUB_CLASS, v.EQUIVALENT_CLASS),
            (v.SUB_PROPERTY, v.EQUIVALENT_PROPERTY),
        )
        for rule in (
            SubProperty(equivalent, sub),
            Inverse(equivalent, sub),
            Chain((sub, sub), sub),
            Mutual(sub, equivalent),
        )
    ),
    *(
        Chain(path, end)
        for end in (v.DOMAIN, v.RANGE)
        for path in ((end, v.SUB_CLASS), (v.SUB_PROPERTY, end))
    ),
)

#: Classes whose members are of interest only if some axiom asks for them.
_QUIET: Final = frozenset({v.THING, v.RESOURCE, v.LITERAL, *v.DATATYPES})


def restrictions(facts: Facts, kind: int) -> Iterator[tuple[int, int, int]]:
    """Yield class, property and filler of the restrictions of one kind."""
    for c, filler in facts.pairs(kind):
        for p in facts.objects(c, v.ON_PROPERTY):
            yield c, p, filler


def limits(facts: Facts, kind: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield class and property of the cardinality restrictions of one kind and limit."""
    for c, p, number in restrictions(facts, kind):
        if known_value(facts.numbers.term(number)) == ("decimal", limit):
            yield c, p


def listed(facts: Facts, predicate: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the subjects of a predicate with the members of the list that is its value."""
    for subject, head in facts.pairs(predicate):
        if items := facts.items(head):
            yield subject, items


def groups(facts: Facts, kind: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield node and members of the axioms over whole lists, such as owl:AllDisjointClasses."""
    predicates = [v.MEMBERS, *([v.DISTINCT_MEMBERS] if kind == v.ALL_DIFFERENT else [])]
    for predicate in predicates:
        for node, items in listed(facts, predicate):
            if node in facts.of(kind):
                yield node, items


def schema_rules(facts: Facts) -> Iterator[Rule]:
    """Yield the rules by which axioms follow from axioms."""
    yield from _SCHEMA
    yield from _given(v.SUB_CLASS, _part_axioms(facts))
    yield from _given(v.SUB_CLASS, _restriction_axioms(facts))


def _given(predicate: int, pairs: Iterable[Pair]) -> Iterator[Rule]:
    if found := frozenset(pairs):
        yield Given(predicate, found)


def _part_axioms(facts: Facts) -> Iterator[Pair]:
    """scm-int, scm-uni."""
    for c, parts in listed(facts, v.INTERSECTION):
        yield from ((c, part) for part in parts)
    for c, parts in listed(facts, v.UNION):
        yield from ((part, c) for part in parts)


def _restriction_axioms(facts: Facts) -> Iterator[Pair]:
    """scm-hv, scm-svf1, scm-svf2, scm-avf1, scm-avf2."""
    narrower, special = facts.pairs(v.SUB_CLASS), facts.pairs(v.SUB_PROPERTY)
    for kind in (v.HAS_VALUE, v.SOME_VALUES, v.ALL_VALUES):
        found = list(restrictions(facts, kind))
        by_property: dict[int, list[Pair]] = {}
        by_filler: dict[int, list[Pair]] = {}
        for c, p, filler in found:
            by_property.setdefault(p, []).append((c, filler))
            by_filler.setdefault(filler, []).append((c, p))
        for c, p, filler in found:
            if kind != v.HAS_VALUE:
                yield from ((c, d) for d, other in by_property[p] if (filler, other) in narrower)
            for d, other in by_filler[filler]:
                if (p, other) in special:
                    yield (d, c) if kind == v.ALL_VALUES else (c, d)


def fact_rules(facts: Facts) -> Iterator[Rule]:
    """Yield the rules by which facts follow from facts."""
    rules = [*_property_rules(facts), *_class_rules(facts)]
    asked = _asked_for(facts, rules)
    yield from (
        rule
        for rule in rules
        if asked is None or (end := rule.concludes()) is None or end not in _QUIET or end in asked
    )
    yield from _literal_types(facts, _QUIET if asked is None else asked)


def _property_rules(facts: Facts) -> Iterator[Rule]:
    yield from (SubProperty(p, q) for p, q in _direct(facts.pairs(v.SUB_PROPERTY)))
    for p, q in facts.pairs(v.INVERSE):
        yield Inverse(p, q)
        yield Inverse(q, p)
    yield from (Inverse(p, p) for p in facts.of(v.SYMMETRIC))
    yield from (Chain((p, p), p) for p in facts.of(v.TRANSITIVE))
    yield from (Chain(path, q) for q, path in listed(facts, v.CHAIN))
    yield from (Domain(p, c) for p, c in _needed(facts, v.DOMAIN))
    yield from (Range(p, c) for p, c in _needed(facts, v.RANGE))
    yield from (Functional(p) for p in facts.of(v.FUNCTIONAL))
    yield from (InverseFunctional(p) for p in facts.of(v.INVERSE_FUNCTIONAL))
    yield from (Key(c, properties) for c, properties in listed(facts, v.KEY))


def _class_rules(facts: Facts) -> Iterator[Rule]:
    yield from (SubClass(c, d) for c, d in _direct(facts.pairs(v.SUB_CLASS)))
    yield from (Intersection(parts, c) for c, parts in listed(facts, v.INTERSECTION))
    yield from _given(v.TYPE, ((x, c) for c, items in listed(facts, v.ONE_OF) for x in items))
    for c, p, filler in restrictions(facts, v.SOME_VALUES):
        yield Domain(p, c) if filler == v.THING else SomeValues(p, filler, c)
    yield from (AllValues(c, p, filler) for c, p, filler in restrictions(facts, v.ALL_VALUES))
    for c, p, value in restrictions(facts, v.HAS_VALUE):
        yield GivesValue(c, p, value)
        facts.relation(p)  # so that the literals there are numbered
        yield HasValue(p, frozenset(facts.twins(value)), c)
    yield from (AtMostOne(c, p) for c, p in limits(facts, v.MAX_CARDINALITY, 1))
    for c, p in limits(facts, v.MAX_QUALIFIED, 1):
        for d in facts.objects(c, v.ON_CLASS):
            yield AtMostOne(c, p) if d == v.THING else AtMostOneOf(c, p, d)


def _direct(pairs: Pairs) -> Iterator[Pair]:
    """Yield the pairs of a transitive relation that do not follow from the others."""
    above: dict[int, set[int]] = {}
    for low, high in pairs:
        above.setdefault(low, set()).add(high)
    nothing: frozenset[int] = frozenset()
    for low, high in pairs:
        between = (
            middle
            for middle in above[low]
            if high in above.get(middle, nothing)
            and low not in above.get(middle, nothing)
            and middle not in above.get(high, nothing)
        )
        if low != high and next(between, None) is None:
            yield low, high


def _needed(facts: Facts, kind: int) -> Iterator[Pair]:
    """Yield the domains or ranges that neither a narrower one nor a broader property gives."""
    narrower, special = facts.pairs(v.SUB_CLASS), facts.pairs(v.SUB_PROPERTY)
    for p, c in facts.pairs(kind):
        by_class = any(
            d != c and (d, c) in narrower and (c, d) not in narrower for d in facts.objects(p, kind)
        )
        by_property = any(
            (p, q) in special and (q, p) not in special
            for q in facts.objects(p, v.SUB_PROPERTY)
            if (q, c) in facts.pairs(kind)
        )
        if not by_class and not by_property:
            yield p, c


def _asked_for(facts: Facts, rules: list[Rule]) -> frozenset[int] | None:
    """Return the classes whose members some axiom reads; None stands for all of them."""
    if any(v.TYPE in rule.predicates() or getattr(rule, "p", 0) == v.TYPE for rule in rules):
        return None
    asked = {c for rule in rules for c in rule.classes()}
    for predicate in (v.DISJOINT_CLASS, v.COMPLEMENT):
        asked.update(c for pair in facts.pairs(predicate) for c in pair)
    asked.update(c for _, items in groups(facts, v.ALL_DISJOINT_CLASSES) for c in items)
    asked.update(
        d
        for c, _ in limits(facts, v.MAX_QUALIFIED, 0)
        for d in facts.objects(c, v.ON_CLASS)
        if d != v.THING
    )
    return frozenset(asked)


def _literal_types(facts: Facts, asked: frozenset[int]) -> Iterator[Rule]:
    """dt-type2, for the datatypes that are asked for as classes."""
    wanted = [d for d in asked if d == v.LITERAL or d in v.DATATYPES]
    if not wanted:
        return
    facts.predicates()
    literals = facts.numbers.literals
    for d in wanted:
        iri = v.DATATYPES.get(d)
        yield from _given(
            v.TYPE,
            ((-n, d) for n in range(1, len(literals)) if iri is None or belongs(literals[n], iri)),
        )
