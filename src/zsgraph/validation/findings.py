"""From validation results and clashes to findings that name file, row and column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from zsgraph.cell_texts import cell_text
from zsgraph.findings import Finding, Message, Severity
from zsgraph.labels import local_name
from zsgraph.namespaces import OWL, SH, shorten
from zsgraph.reasoning.clashes import Clash
from zsgraph.records import Record
from zsgraph.schema import Column, Schema, Table
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri
from zsgraph.validation.shacl import Result

_SEVERITIES: Final = {SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands.

    Attributes
    ----------
    file, row, sheet
        File, spreadsheet row, and sheet where the file has several.
    headings
        The headings as written, by column name.
    table, record
        The record itself, where it is at hand.
    """

    file: str
    row: int
    sheet: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    table: Table | None = None
    record: Record | None = None

    def cell(self, paths: Iterable[str]) -> tuple[str | None, str | None]:
        """Return heading and text of the first column that has one of some paths."""
        for path in paths if self.table else ():
            for number, column in enumerate(self.table.columns):  # type: ignore[union-attr]
                if column.path == path and column.name in self.headings:
                    terms = self.record.values[number] if self.record else ()
                    return self.headings[column.name], cell_text(column, terms) or None
        return None, None


class Places:
    """Knows where each record stands and what a shape is called."""

    def __init__(self, schema: Schema) -> None:
        self._places: dict[str, Place] = {}
        self._statements: dict[str, list[tuple[str, Place]]] = {}
        self._columns: dict[str, tuple[Table, Column]] = schema.columns_by_shape()
        self._tables = {table.shape: table for table in schema.tables.values()}

    def add(self, iri: str, file: str, row: int) -> None:
        """Note where the record of that IRI stands."""
        self._places[iri] = Place(file, row)

    def put(self, iri: str, place: Place, about: tuple[str, str] | None = None) -> None:
        """Note where the record of that IRI stands.

        Parameters
        ----------
        iri
            The record.
        place
            Where it stands.
        about
            Subject and object of the triple that the record is about, if it is about one.
        """
        self._places[iri] = place
        for one, other in (about, about[::-1]) if about else ():
            self._statements.setdefault(one, []).append((other, place))

    def of(self, iri: str) -> Place | None:
        """Return where the record of that IRI stands, if it is one."""
        return self._places.get(iri)

    def concerning(self, iris: Sequence[str]) -> Place | None:
        """Return where the record stands that makes a finding which names these resources.

        The first that is a record is taken, else a record about two of them, else about one.
        """
        for iri in iris:
            if iri in self._places:
                return self._places[iri]
        about = [found for iri in iris for found in self._statements.get(iri, ())]
        both = [place for other, place in about if other in iris]
        return next(iter(both), None) or next((place for _, place in about), None)

    def shacl(self, result: Result) -> Finding:
        """Return the finding of a validation result."""
        place = self.of(result.focus)
        table, column = self._columns.get(result.shape, (self._tables.get(result.shape), None))
        if column is not None:
            message = column.message
        elif table is not None:
            message = table.message
        else:
            message = Message(
                f"不符合形状 {shorten(result.shape)}。", f"Shape {shorten(result.shape)} is broken."
            )
        return Finding(
            severity=_SEVERITIES.get(result.severity, Severity.ERROR),
            rule=result.shape if result.shape.startswith("http") else result.component,
            message=message,
            file=place.file if place else None,
            row=place.row if place else None,
            column=_heading(place, column),
            sheet=place.sheet if place else None,
            value=_value(result.value, column) if column else None,
            focus=result.focus,
        )

    def clash(self, clash: Clash, name: Callable[[Term], str]) -> Finding:
        """Return the finding of a contradiction that the reasoner found."""
        named = [iri_value(term) for term in clash.individuals if is_iri(term)]
        named += [iri_value(t) for s, _, o in clash.triples for t in (s, o) if is_iri(t)]
        first = next((iri for iri in named if self.of(iri)), next(iter(named), ""))
        place = self.concerning(named)
        told = [_clashing(triple, clash, name) for triple in clash.triples]
        return Finding(
            severity=Severity.ERROR,
            rule=f"owl2rl/{clash.rule}",
            message=clash.message(name),
            file=place.file if place else None,
            row=place.row if place else None,
            sheet=place.sheet if place else None,
            advice=Message(
                f"相冲突的陈述：{'；'.join(fact.zh for fact in told)}。",
                f"What clashes: {'; '.join(fact.en for fact in told)}.",
            )
            if told
            else None,
            focus=first or None,
        )


def _clashing(triple: Triple, clash: Clash, name: Callable[[Term], str]) -> Message:
    """Return a fact or an axiom that cannot be true beside others as people say it."""
    subject, predicate, value = triple
    if predicate != RDF_TYPE:
        fact = " ".join(map(name, triple))
        return Message(fact, fact)
    if iri_value(value).startswith(OWL):  # an axiom that says something of several terms at once
        terms = [name(term) for term in clash.terms]
        axiom = name(value)
        return Message(f"{axiom}（{'、'.join(terms)}）", f"{axiom} ({', '.join(terms)})")
    return Message(f"{name(subject)} 是 {name(value)}", f"{name(subject)} is a {name(value)}")


def _heading(place: Place | None, column: Column | None) -> str | None:
    if column is None:
        return None
    return place.headings.get(column.name, column.name) if place else column.name


def _value(value: str, column: Column) -> str | None:
    """Return a value as people write it, a resource by its id; None where there is none."""
    named = not column.datatypes and "://" in value
    return (local_name(value) if named else value) or None


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among findings, None where there are none."""
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    return min((f.severity for f in findings), key=order.index, default=None)
