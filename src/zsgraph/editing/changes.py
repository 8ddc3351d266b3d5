"""What checked rows change in the records: new ones, and changed ones cell by cell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zsgraph.cell_texts import cell_text
from zsgraph.editing.table_text import TableText
from zsgraph.headings import Header, read_header
from zsgraph.records import SEPARATOR, Record, path_of, type_rows
from zsgraph.resolve import Resolver
from zsgraph.schema import Column, Table
from zsgraph.sheets import Row, read_rows
from zsgraph.terms import Term, iri_value, is_iri, literal_parts
from zsgraph.validation.files import CheckedRecord


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that is to hold something else.

    Attributes
    ----------
    column
        Its column.
    old, new
        What the records hold and are to hold, as cells write it.
    shown
        The same two as people read them, with names in place of ids.
    """

    column: Column
    old: str
    new: str
    shown: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Addition:
    """A new record: what is written into its cells, by column name, and what to call it."""

    table: Table
    id: str
    cells: dict[str, str]
    name: str


@dataclass(frozen=True, slots=True)
class Alteration:
    """A registered record of which cells change; ``row`` is its row in the table's file."""

    table: Table
    id: str
    row: int
    cells: tuple[CellChange, ...]
    name: str


@dataclass(slots=True)
class Changes:
    """What is to be written.

    Attributes
    ----------
    additions, alterations
        New and changed records.
    unchanged
        How many records the tables already hold just so.
    kept
        How many empty cells leave what is registered as it is.
    """

    additions: list[Addition] = field(default_factory=list)
    alterations: list[Alteration] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.additions or self.alterations)

    @property
    def tables(self) -> list[Table]:
        """Return the tables that change, in the order of their names."""
        found = {new.table.name: new.table for new in self.additions}
        found |= {altered.table.name: altered.table for altered in self.alterations}
        return [found[name] for name in sorted(found)]


@dataclass(frozen=True, slots=True)
class Registered:
    """A record as a table's file holds it, typed."""

    record: Record
    cells: dict[str, str]


def changes_of(checked: Iterable[CheckedRecord], folder: Path, resolver: Resolver) -> Changes:
    """Compare checked rows with the records.

    A column that a sheet lacks, and a cell that it leaves empty, changes nothing: adding takes
    nothing away.

    Parameters
    ----------
    checked
        The rows.
    folder
        The folder of the records.
    resolver
        Knows all that they refer to, the rows included.

    Raises
    ------
    KnowledgeError
        If a table's file is missing.
    """
    changes = Changes()
    by_table: dict[str, list[CheckedRecord]] = defaultdict(list)
    for row in checked:
        by_table[row.table.name].append(row)
    for rows in by_table.values():
        table = rows[0].table
        known = registered(table, folder, {row.record.id for row in rows}, resolver)
        for row in rows:
            old = known.get(row.record.id)
            if old is None:
                changes.additions.append(_addition(row, resolver))
            else:
                _compare(row, old, resolver, changes)
    return changes


def registered(
    table: Table, folder: Path, ids: Iterable[str], resolver: Resolver
) -> dict[str, Registered]:
    """Return those records of a table that have one of the ids, by id.

    Raises
    ------
    KnowledgeError
        If the table's file is missing.
    """
    text, header = open_table(table, folder)
    if header is None or header.id_place is None:
        return {}
    wanted, place = set(ids), header.id_place
    width = len(text.header)
    rows = {
        number: [*cells, *[""] * width][:width]
        for number, cells in text.rows()
        if len(cells) > place and cells[place].strip() in wanted
    }
    records = type_rows(
        table,
        path_of(table, folder).name,
        header,
        (Row(number, cells) for number, cells in rows.items()),
        resolver,
        lambda _: None,
    )
    places = {c.name: p for c, p in zip(table.columns, header.places, strict=True)}
    return {
        record.id: Registered(
            record,
            {name: rows[record.row][p] for name, p in places.items() if p is not None},
        )
        for record in records
    }


def open_table(table: Table, folder: Path) -> tuple[TableText, Header | None]:
    """Return the file of a table for editing, and which cell belongs to which column.

    Raises
    ------
    KnowledgeError
        If the file is missing.
    """
    path = path_of(table, folder)
    first = next(read_rows(path, lambda _: None), None)
    text = TableText(path.read_bytes())
    header = read_header(table, path.name, first, lambda _: None) if first else None
    return text, header


def alter(
    old: Registered, table: Table, new: dict[str, tuple[Term, ...]], resolver: Resolver
) -> Alteration:
    """Return the change of a registered record whose columns, by name, get new values."""
    cells = []
    for column, values in zip(table.columns, old.record.values, strict=True):
        if column.name in new and set(values) != set(new[column.name]):
            after = new[column.name]
            cells.append(
                CellChange(
                    column,
                    old.cells.get(column.name, ""),
                    cell_text(column, after, resolver),
                    (in_words(values, resolver), in_words(after, resolver)),
                )
            )
    name = name_of(table, old.record.values, resolver)
    return Alteration(table, old.record.id, old.record.row, tuple(cells), name)


def in_words(terms: Iterable[Term], resolver: Resolver) -> str:
    """Return values as people read them: resources by name."""
    return SEPARATOR.join(
        resolver.name(iri_value(term)) if is_iri(term) else literal_parts(term)[0] for term in terms
    )


def name_of(table: Table, values: list[tuple[Term, ...]], resolver: Resolver) -> str:
    """Return what to call a record: its name, or the first two things that it tells of."""
    filled = [terms for terms in values if terms]
    named = [terms for terms in filled if not is_iri(terms[0]) and literal_parts(terms[0])[2]]
    shown = named[:1] or filled[:2]
    return " · ".join(in_words(terms, resolver) for terms in shown)


def _compare(row: CheckedRecord, old: Registered, resolver: Resolver, changes: Changes) -> None:
    stated = dict(_stated(row))
    kept = [
        column.name
        for column, values in zip(row.table.columns, old.record.values, strict=True)
        if values and column.name in stated and not stated[column.name]
    ]
    changes.kept += len(kept)
    new = {name: terms for name, terms in stated.items() if terms}
    alteration = alter(old, row.table, new, resolver)
    if alteration.cells:
        changes.alterations.append(alteration)
    else:
        changes.unchanged += 1


def _stated(row: CheckedRecord) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Yield name and values of each column that the sheet has."""
    columns = zip(row.table.columns, row.header.places, row.record.values, strict=True)
    return ((column.name, values) for column, place, values in columns if place is not None)


def _addition(row: CheckedRecord, resolver: Resolver) -> Addition:
    cells = {
        column.name: cell_text(column, values, resolver)
        for column, values in zip(row.table.columns, row.record.values, strict=True)
        if values
    }
    name = name_of(row.table, row.record.values, resolver)
    return Addition(row.table, row.record.id, cells, name)
