"""Shapes that are ready to be checked: constraints on values, on counts and on nested shapes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from zsgraph.namespaces import SH
from zsgraph.terms import Term, iri_value, is_iri
from zsgraph.validation.core.constraints import ValueConstraint, Values, component, text_of
from zsgraph.validation.core.data import Data, Pair
from zsgraph.validation.results import Result


class UnsupportedError(Exception):
    """The shapes say something that is not compiled; a general engine must check them."""


@dataclass(frozen=True)
class Counted:
    """sh:minCount, sh:maxCount and their qualified forms.

    Attributes
    ----------
    least, most
        How many values there must be, and may be (None: any number).
    shape
        The values counted are those that conform to it; None counts all.
    """

    least: int
    most: int | None
    shape: "Shape | None" = None

    def broken_by(self, focus: Values, pairs: list[Pair], data: Data) -> Iterator[tuple[str, Term]]:
        """Yield component and focus node for each focus node that has too few or too many."""
        name = "{}Count"
        if self.shape is not None:
            name = "qualified{}Count"
            bad = self.shape.violators({o for _, o in pairs}, data)
            pairs = [(s, o) for s, o in pairs if o not in bad]
        subjects = {s for s, _ in pairs}
        if self.least == 1:
            few = focus - subjects
        elif self.least > 1:
            counts = Counter(s for s, _ in set(pairs))
            few = {node for node in focus if counts[node] < self.least}
        else:
            few = set()
        yield from ((component(_in_case(name, "min")), node) for node in few)
        if self.most is not None and (self.most == 0 or len(subjects) != len(pairs)):
            counts = Counter(s for s, _ in set(pairs))
            many = (node for node, count in counts.items() if count > self.most)
            yield from ((component(_in_case(name, "max")), node) for node in many)


def _in_case(name: str, end: str) -> str:
    return name.format(end if name.startswith("{") else end.capitalize())


@dataclass(frozen=True)
class HasValue:
    """sh:hasValue: one of the values is this term."""

    value: Term
    component: str = component("hasValue")

    def broken_by(self, focus: Values, pairs: list[Pair]) -> Values:
        """Return the focus nodes that lack the value."""
        return focus - {s for s, o in pairs if o == self.value}


@dataclass(frozen=True)
class Conforms:
    """sh:node: each value conforms to a shape."""

    shape: "Shape"
    component: str = component("node")

    def broken_by(self, values: Values, data: Data) -> Values:
        return self.shape.violators(values, data)


@dataclass(frozen=True)
class Combined:
    """sh:and, sh:or, sh:xone and sh:not over shapes."""

    name: str
    shapes: tuple["Shape", ...]

    @property
    def component(self) -> str:
        """IRI of the constraint component."""
        return component(self.name)

    def broken_by(self, values: Values, data: Data) -> Values:
        broken = [shape.violators(values, data) for shape in self.shapes]
        if self.name == "and":
            return set().union(*broken)
        if self.name == "or":
            return set.intersection(*broken)
        if self.name == "not":
            return values - broken[0]
        met = Counter(value for bad in broken for value in values - bad)
        return {value for value in values if met[value] != 1}


@dataclass
class Shape:
    """A node shape, or with a path a property shape.

    Attributes
    ----------
    iri
        The shape's IRI term.
    path
        The predicate of a property shape.
    inverse
        Whether the values are the subjects of the predicate.
    targets
        Classes whose instances are focus nodes.
    nodes
        Focus nodes named one by one.
    """

    iri: Term
    path: Term | None = None
    inverse: bool = False
    severity: str = SH + "Violation"
    targets: list[Term] = field(default_factory=list)
    nodes: Values = field(default_factory=set)
    constraints: list[ValueConstraint] = field(default_factory=list)
    counts: list[Counted] = field(default_factory=list)
    has_values: list[HasValue] = field(default_factory=list)
    properties: list["Shape"] = field(default_factory=list)

    def focus_nodes(self, data: Data) -> Values:
        """Return what the targets of the shape choose."""
        return self.nodes.union(*(data.members(cls) for cls in self.targets))

    def results(self, focus: Values, data: Data) -> Iterator[Result]:
        """Yield a result for each fault of the focus nodes."""
        pairs = self._pairs(focus, data)
        values = {o for _, o in pairs}
        for constraint in self.constraints:
            bad = constraint.broken_by(values, data)
            if bad:
                yield from (self._result(constraint.component, s, o) for s, o in pairs if o in bad)
        for count in self.counts:
            for name, node in count.broken_by(focus, pairs, data):
                yield self._result(name, node, None)
        for wanted in self.has_values:
            for node in wanted.broken_by(focus, pairs):
                yield self._result(wanted.component, node, None)
        for shape in self.properties:
            yield from shape.results(values, data)

    def violators(self, focus: Values, data: Data) -> Values:
        """Return the focus nodes that do not conform to the shape."""
        pairs = self._pairs(focus, data)
        values = {o for _, o in pairs}
        bad: Values = set()
        for constraint in self.constraints:
            bad |= constraint.broken_by(values, data)
        for shape in self.properties:
            bad |= shape.violators(values, data)
        found = {s for s, o in pairs if o in bad} if bad else set()
        for count in self.counts:
            found.update(node for _, node in count.broken_by(focus, pairs, data))
        for wanted in self.has_values:
            found |= wanted.broken_by(focus, pairs)
        return found

    def _pairs(self, focus: Values, data: Data) -> list[Pair]:
        """Return focus nodes with their value nodes."""
        if self.path is None:
            return [(node, node) for node in focus]
        if self.inverse:
            return [(o, s) for s, o in data.pairs(self.path) if o in focus]
        return [pair for pair in data.pairs(self.path) if pair[0] in focus]

    def _result(self, name: str, focus: Term, value: Term | None) -> Result:
        path = iri_value(self.path) if self.path and not self.inverse else ""
        return Result(
            focus=_plain(focus),
            shape=iri_value(self.iri),
            component=name,
            path=path,
            value="" if value is None else _plain(value),
            severity=self.severity,
        )


_ANONYMOUS: Final = "_:"


def _plain(term: Term) -> str:
    text = text_of(term)
    return (
        term.removeprefix(_ANONYMOUS) if text is None else iri_value(term) if is_iri(term) else text
    )
