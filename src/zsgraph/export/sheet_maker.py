"""The sheets of an extract: its records, concepts and inferred statements as rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from zsgraph.export.context import common_base
from zsgraph.export.extract import Extract, by_subject, read_triples
from zsgraph.export.selection import Part
from zsgraph.export.sheets import (
    LANGUAGES,
    Cell,
    Sheet,
    SheetColumn,
    id_column,
    label_columns,
    plain_id,
    text_column,
    value_column,
)
from zsgraph.findings import Message
from zsgraph.namespaces import GRAPH_DATA, GRAPH_INFERRED, GRAPH_SCHEMES, RDF, RDFS, SKOS, XSD
from zsgraph.records import SEPARATOR
from zsgraph.schema import ID_COLUMN, Column, Table
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri, literal_parts

CONCEPTS: Final = "concepts"
STATEMENTS: Final = "inferred"
_SCHEME: Final = Message("所属的概念表", "Scheme")
_BROADER: Final = Message("上位概念", "Broader")
_NAMES: Final = (SKOS + "prefLabel", RDFS + "label")

#: Names of things by IRI and language.
Labels = dict[str, dict[str, str]]


@dataclass(slots=True)
class SheetMaker:
    """Makes the sheets of an extract, one at a time."""

    extract: Extract
    labels: Labels = field(init=False)
    concepts: set[str] = field(init=False)
    concept_base: str = field(init=False)

    def __post_init__(self) -> None:
        self.labels = labels_of_all(self.extract.store)
        graph = ox.NamedNode(GRAPH_SCHEMES)
        name = ox.NamedNode(SKOS + "prefLabel")
        quads = self.extract.store.quads_for_pattern(None, name, None, graph)
        self.concepts = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
        self.concept_base = common_base(sorted(self.concepts))

    def names(self) -> set[str]:
        """Return the names of the sheets of all chosen graphs."""
        graphs = {part.graph for part in self.extract.selection.parts}
        found = {t for t in self.extract.schema.tables if GRAPH_DATA + t in graphs}
        found |= {CONCEPTS} if GRAPH_SCHEMES in graphs else set()
        return found | ({STATEMENTS} if GRAPH_INFERRED in graphs else set())

    def sheets(self) -> Iterator[Sheet]:
        """Return the sheets of all chosen graphs."""
        parts = {part.graph: part for part in self.extract.selection.parts}
        for table in self.extract.schema.tables.values():
            part = parts.get(GRAPH_DATA + table.name)
            if part:
                yield self._records(table, part)
        if GRAPH_SCHEMES in parts:
            yield self._concepts(parts[GRAPH_SCHEMES])
        if GRAPH_INFERRED in parts:
            yield self._inferred(parts[GRAPH_INFERRED])

    def _records(self, table: Table, part: Part) -> Sheet:
        things = [
            (iri_value(subject), _values(triples))
            for subject, triples in by_subject(read_triples(self.extract.file(part)))
            if (subject, RDF_TYPE, f"<{table.target}>") in triples
        ]
        columns: list[SheetColumn] = [id_column(table)]
        for column in table.columns:
            columns += self._columns(column, [values for _, values in things])
        rows = [self._row(iri, table.base, values, columns) for iri, values in things]
        names = [column.name for column in table.columns]
        reified = table.reified
        about = (names[reified[0]], names[reified[1]], names[reified[2]]) if reified else None
        return Sheet(
            table.name,
            table.label,
            table.help,
            table.base,
            table.target,
            tuple(columns),
            rows,
            about,
        )

    def _columns(self, column: Column, things: list[dict[str, list[Term]]]) -> list[SheetColumn]:
        if column.datatypes:
            return [value_column(column)]
        values = {iri_value(term) for values in things for term in values.get(column.path, ())}
        target, base = self._target(column, values)
        own = SheetColumn(
            column.name,
            column.heading,
            column.help,
            column.path,
            reference=True,
            base=base,
            target=target,
            multiple=column.multiple,
            required=column.required,
        )
        return [own, *label_columns(own)]

    def _target(self, column: Column, values: set[str]) -> tuple[str, str]:
        """Return the sheet that a column refers to, if it is one, and the base of its ids."""
        tables = self.extract.schema.tables.values()
        for table in tables:
            meant = table.target == column.reference or (not column.reference and values)
            if meant and all(value.startswith(table.base) for value in values):
                return table.name, table.base
        if (values or column.reference) and values <= self.concepts:
            return CONCEPTS, self.concept_base
        known = [*column.choices, *values] if column.choices else [*values, *self._bases()]
        return "", common_base(sorted(known))

    def _bases(self) -> list[str]:
        return [*(table.base for table in self.extract.schema.tables.values()), self.concept_base]

    def _row(
        self, iri: str, base: str, values: dict[str, list[Term]], columns: Iterable[SheetColumn]
    ) -> list[Cell]:
        row: list[Cell] = []
        referred: list[str] = []
        for column in columns:
            if column.name == ID_COLUMN:
                row.append(iri.removeprefix(base))
            elif column.labels_of:
                row.append(_names(column, [self.label(one, column.language) for one in referred]))
            elif column.reference:
                referred = [iri_value(term) for term in values.get(column.path, ())]
                row.append(_cell(column, [one.removeprefix(column.base) for one in referred]))
            else:
                row.append(_cell(column, _literals(column, values.get(column.path, ()))))
        return row

    def label(self, iri: str, language: str) -> str:
        """Return what a thing is called in a language; empty where it has no name in it."""
        return self.labels.get(iri, {}).get(language, "")

    def _concepts(self, part: Part) -> Sheet:
        columns = [
            plain_id(),
            *self._concept_columns("scheme", "inScheme", _SCHEME),
            *(text_column("name", "prefLabel", language) for language in LANGUAGES),
            *(text_column("definition", "definition", language) for language in LANGUAGES),
            *self._concept_columns("broader", "broader", _BROADER),
        ]
        rows = [
            self._row(iri_value(subject), self.concept_base, _values(triples), columns)
            for subject, triples in by_subject(read_triples(self.extract.file(part)))
            if iri_value(subject) in self.concepts
        ]
        label = Message("概念", "Concepts")
        told = Message("选项表中的概念", "The concepts that records choose from")
        return Sheet(CONCEPTS, label, told, self.concept_base, "", tuple(columns), rows)

    def _concept_columns(self, name: str, local: str, heading: Message) -> list[SheetColumn]:
        """Return a column that refers to concepts, and those of their labels."""
        own = SheetColumn(
            name,
            heading,
            heading,
            SKOS + local,
            reference=True,
            base=self.concept_base,
            target=CONCEPTS,
            multiple=True,
        )
        return [own, *label_columns(own)]

    def _inferred(self, part: Part) -> Sheet:
        columns: list[SheetColumn] = []
        for name, zh, en in (
            ("subject", "主语", "Subject"),
            ("property", "属性", "Property"),
            ("value", "值", "Value"),
        ):
            own = SheetColumn(name, Message(zh, en), Message("", ""), required=True)
            columns += [own, *label_columns(own)]
        kind = Message("数据类型", "Datatype")
        columns.append(SheetColumn("datatype", kind, Message("", "")))
        rows = (self._statement(triple) for triple in read_triples(self.extract.file(part)))
        return Sheet(
            STATEMENTS,
            Message("推出的陈述", "Inferred statements"),
            Message("由记录和本体推出的陈述", "What follows from records and ontology"),
            "",
            "",
            tuple(columns),
            rows,
        )

    def _statement(self, triple: Triple) -> list[Cell]:
        row: list[Cell] = []
        for term in triple:
            is_thing = is_iri(term)
            text = iri_value(term) if is_thing else literal_parts(term)[0]
            row.append(text)
            row += [
                self.label(text, language) or None if is_thing else None for language in LANGUAGES
            ]
        _, datatype, language = ("", "", "") if is_iri(triple[2]) else literal_parts(triple[2])
        literal_kind = RDF + "langString@" + language if language else datatype or XSD + "string"
        row.append(None if is_iri(triple[2]) else literal_kind)
        return row


def labels_of_all(store: ox.Store) -> Labels:
    """Return the names of all things, in all languages."""
    labels: Labels = defaultdict(dict)
    for name in reversed(_NAMES):  # the preferred ones last, so that they stay
        for quad in store.quads_for_pattern(None, ox.NamedNode(name), None):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                names, tag = labels[quad.subject.value], quad.object.language or "zh"
                text = quad.object.value
                names[tag] = text if name == _NAMES[0] else min(names.get(tag, text), text)
    return labels


def _values(triples: list[Triple]) -> dict[str, list[Term]]:
    values: dict[str, list[Term]] = defaultdict(list)
    for _, predicate, obj in triples:
        values[iri_value(predicate)].append(obj)
    return values


def _literals(column: SheetColumn, terms: Iterable[Term]) -> list[str]:
    parts = [literal_parts(term) for term in terms]
    return [text for text, _, language in parts if language == column.language]


def _names(column: SheetColumn, names: list[str]) -> Cell:
    """Return names in the order of the ids; where none has one, nothing."""
    return _cell(column, [name.replace(SEPARATOR, ",") for name in names] if any(names) else [])


def _cell(column: SheetColumn, texts: list[str]) -> Cell:
    if column.multiple:
        return texts
    return texts[0] or None if texts else None
