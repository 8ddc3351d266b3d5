"""Records: the rows of the tables, each cell checked and turned into RDF terms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from zsgraph.advice import Advisor
from zsgraph.cells import advice_on_form, to_literal
from zsgraph.findings import Finding, Message, Severity
from zsgraph.headings import Header, read_header
from zsgraph.id_form import id_form
from zsgraph.namespaces import RDF, SKOS, XSD
from zsgraph.nodes import is_valid_iri
from zsgraph.resolve import Resolver
from zsgraph.schema import ID_COLUMN, Column, Schema, Table
from zsgraph.sheets import Report, Row, read_rows, rule
from zsgraph.terms import Term

SEPARATOR = ";"
_LABEL_PATHS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
_TEXTS = frozenset((XSD + "string", XSD + "anyURI", RDF + "langString"))
#: So many different cells of a column are remembered.
_REMEMBERED = 50_000
_REQUIRED = Message("这一格必填。", "This cell is required.")


@dataclass(frozen=True, slots=True)
class Record:
    """A row as RDF terms.

    Attributes
    ----------
    row
        Spreadsheet row, the header is row 1.
    id, subject
        The record's id and its IRI term.
    values
        For each column of the table its values.
    """

    row: int
    id: str
    subject: Term
    values: list[tuple[Term, ...]]


def path_of(table: Table, folder: Path) -> Path:
    """Return the CSV file of a table."""
    return folder / f"{table.name}.csv"


def index_tables(schema: Schema, folder: Path, resolver: Resolver) -> None:
    """Make ids and names of all records known to the resolver, before any cell is typed.

    Faults are passed over here, and what can be read is known nevertheless, so that a fault is
    told once and not again by all that refer to its row; :func:`read_table` reports it.

    Raises
    ------
    KnowledgeError
        If a file is missing.
    """
    for table in schema.tables.values():
        path = path_of(table, folder)
        rows = read_rows(path, _ignore)
        first = next(rows, None)
        if first:
            index_rows(table, read_header(table, path.name, first, _ignore), rows, resolver)


def index_rows(table: Table, header: Header, rows: Iterable[Row], resolver: Resolver) -> None:
    """Make ids and names of the rows of a sheet known to the resolver.

    Parameters
    ----------
    table
        The table that they are records of.
    header
        Which cell belongs to which column; without a column for the id nothing is known.
    rows
        The rows below the header.
    resolver
        Is told of each row that has an id.
    """
    if header.id_place is None:
        return
    named = [
        place
        for column, place in zip(table.columns, header.places, strict=True)
        if column.path in _LABEL_PATHS and place is not None
    ]
    for row in rows:
        identifier = row.cells[header.id_place].strip()
        if identifier and header.id_place not in row.unread:
            labels = [part for place in named for part in _parts(row.cells[place])]
            resolver.add(table.base + identifier, table.target, labels)


def read_table(table: Table, folder: Path, resolver: Resolver, report: Report) -> Iterator[Record]:
    """Read one table row by row.

    Parameters
    ----------
    table
        The table, described by its shape.
    folder
        The folder of the record files.
    resolver
        Knows all records and concepts (see :func:`index_tables`).
    report
        Called with each finding; a row with an error is not returned.

    Raises
    ------
    KnowledgeError
        If the file is missing.
    """
    path = path_of(table, folder)
    rows = read_rows(path, report)
    first = next(rows, None)
    if first:
        header = read_header(table, path.name, first, report)
        yield from type_rows(table, path.name, header, rows, resolver, report)


def type_rows(
    table: Table,
    file: str,
    header: Header,
    rows: Iterable[Row],
    resolver: Resolver,
    report: Report,
    seen: dict[str, int] | None = None,
) -> Iterator[Record]:
    """Type the rows of a sheet one by one; a sheet with a faulty header has none.

    Parameters
    ----------
    table
        The table that they are records of.
    file
        What the file is called in findings.
    header
        Which cell belongs to which column.
    rows
        The rows below the header.
    resolver
        Knows all that the cells may refer to.
    report
        Called with each finding; a row with an error is not returned.
    seen
        Row by id of the rows read before that are of the same table; is added to.
    """
    if not header.sound or header.id_place is None:
        return
    known = {} if seen is None else seen
    reader = _Reader(table, file, header, header.id_place, resolver, report, known)
    for row in rows:
        record = reader.record(row) if row.sound or row.unread else None
        if record is not None:
            yield record


def row_of(table: Table, folder: Path, identifier: str) -> int | None:
    """Return the spreadsheet row of the record with an id, None if the file has no such record."""
    path = path_of(table, folder)
    if not path.is_file():
        return None
    rows = read_rows(path, _ignore)
    first = next(rows, None)
    header = read_header(table, path.name, first, _ignore) if first else None
    if header is None or header.id_place is None:
        return None
    place = header.id_place
    return next((row.number for row in rows if row.cells[place].strip() == identifier), None)


def _ignore(_: Finding) -> None:
    """Pass over a finding that is reported elsewhere."""


def _write(text: str) -> Message:
    return Message(f"请写作“{text}”。", f"Write “{text}”.")


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split(SEPARATOR)) if part]


@dataclass(slots=True)
class _Reader:
    """Types the rows of one table; what a cell means is worked out once for each text."""

    table: Table
    file: str
    header: Header
    id_place: int
    resolver: Resolver
    report: Report
    seen: dict[str, int]
    known: list[dict[str, tuple[Term, ...]]] = field(init=False)
    plan: list[tuple[int, Column, int | None]] = field(init=False)
    id_pattern: re.Pattern[str] = field(init=False)
    id_shape: str = field(init=False)
    headings: dict[str, str] = field(init=False)
    advisor: Advisor = field(init=False)

    def __post_init__(self) -> None:
        self.known = [{} for _ in self.table.columns]
        self.plan = list(zip(count(), self.table.columns, self.header.places, strict=False))
        self.id_pattern = re.compile(self.table.id_pattern)
        self.id_shape = (self.table.id_column or self.table).shape
        self.headings = self.header.by_column(self.table)
        self.advisor = Advisor(self.resolver)

    def record(self, row: Row) -> Record | None:
        identifier, sound = "", not row.unread
        if self.id_place not in row.unread:
            identifier = self._stripped(row.cells[self.id_place], ID_COLUMN, row)
            sound = self._id_is_sound(identifier, row) and sound
        values: list[tuple[Term, ...]] = []
        for place, column, cell_place in self.plan:
            if cell_place in row.unread:
                continue
            cell = row.cells[cell_place] if cell_place is not None else ""
            terms = self.known[place].get(cell) if cell or column.required else ()
            if terms is None:
                terms = self._terms(place, column, cell, row)
                sound = sound and terms is not None
            values.append(terms or ())
        if not sound:
            return None
        return Record(row.number, identifier, f"<{self.table.base}{identifier}>", values)

    def _id_is_sound(self, identifier: str, row: Row) -> bool:
        if not identifier:
            self._fault(self.id_shape, _REQUIRED, row, ID_COLUMN, identifier, self._id_advice())
            return False
        if not self.id_pattern.fullmatch(identifier):
            message = Message(
                f"编号“{identifier}”的形式不对。", f"The id “{identifier}” has a wrong form."
            )
            self._fault(self.id_shape, message, row, ID_COLUMN, identifier, self._id_advice())
            return False
        first = self.seen.setdefault(identifier, row.number)
        if first != row.number:
            message = Message(
                f"编号“{identifier}”在第{first}行已经用过。",
                f"The id “{identifier}” is taken by row {first}.",
            )
            advice = Message(
                "请换一个编号，或删去重复的行。", "Choose another id or delete the row."
            )
            self._fault(rule("duplicate-id"), message, row, ID_COLUMN, identifier, advice)
            return False
        return True

    def _id_advice(self) -> Message:
        near = next(iter(self.seen), "")
        like_zh, like_en = (f"，如 {near}", f", as {near}") if near else ("", "")
        form = id_form(self.table)
        return Message(f"编号的写法：{form.zh}{like_zh}。", f"An id is {form.en}{like_en}.")

    def _terms(self, place: int, column: Column, cell: str, row: Row) -> tuple[Term, ...] | None:
        text = self._stripped(cell, column.name, row)
        parts = _parts(text) if column.multiple and SEPARATOR in text else [text] if text else []
        if not parts and column.required:
            self._fault(column.shape, _REQUIRED, row, column.name, cell, column.message)
            return None
        found = dict.fromkeys(self._term(column, part, row) for part in parts)
        if None in found:
            return None
        terms = tuple(term for term in found if term)
        known = self.known[place]
        # Texts hardly repeat; a cell with white space around it is told each time.
        if text is cell and len(known) < _REMEMBERED and not _TEXTS.intersection(column.datatypes):
            known[cell] = terms
        return terms

    def _term(self, column: Column, text: str, row: Row) -> Term | None:
        if column.datatypes:
            term = to_literal(text, column.datatypes, column.language)
            if term is None:
                advice = advice_on_form(column.datatypes, text)
                self._fault(column.shape, column.message, row, column.name, text, advice)
            return term
        found = self.resolver.meant(column, text)
        if len(found) == 1:
            # An id of a wrong form makes no IRI; it is told at its own row and not here again.
            return f"<{found[0]}>" if is_valid_iri(found[0]) else None
        advice = self.advisor.advise(column, text, found)
        self._fault(column.shape, column.message, row, column.name, text, advice)
        return None

    def _stripped(self, cell: str, column: str, row: Row) -> str:
        text = cell.strip()
        if text == cell:
            return cell
        if text:
            message = Message(
                "这一格的前后有空白，已略去。",
                "The cell had white space around it; it was left out.",
            )
            advice = _write(text)
            name = rule("white-space")
            self._fault(name, message, row, column, cell, advice, Severity.WARNING, text)
        return text

    def _fault(
        self,
        name: str,
        message: Message,
        row: Row,
        column: str,
        value: str,
        advice: Message | None,
        severity: Severity = Severity.ERROR,
        fix: str | None = None,
    ) -> None:
        heading = self.headings.get(column, column)
        self.report(
            Finding(severity, name, message, self.file, row.number, heading, value, advice, fix=fix)
        )
