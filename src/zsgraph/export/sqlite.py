"""One SQLite database: a table for each sheet, typed, with foreign keys, and a view with labels.

A column of several values is a table of its own (``<sheet>_<column>``), a row for each value.
``labels`` names every thing; ``sheets`` and ``columns`` say what each table and column means.
A view ``<sheet>_labelled`` shows a sheet as people read it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from zsgraph.export.extract import Extract
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS
from zsgraph.export.sheet_maker import SheetMaker
from zsgraph.export.sheets import Cell, Sheet
from zsgraph.export.sqlite_schema import (
    COLUMNS_TABLE,
    LABELS_TABLE,
    SHEETS_TABLE,
    described_columns,
    described_sheet,
    links_of,
    plain_columns,
    quoted,
    table_statements,
    view_statement,
)
from zsgraph.namespaces import XSD

_BATCH: Final = 5000
_BOOLEANS: Final = {"true": 1, "false": 0}


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the sheets as one database."""
    form = FORMATS["sqlite"]
    path = stage.folder.with_name("work") / f"{stem}.{form.ending}"
    path.unlink(missing_ok=True)
    _fill(path, extract)
    _normalise(path)
    name = f"{stem}.{form.ending}"
    with path.open("rb") as source, stage.create(name, form.media_type) as target:
        while block := source.read(2**20):
            target.write(block)
    path.unlink()


def _fill(path: Path, extract: Extract) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        maker = SheetMaker(extract)
        connection.execute(
            f"CREATE TABLE {LABELS_TABLE} (iri TEXT PRIMARY KEY, zh TEXT, en TEXT) WITHOUT ROWID"
        )
        labels = [(iri, names.get("zh"), names.get("en")) for iri, names in maker.labels.items()]
        _insert_all(connection, LABELS_TABLE, sorted(labels, key=itemgetter(0)))
        connection.execute(SHEETS_TABLE)
        connection.execute(COLUMNS_TABLE)
        known = maker.names()
        for sheet in maker.sheets():
            for statement in table_statements(sheet, known):
                connection.execute(statement)
            _insert_all(connection, "sheets", [described_sheet(sheet)])
            _insert_all(connection, "columns", list(described_columns(sheet)))
            _insert_rows(connection, sheet)
            connection.execute(view_statement(sheet))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _insert_rows(connection: sqlite3.Connection, sheet: Sheet) -> None:
    places = [place for place, column in enumerate(sheet.columns) if not column.labels_of]
    plain = [place for place in places if not sheet.columns[place].multiple]
    links = links_of(sheet)
    places_of = {column.name: place for place, column in enumerate(sheet.columns)}
    rows = iter(sheet.rows)
    assert len(plain) == len(plain_columns(sheet))
    while batch := list(islice(rows, _BATCH)):
        values = [[_value(sheet, place, row[place]) for place in plain] for row in batch]
        _insert_all(connection, sheet.name, values)
        for table, column in links:
            _insert_all(connection, table, list(_pairs(batch, places_of[column.name])))


def _pairs(rows: Iterable[list[Cell]], place: int) -> Iterator[tuple[Cell, str]]:
    for row in rows:
        cell = row[place]
        assert isinstance(cell, list)
        yield from ((row[0], value) for value in cell)


def _value(sheet: Sheet, place: int, cell: Cell) -> Cell | int:
    if isinstance(cell, str) and sheet.columns[place].datatypes == (XSD + "boolean",):
        return _BOOLEANS[cell]
    return cell


def _insert_all(connection: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", rows)


def _normalise(path: Path) -> None:
    """Set what the header says of the writing library, so that the same content is the same file.

    See https://www.sqlite.org/fileformat.html: the file change counter (offset 24), the counter
    for which the version number is valid (92) and the version number of the library (96).
    """
    with path.open("r+b") as stream:
        for offset, number in ((24, 1), (92, 1), (96, 3_040_000)):
            stream.seek(offset)
            stream.write(number.to_bytes(4, "big"))
