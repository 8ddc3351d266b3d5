"""From validation results and clashes to findings that name file, row and column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from zsgraph.findings import Finding, Message, Severity
from zsgraph.namespaces import SH, shorten
from zsgraph.reasoning.clashes import Clash
from zsgraph.schema import Column, Schema, Table
from zsgraph.terms import Term, iri_value, is_iri
from zsgraph.validation.shacl import Result

_SEVERITIES: Final = {SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file name and spreadsheet row."""

    file: str
    row: int


class Places:
    """Knows where each record stands and what a shape is called."""

    def __init__(self, schema: Schema) -> None:
        self._places: dict[str, Place] = {}
        self._columns: dict[str, tuple[Table, Column]] = schema.columns_by_shape()
        self._tables = {table.shape: table for table in schema.tables.values()}

    def add(self, iri: str, file: str, row: int) -> None:
        """Note where the record of that IRI stands."""
        self._places[iri] = Place(file, row)

    def of(self, iri: str) -> Place | None:
        """Return where the record of that IRI stands, if it is one."""
        return self._places.get(iri)

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
            column=column.name if column else None,
            value=result.value or None,
            focus=result.focus,
        )

    def clash(self, clash: Clash, name: Callable[[Term], str]) -> Finding:
        """Return the finding of a contradiction that the reasoner found."""
        first = next((iri_value(term) for term in clash.individuals if is_iri(term)), "")
        place = self.of(first)
        facts = "; ".join(" ".join(map(name, triple)) for triple in clash.triples)
        return Finding(
            severity=Severity.ERROR,
            rule=f"owl2rl/{clash.rule}",
            message=clash.message(name),
            file=place.file if place else None,
            row=place.row if place else None,
            advice=Message(f"相冲突的陈述：{facts}。", f"What clashes: {facts}.")
            if facts
            else None,
            focus=first or None,
        )


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among findings, None where there are none."""
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    return min((f.severity for f in findings), key=order.index, default=None)
