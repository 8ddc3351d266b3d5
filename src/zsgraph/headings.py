"""The header of a sheet: which cell belongs to which column."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from zsgraph.findings import Finding, Message, Severity
from zsgraph.schema import ID_COLUMN, Column, Table
from zsgraph.sheets import Report, Row, error, rule

#: What the id's column is called where no shape says it.
_ID_HEADING: Final = Message("编号", "id")


@dataclass(frozen=True, slots=True)
class Header:
    """Which cell of a row belongs to which column.

    Attributes
    ----------
    id_place
        Place of the id's cell, None where the column is missing.
    places
        For each column of the table the place of its cell.
    headings
        The headings as they are written.
    sound
        False where the header is faulty (and was reported).
    """

    id_place: int | None
    places: list[int | None]
    headings: list[str]
    sound: bool

    def by_column(self, table: Table) -> dict[str, str]:
        """Return the heading as it is written of each column that the sheet has, by its name."""
        places = [(ID_COLUMN, self.id_place)]
        places += [(c.name, place) for c, place in zip(table.columns, self.places, strict=True)]
        return {name: self.headings[place] for name, place in places if place is not None}


def read_header(table: Table, file: str, row: Row, report: Report) -> Header:
    """Match the headings of a sheet with the columns of a table.

    A heading is a column's machine name or its Chinese or English heading.

    Parameters
    ----------
    table
        The table, described by its shape.
    file
        What the file is called in findings.
    row
        The first row of the file.
    report
        Called with each finding.
    """
    names = known_headings(table)
    places: dict[str, int] = {}
    sound = row.sound
    for place, heading in enumerate(map(str.strip, row.cells)):
        name = names.get(heading)
        if name is None:
            report(_unknown(file, row.number, place, heading, names))
        elif name in places:
            report(_twice(file, row.number, heading))
        else:
            places[name] = place
            continue
        sound = False
    for name, label in _needed(table):
        if name not in places:
            sound = False
            report(_missing(file, row.number, name, label))
    return Header(
        places.get(ID_COLUMN),
        [places.get(column.name) for column in table.columns],
        [heading.strip() for heading in row.cells],
        sound,
    )


def known_headings(table: Table) -> dict[str, str]:
    """Return the name of the column that each heading stands for."""
    return dict(_headings(table))


def id_heading(table: Table) -> Message:
    """Return what the column of the id is called."""
    return table.id_column.heading if table.id_column else _ID_HEADING


def _headings(table: Table) -> Iterator[tuple[str, str]]:
    # First, so that a column of the same heading goes before.
    yield from ((heading, ID_COLUMN) for heading in (ID_COLUMN, _ID_HEADING.zh))
    if table.id_column:
        yield from _headings_of(table.id_column)
    for column in table.columns:
        yield from _headings_of(column)


def _headings_of(column: Column) -> Iterator[tuple[str, str]]:
    for heading in (column.name, column.heading.zh, column.heading.en):
        yield heading, column.name


def _needed(table: Table) -> Iterator[tuple[str, Message]]:
    yield ID_COLUMN, id_heading(table)
    for column in table.columns:
        if column.required:
            yield column.name, column.heading


def _unknown(file: str, row: int, place: int, heading: str, names: dict[str, str]) -> Finding:
    near = get_close_matches(heading, names, 1, 0.5)
    message = (
        Message(f"没有叫“{heading}”的列。", f"There is no column “{heading}”.")
        if heading
        else Message(f"第{place + 1}列没有标题。", f"Column {place + 1} has no heading.")
    )
    advice = (
        Message(f"是不是“{near[0]}”？", f"Did you mean “{near[0]}”?")
        if near
        else Message("请改正标题，或删去这一列。", "Correct the heading or delete the column.")
    )
    return Finding(
        Severity.ERROR, rule("unknown-column"), message, file, row, heading, heading, advice
    )


def _twice(file: str, row: int, heading: str) -> Finding:
    return error(
        file,
        "heading-twice",
        f"列“{heading}”出现了两次。请删去一列。",
        f"Column “{heading}” comes twice. Delete one of them.",
        row,
        heading,
        heading,
    )


def _missing(file: str, row: int, name: str, label: Message) -> Finding:
    return error(
        file,
        "column-missing",
        f"缺少必填的列“{label.zh}”（{name}）。请补上。",
        f"The required column “{label.en}” ({name}) is missing. Add it.",
        row,
        name,
    )
