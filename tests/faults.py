"""Faulty records, one for each constraint of the shapes, made from sound records and the shapes.

Nothing here names a class or a column: whoever adds a constraint to a shape gets its fault.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zsgraph.namespaces import GRAPH_DATA, RDF, REC, SH, XSD
from zsgraph.pipeline import Graphs
from zsgraph.schema import Table
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, literal, literal_parts
from zsgraph.turtle import read_turtle

STRANGER = "<urn:x-stranger>"
Node = dict[str, list[Term]]
Triples = list[Triple]


@dataclass(frozen=True)
class Fault:
    """A faulty record.

    Attributes
    ----------
    shape, component
        Which shape must fire, and which of its constraints.
    focus
        IRI of the record, or ``_:`` for one without an IRI.
    triples
        All statements of the record.
    also
        Other shapes that speak of the same values and may fire too.
    """

    table: str
    shape: str
    component: str
    focus: str
    triples: Triples
    also: frozenset[str]

    def __str__(self) -> str:
        return f"{self.shape.rpartition('#')[2]}-{self.component.rpartition('#')[2]}"


@dataclass
class Shapes:
    """All shapes of a folder as nodes, with their RDF lists unfolded on demand."""

    nodes: dict[Term, Node] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    @classmethod
    def read(cls, folder: Path) -> "Shapes":
        shapes = cls()
        for path in sorted(folder.glob("*.ttl")):
            for subject, predicate, obj in read_turtle(path):
                shapes.nodes[subject][iri_value(predicate)].append(obj)
        return shapes

    def members(self, head: Term) -> list[Term]:
        found = []
        while head in self.nodes and RDF + "first" in self.nodes[head]:
            found += self.nodes[head][RDF + "first"]
            head = self.nodes[head][RDF + "rest"][0]
        return found

    def number(self, node: Node, name: str) -> int | None:
        values = node.get(SH + name)
        return int(literal_parts(values[0])[0]) if values else None

    def constraints(self) -> set[str]:
        """Return the components that any table or column uses."""
        declared = [n for n in self.nodes.values() if REC + "table" in n or REC + "column" in n]
        return {_component(name) for node in declared for name in constraints_of(self, node)}


_NAMES = (
    "class", "datatype", "in", "maxCount", "maxExclusive", "maxInclusive", "maxLength", "minCount",
    "minExclusive", "minInclusive", "minLength", "nodeKind", "or", "pattern", "qualifiedMaxCount",
    "qualifiedMinCount",
)  # fmt: skip
_DECLARATIVE = {
    SH + name
    for name in ("targetClass", "name", "description", "message", "order", "path", "property",
                 "qualifiedValueShape", "severity", "group")
}  # fmt: skip


def _component(name: str) -> str:
    # The range constraints and counts are components of the same name, in upper camel case.
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"


def constraints_of(shapes: Shapes, node: Node) -> Iterator[str]:
    for predicate in node:
        if not predicate.startswith(SH) or predicate in _DECLARATIVE:
            continue
        name = predicate.removeprefix(SH)
        assert name in _NAMES, f"no fault is known for sh:{name}"
        if name in ("minCount", "qualifiedMinCount") and shapes.number(node, name) == 0:
            continue  # never broken
        yield name


class Planter:
    """Makes a faulty record for each constraint of each table."""

    def __init__(self, shapes: Shapes, graphs: Graphs) -> None:
        self._shapes = shapes
        self._records: dict[str, dict[Term, Triples]] = {}
        self._values: dict[str, list[Term]] = defaultdict(list)
        self._members: dict[str, list[Term]] = defaultdict(list)
        self._used = 0
        for name in graphs.schema.tables:
            records: dict[Term, Triples] = defaultdict(list)
            for triple in graphs.asserted[GRAPH_DATA + name]:
                records[triple[0]].append(triple)
                self._values[iri_value(triple[1])].append(triple[2])
            self._records[name] = records
        for triples in [*graphs.asserted.values(), graphs.inferred]:
            for subject, predicate, obj in triples:
                if predicate == RDF_TYPE:
                    self._members[iri_value(obj)].append(subject)

    def faults(self, table: Table) -> Iterator[Fault]:
        """Return the faulty records of a table."""
        node = self._shapes.nodes[f"<{table.shape}>"]
        for name in constraints_of(self._shapes, node):
            yield self._of_record(table, node, name)
        for shape in node[SH + "property"]:
            column = self._shapes.nodes[shape]
            for name in constraints_of(self._shapes, column):
                yield self._of_column(table, shape, column, name)

    def _of_record(self, table: Table, node: Node, name: str) -> Fault:
        subject, sound = self._copy(table, "")
        if name == "pattern":
            subject = f"<{table.base}Not_an.id{self._used}>"
        elif name == "nodeKind":
            subject = f"_:record{self._used}"
        else:
            assert name == "or", f"no fault is known for sh:{name} of a record"
            for alternative in self._shapes.members(node[SH + "or"][0]):
                sound = self._denied(subject, sound, self._shapes.nodes[alternative])
        triples = [(subject, p, o) for _, p, o in sound]
        focus = iri_value(subject) if subject.startswith("<") else "_:"
        also = {table.shape, *(iri_value(term) for term in node[SH + "property"])}
        return Fault(table.name, table.shape, _component(name), focus, triples, frozenset(also))

    def _of_column(self, table: Table, shape: Term, column: Node, name: str) -> Fault:
        path = iri_value(column[SH + "path"][0])
        subject, sound = self._copy(table, path)
        kept = [triple for triple in sound if iri_value(triple[1]) != path]
        old = [triple[2] for triple in sound if iri_value(triple[1]) == path]
        values = self._values_of(column, name, old)
        triples = [*kept, *((subject, f"<{path}>", value) for value in values)]
        also = {iri_value(shape), table.shape}
        for other in self._shapes.nodes[f"<{table.shape}>"][SH + "property"]:
            if iri_value(self._shapes.nodes[other][SH + "path"][0]) == path:
                also.add(iri_value(other))
        return Fault(
            table.name, iri_value(shape), _component(name), iri_value(subject), triples,
            frozenset(also),
        )  # fmt: skip

    def _values_of(self, column: Node, name: str, old: list[Term]) -> list[Term]:
        datatype = iri_value(column[SH + "datatype"][0]) if SH + "datatype" in column else ""
        if name == "minCount":
            return []
        if name in ("maxCount", "qualifiedMaxCount"):
            return [*old, *self._more(column, old, self._shapes.number(column, name) or 0)]
        if name == "qualifiedMinCount":
            language = self._language(column)
            return [term for term in old if literal_parts(term)[2] != language]
        wrong: dict[str, Term] = {
            "class": STRANGER,
            "in": STRANGER,
            "nodeKind": literal("text"),
            "or": self._of_no_alternative(column),
            # A whole number is in any range, so that only its datatype is wrong.
            "datatype": literal(
                "1", XSD + ("decimal" if datatype == XSD + "integer" else "integer")
            ),
        }
        if name in wrong:
            return [wrong[name]]
        if name == "pattern":
            form = re.compile(literal_parts(column[SH + "pattern"][0])[0])
            misfit = next(text for text in ("§", "；", "(1)") if not form.search(text))
            return [literal(misfit, datatype)]
        if name == "maxLength":
            return [literal("字" * ((self._shapes.number(column, name) or 0) + 1), datatype)]
        step = {"minInclusive": -1, "maxInclusive": 1, "minExclusive": 0, "maxExclusive": 0}[name]
        return [literal(str((self._shapes.number(column, name) or 0) + step), datatype)]

    def _of_no_alternative(self, column: Node) -> Term:
        """Return a value that is neither a date nor, tagged with its language, the right text."""
        if SH + "qualifiedValueShape" in column:
            return literal("汉字", language=self._language(column))
        return literal("soon")

    def _language(self, column: Node) -> str:
        qualified = self._shapes.nodes[column[SH + "qualifiedValueShape"][0]]
        (language,) = self._shapes.members(qualified[SH + "languageIn"][0])
        return literal_parts(language)[0]

    def _more(self, column: Node, old: list[Term], most: int) -> list[Term]:
        """Return values that are sound one by one, more than may stand together."""
        if SH + "qualifiedValueShape" in column:
            return [literal(f"又名{n}", language=self._language(column)) for n in range(most + 1)]
        if SH + "in" in column:
            pool = self._shapes.members(column[SH + "in"][0])
        elif SH + "class" in column:
            pool = self._members[iri_value(column[SH + "class"][0])]
        elif SH + "or" in column:
            pool = [literal(str(year), XSD + "gYear") for year in range(1990, 1999)]
        else:
            pool = [*self._values[iri_value(column[SH + "path"][0])]]
            datatype = iri_value(column[SH + "datatype"][0]) if SH + "datatype" in column else ""
            lexical = ("true", "false") if datatype.endswith("boolean") else ("1", "2", "3")
            pool += [literal(text, datatype) for text in lexical]
        return [term for term in dict.fromkeys(pool) if term not in old][: most + 1 - len(old)]

    def _denied(self, subject: Term, triples: Triples, alternative: Node) -> Triples:
        """Change a record such that an alternative of the form that the shapes use fails."""
        negated = SH + "not" in alternative
        if negated:
            alternative = self._shapes.nodes[alternative[SH + "not"][0]]
        inner = self._shapes.nodes[alternative[SH + "property"][0]]
        path = inner[SH + "path"][0]
        others = [triple for triple in triples if triple[1] != path]
        if negated:
            return [*others, (subject, path, inner[SH + "hasValue"][0])]
        if self._shapes.number(inner, "minCount"):
            return others
        assert self._shapes.number(inner, "maxCount") == 0
        return [*others, (subject, path, self._values[iri_value(path)][0])]

    def _copy(self, table: Table, path: str) -> tuple[Term, Triples]:
        """Return a copy of a sound record that uses a property, if there is one, as a new one."""
        records = self._records[table.name]
        source = max(records, key=lambda term: any(iri_value(t[1]) == path for t in records[term]))
        subject = self._fresh(table, iri_value(source).removeprefix(table.base))
        old = records[source]
        return subject, [(subject, p, o) for s, p, o in old if s == source]

    def _fresh(self, table: Table, like: str) -> Term:
        while True:
            self._used += 1
            n = self._used
            for candidate in (f"{like}-{n}", f"{n:06}", f"X{n:03}"):
                subject = f"<{table.base}{candidate}>"
                fits = re.fullmatch(table.id_pattern, candidate)
                if fits and subject not in self._records[table.name]:
                    self._records[table.name][subject] = []
                    return subject
            assert n < 10_000, f"no id fits {table.id_pattern}"
