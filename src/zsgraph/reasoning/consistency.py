"""The rules of OWL 2 RL that conclude *false*, looked up in the finished closure."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.clashes import Clash
from zsgraph.reasoning.compiler import groups, limits, restrictions
from zsgraph.reasoning.datatypes import belongs, different, equal, well_typed
from zsgraph.reasoning.facts import Facts, Pair, Pairs
from zsgraph.terms import Term, Triple, iri, literal_parts

_Triple = tuple[int, int, int]


def _unordered(pairs: Pairs) -> list[Pair]:
    """Return pairs in order, without those that are there the other way round too."""
    return sorted((x, y) for x, y in pairs if x <= y or (y, x) not in pairs)


class _Reporter:
    """Looks for contradictions in closed facts."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._term = facts.numbers.term

    def _clash(
        self,
        rule: str,
        individuals: Iterable[int],
        terms: Iterable[int],
        triples: Iterable[_Triple],
    ) -> Clash:
        term = self._term
        return Clash(
            rule,
            tuple(map(term, individuals)),
            tuple(map(term, terms)),
            tuple((term(s), term(p), term(o)) for s, p, o in triples),
        )

    def everything(self) -> Iterator[Clash]:
        """Yield all contradictions."""
        yield from self._equality()
        yield from self._properties()
        yield from self._negative()
        yield from self._classes()
        yield from self._disjoint_classes()
        yield from self._limits()
        yield from self._too_many_values()
        yield from self._misplaced_literals()
        yield from self._ill_typed_literals()

    def _equality(self) -> Iterator[Clash]:
        same = self._facts.cliques.same
        for x, y in self._denied():
            told = [(x, v.DIFFERENT, y), *([(x, v.SAME, y)] if x != y else [])]
            yield self._clash("eq-diff1", (x, y), (), told)
        for x, y in self._facts.cliques.refused:
            yield self._clash("eq-diff1", (x, y), (), [])
        for node, items in groups(self._facts, v.ALL_DIFFERENT):
            listed = node in {n for n, _ in self._facts.pairs(v.MEMBERS)}
            for x, y in combinations(items, 2):
                if same(x, y):
                    told = [(node, v.TYPE, v.ALL_DIFFERENT), (x, v.SAME, y)]
                    yield self._clash("eq-diff2" if listed else "eq-diff3", (x, y), (), told)

    def _denied(self) -> Iterator[Pair]:
        """Yield the pairs that are the same and different; those stated rather than derived."""
        different_from = self._facts.relation(v.DIFFERENT)
        of, stated = self._facts.cliques.of, different_from.pairs - different_from.derived
        told: set[int] = set()
        for pairs in (_unordered(stated), _unordered(different_from.derived)):
            for x, y in pairs:
                alike = x < 0 and y < 0 and equal(self._term(x), self._term(y))
                if (y in of(x) or alike) and ((x, y) in stated or x not in told):
                    told.update(of(x))
                    yield x, y

    def _properties(self) -> Iterator[Clash]:
        facts = self._facts
        for p in facts.of(v.IRREFLEXIVE):
            for s, o in facts.pairs(p):
                if s == o:
                    told = [(s, p, s), (p, v.TYPE, v.IRREFLEXIVE)]
                    yield self._clash("prp-irp", (s,), (p,), told)
        for p in facts.of(v.ASYMMETRIC):
            pairs = facts.pairs(p)
            for s, o in pairs:
                if s <= o and (o, s) in pairs:
                    told = [(s, p, o), (o, p, s), (p, v.TYPE, v.ASYMMETRIC)]
                    yield self._clash("prp-asyp", (s, o), (p,), told)
        for p, q in _unordered(facts.pairs(v.DISJOINT_PROPERTY)):
            yield from self._both("prp-pdw", p, q, (p, v.DISJOINT_PROPERTY, q))
        for node, items in groups(facts, v.ALL_DISJOINT_PROPERTIES):
            for p, q in combinations(items, 2):
                yield from self._both("prp-adp", p, q, (node, v.TYPE, v.ALL_DISJOINT_PROPERTIES))

    def _both(self, rule: str, p: int, q: int, axiom: _Triple) -> Iterator[Clash]:
        for s, o in self._facts.pairs(p) & self._facts.pairs(q):
            yield self._clash(rule, (s, o), (p, q), [(s, p, o), (s, q, o), axiom])

    def _negative(self) -> Iterator[Clash]:
        facts = self._facts
        kinds = (("prp-npa1", v.TARGET_INDIVIDUAL), ("prp-npa2", v.TARGET_VALUE))
        for node, x in facts.pairs(v.SOURCE_INDIVIDUAL):
            for p in facts.objects(node, v.ASSERTION_PROPERTY):
                for rule, kind in kinds:
                    for target in facts.objects(node, kind):
                        for y in facts.twins(target):
                            if (x, y) in facts.pairs(p):
                                told = [(x, p, y), (node, v.SOURCE_INDIVIDUAL, x)]
                                yield self._clash(rule, (x, y), (p,), told)

    def _classes(self) -> Iterator[Clash]:
        facts = self._facts
        for x in facts.of(v.NOTHING):
            told = [(x, v.TYPE, v.NOTHING)]
            for c, d in facts.pairs(v.SUB_CLASS):
                if d == v.NOTHING != c and x in facts.of(c):
                    told += [(x, v.TYPE, c), (c, v.SUB_CLASS, d)]
            yield self._clash("cls-nothing2", (x,), (), told)
        for c, d in _unordered(facts.pairs(v.COMPLEMENT)):
            yield from self._in_both("cls-com", c, d, (c, v.COMPLEMENT, d))

    def _disjoint_classes(self) -> Iterator[Clash]:
        facts = self._facts
        for c, d in _unordered(facts.pairs(v.DISJOINT_CLASS)):
            yield from self._in_both("cax-dw", c, d, (c, v.DISJOINT_CLASS, d))
        for node, items in groups(facts, v.ALL_DISJOINT_CLASSES):
            for c, d in combinations(items, 2):
                yield from self._in_both("cax-adc", c, d, (node, v.TYPE, v.ALL_DISJOINT_CLASSES))

    def _in_both(self, rule: str, c: int, d: int, axiom: _Triple) -> Iterator[Clash]:
        for x in self._facts.of(c) & self._facts.of(d):
            yield self._clash(rule, (x,), (c, d), [(x, v.TYPE, c), (x, v.TYPE, d), axiom])

    def _limits(self) -> Iterator[Clash]:
        facts = self._facts
        for c, p in limits(facts, v.MAX_CARDINALITY, 0):
            yield from self._none_allowed("cls-maxc1", c, p, None)
        for c, p in limits(facts, v.MAX_QUALIFIED, 0):
            for d in facts.objects(c, v.ON_CLASS):
                if d == v.THING:
                    yield from self._none_allowed("cls-maxqc2", c, p, None)
                else:
                    yield from self._none_allowed("cls-maxqc1", c, p, facts.of(d))

    def _none_allowed(self, rule: str, c: int, p: int, fillers: set[int] | None) -> Iterator[Clash]:
        for x in self._facts.of(c):
            for y in self._facts.objects(x, p):
                if fillers is None or y in fillers:
                    told = [(x, v.TYPE, c), (x, p, y), (c, v.ON_PROPERTY, p)]
                    yield self._clash(rule, (x,), (p, y), told)

    def _too_many_values(self) -> Iterator[Clash]:
        """dt-diff: two different values where only one is allowed."""
        facts = self._facts
        for p in facts.of(v.FUNCTIONAL):
            for x, values in facts.relation(p).forward.items():
                yield from self._one_value(x, p, values, (p, v.TYPE, v.FUNCTIONAL))
        allowed = [(c, p, v.THING) for c, p in limits(facts, v.MAX_CARDINALITY, 1)]
        allowed += [
            (c, p, d)
            for c, p in limits(facts, v.MAX_QUALIFIED, 1)
            for d in facts.objects(c, v.ON_CLASS)
        ]
        for c, p, d in allowed:
            for x in facts.of(c):
                values = facts.objects(x, p)
                if d != v.THING:
                    values = [value for value in values if value in facts.of(d)]
                yield from self._one_value(x, p, values, (x, v.TYPE, c))

    def _one_value(self, x: int, p: int, values: list[int], why: _Triple) -> Iterator[Clash]:
        if len(values) < 2:
            return
        for a, b in combinations(sorted(value for value in values if value < 0), 2):
            if different(self._term(a), self._term(b)):
                yield self._clash("dt-diff", (x,), (p, a, b), [(x, p, a), (x, p, b), why])

    def _misplaced_literals(self) -> Iterator[Clash]:
        """dt-not-type: literals that an axiom puts into a datatype they are not of."""
        facts = self._facts
        for p, d in facts.pairs(v.RANGE):
            if d in v.DATATYPES:
                yield from self._outside(facts.pairs(p), p, d, (p, v.RANGE, d))
        for c, p, d in restrictions(facts, v.ALL_VALUES):
            if d in v.DATATYPES:
                owned = ((x, y) for x in facts.of(c) for y in facts.objects(x, p))
                yield from self._outside(owned, p, d, (c, v.ALL_VALUES, d))
        for d, datatype in v.DATATYPES.items():
            for x in facts.of(d):
                if x < 0 and not belongs(self._term(x), datatype):
                    yield self._clash("dt-not-type", (x,), (d,), [(x, v.TYPE, d)])

    def _outside(self, pairs: Iterable[Pair], p: int, d: int, why: _Triple) -> Iterator[Clash]:
        datatype = v.DATATYPES[d]
        for x, y in pairs:
            if y < 0 and not belongs(self._term(y), datatype):
                yield self._clash("dt-not-type", (y,), (d,), [(x, p, y), why])

    def _ill_typed_literals(self) -> Iterator[Clash]:
        """dt-not-type: literals whose lexical form is not one of their own datatype's."""
        facts = self._facts
        told: dict[Term, list[Triple]] = {}
        for triple in facts.raw_literals():
            if triple[2] in told or not well_typed(triple[2]):
                told.setdefault(triple[2], []).append(triple)
        for number, x in enumerate(facts.numbers.literals):
            if number and not well_typed(x):
                told.setdefault(x, []).extend(
                    (self._term(s), self._term(p), x)
                    for p in facts.loaded()
                    for s in facts.relation(p).backward.get(-number, ())
                )
        for x, triples in told.items():
            yield Clash("dt-not-type", (x,), (iri(literal_parts(x)[1]),), tuple(sorted(triples)))


def clashes(facts: Facts) -> list[Clash]:
    """Return the contradictions in closed facts, sorted, each once."""
    return sorted(set(_Reporter(facts).everything()))
