"""Records: the rows of the tables, each cell checked and turned into RDF terms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from zsgraph.cells import right_form, to_literal
from zsgraph.findings import Finding, Message, Severity
from zsgraph.namespaces import SKOS
from zsgraph.resolve import Resolver
from zsgraph.schema import ID_COLUMN, Column, Schema, Table
from zsgraph.sheets import Report, Row, error, read_rows, rule
from zsgraph.terms import Term

SEPARATOR = ";"
_LABEL_PATHS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")


@dataclass(frozen=True, slots=True)
class Record:
    """A row as RDF terms: subject, and for each column of the table its values."""

    row: int
    id: str
    subject: Term
    values: list[tuple[Term, ...]]


@dataclass(slots=True)
class Header:
    """Which cell of a row belongs to which column."""

    id_place: int
    places: list[int | None]


def path_of(table: Table, folder: Path) -> Path:
    """Return the CSV file of a table."""
    return folder / f"{table.name}.csv"


def index_tables(schema: Schema, folder: Path, resolver: Resolver) -> None:
    """Make ids and names of all records known to the resolver, before any cell is typed.

    Faults are passed over here; :func:`read_table` reports them.

    Raises
    ------
    KnowledgeError
        If a file is missing.
    """
    for table in schema.tables.values():
        rows = read_rows(path_of(table, folder), _ignore)
        header = _header(table, path_of(table, folder), next(rows, None), _ignore)
        if header is None:
            continue
        named = [
            place
            for column, place in zip(table.columns, header.places, strict=True)
            if column.path in _LABEL_PATHS and place is not None
        ]
        for row in rows:
            labels = [part for place in named for part in _parts(row.cells[place])]
            resolver.add(table.base + row.cells[header.id_place].strip(), table.target, labels)


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
    header = _header(table, path, next(rows, None), report)
    if header is not None:
        reader = _Reader(table, path, header, resolver, report)
        for row in rows:
            record = reader.record(row)
            if record is not None:
                yield record


def _ignore(_: Finding) -> None:
    """Pass over a finding that is reported elsewhere."""


def _parts(cell: str) -> list[str]:
    if SEPARATOR not in cell:
        stripped = cell.strip()
        return [stripped] if stripped else []
    return [part for part in map(str.strip, cell.split(SEPARATOR)) if part]


def _header(table: Table, path: Path, row: Row | None, report: Report) -> Header | None:
    if row is None:
        return None
    names: dict[str, str] = {ID_COLUMN: ID_COLUMN}
    if table.id_column:
        names |= dict.fromkeys(_headings(table.id_column), ID_COLUMN)
    for column in table.columns:
        names |= dict.fromkeys(_headings(column), column.name)
    places: dict[str, int] = {}
    sound = True
    for place, heading in enumerate(map(str.strip, row.cells)):
        name = names.get(heading)
        if name is None:
            report(_unknown_heading(path, heading, names))
        elif name in places:
            zh, en = f"列“{heading}”出现了两次。请删去一列。", f"Column “{heading}” comes twice. "
            report(error(path, "heading-twice", zh, en + "Delete one of them.", 1))
        else:
            places[name] = place
            continue
        sound = False
    needed = [ID_COLUMN, *(column.name for column in table.columns if column.required)]
    for name in needed:
        if name not in places:
            sound = False
            zh, en = f"缺少必填的列“{name}”。请补上。", f"The required column “{name}” is missing. "
            report(error(path, "column-missing", zh, en + "Add it.", 1))
    if not sound:
        return None
    return Header(places[ID_COLUMN], [places.get(column.name) for column in table.columns])


def _headings(column: Column) -> tuple[str, str, str]:
    return column.name, column.heading.zh, column.heading.en


def _unknown_heading(path: Path, heading: str, names: dict[str, str]) -> Finding:
    near = get_close_matches(heading, names, 1, 0.5)
    return Finding(
        Severity.ERROR,
        rule("unknown-column"),
        Message(f"没有叫“{heading}”的列。", f"There is no column “{heading}”."),
        path.name,
        1,
        heading,
        heading,
        Message(f"是不是“{near[0]}”？", f"Did you mean “{near[0]}”?") if near else None,
    )


@dataclass(slots=True)
class _Reader:
    """Types the rows of one table; what a cell text means is worked out once per column."""

    table: Table
    path: Path
    header: Header
    resolver: Resolver
    report: Report
    seen: dict[str, int] = field(default_factory=dict)
    known: list[dict[str, Term]] = field(init=False)

    def __post_init__(self) -> None:
        self.known = [{} for _ in self.table.columns]

    def record(self, row: Row) -> Record | None:
        identifier = row.cells[self.header.id_place].strip()
        sound = self._id_is_sound(identifier, row)
        values: list[tuple[Term, ...]] = []
        for place, column in enumerate(self.table.columns):
            cell_place = self.header.places[place]
            cell = row.cells[cell_place] if cell_place is not None else ""
            terms = self._terms(place, column, cell, row)
            sound = sound and terms is not None
            values.append(terms or ())
        if not sound:
            return None
        return Record(row.number, identifier, f"<{self.table.base}{identifier}>", values)

    def _id_is_sound(self, identifier: str, row: Row) -> bool:
        if not re.fullmatch(self.table.id_pattern, identifier):
            self._fault(
                rule("id-form"),
                Message(
                    f"编号“{identifier}”的形式不对。", f"The id “{identifier}” has a wrong form."
                ),
                row,
                ID_COLUMN,
                identifier,
                Message(
                    f"编号的形式是 {self.table.id_pattern}，只用小写字母、数字和连字符。",
                    f"An id has the form {self.table.id_pattern}.",
                ),
            )
            return False
        first = self.seen.setdefault(identifier, row.number)
        if first != row.number:
            self._fault(
                rule("duplicate-id"),
                Message(
                    f"编号“{identifier}”在第{first}行已经用过。",
                    f"The id “{identifier}” is taken by row {first}.",
                ),
                row,
                ID_COLUMN,
                identifier,
                Message("请换一个编号，或删去重复的行。", "Choose another id or delete the row."),
            )
            return False
        return True

    def _terms(self, place: int, column: Column, cell: str, row: Row) -> tuple[Term, ...] | None:
        if not cell or not cell.strip():
            if not column.required:
                return ()
            self._cell_fault(column, row, cell, Message("这一格必填。", "This cell is required."))
            return None
        known = self.known[place]
        parts = _parts(cell) if column.multiple else [cell.strip()]
        terms: list[Term] = []
        for part in parts:
            term = known.get(part) or self._term(column, part, row)
            if term is None:
                return None
            known[part] = term
            terms.append(term)
        return tuple(dict.fromkeys(terms))

    def _term(self, column: Column, text: str, row: Row) -> Term | None:
        if column.datatypes:
            term = to_literal(text, column.datatypes, column.language)
            if term is None:
                self._cell_fault(column, row, text, right_form(column.datatypes))
            return term
        if column.choices:
            found = self.resolver.choose(text, column.choices)
        else:
            found = self.resolver.resolve(text, column.reference)
        if len(found) == 1:
            return f"<{found[0]}>"
        self._cell_fault(column, row, text, self._candidates(column, text, found))
        return None

    def _candidates(self, column: Column, text: str, found: list[str]) -> Message:
        if found:
            listed = "、".join(found[:5])
            return Message(
                f"“{text}”可以指 {len(found)} 个：{listed}。请改写编号。",
                f"“{text}” may mean {len(found)}: {', '.join(found[:5])}. Write the id instead.",
            )
        if column.choices:
            near = [self.resolver.name(choice) for choice in column.choices]
        else:
            near = self.resolver.nearest(text, column.reference)
        if not near and column.any_resource:
            return Message(
                f"没有编号为“{text}”的记录或概念，请写作 表/编号。",
                f"No record or concept has the id “{text}”; write it as folder/id.",
            )
        return Message(
            f"“{text}”没有登记。" + (f"最接近的是：{'、'.join(near)}。" if near else ""),
            f"“{text}” is not registered." + (f" Nearest: {', '.join(near)}." if near else ""),
        )

    def _cell_fault(self, column: Column, row: Row, value: str, advice: Message | None) -> None:
        self._fault(column.shape, column.message, row, column.name, value, advice)

    def _fault(
        self,
        name: str,
        message: Message,
        row: Row,
        column: str,
        value: str,
        advice: Message | None,
    ) -> None:
        self.report(
            Finding(
                Severity.ERROR, name, message, self.path.name, row.number, column, value, advice
            )
        )
