"""The tables and views of the SQLite database of an export, as SQL."""

from collections.abc import Iterator
from typing import Final

from zsgraph.export.sheets import LANGUAGES, Sheet, SheetColumn
from zsgraph.namespaces import XSD
from zsgraph.schema import ID_COLUMN

LABELS_TABLE: Final = "labels"
_DESCRIPTION: Final = (
    "sheet", "name", "heading_zh", "heading_en", "help_zh", "help_en",
    "property", "datatype", "language", "refers_to", "iri_base", "several",
)  # fmt: skip
COLUMNS_TABLE: Final = f"CREATE TABLE columns ({', '.join(_DESCRIPTION)})"
SHEETS_TABLE: Final = (
    "CREATE TABLE sheets (name TEXT PRIMARY KEY, label_zh, label_en, help_zh, help_en, class, "
    "iri_base)"
)
_TYPES: Final = {
    XSD + "integer": "INTEGER",
    XSD + "boolean": "INTEGER",
    XSD + "decimal": "NUMERIC",
}


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def plain_columns(sheet: Sheet) -> list[SheetColumn]:
    """Return the columns of a sheet's own table: those of one value."""
    return [column for column in sheet.columns if not column.multiple and not column.labels_of]


def links_of(sheet: Sheet) -> list[tuple[str, SheetColumn]]:
    """Return the tables of the columns of several values."""
    return [
        (f"{sheet.name}_{column.name}", column)
        for column in sheet.columns
        if column.multiple and not column.labels_of
    ]


def table_statements(sheet: Sheet, known: set[str]) -> Iterator[str]:
    """Return the statements that make the tables of a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    known
        The names of all sheets of the database; foreign keys lead to no other.
    """
    plain = plain_columns(sheet)
    yield _create(sheet.name, [_column(column, known) for column in plain])
    if not sheet.base:  # no id, which would be an index
        index = quoted(f"{sheet.name}_{plain[0].name}")
        yield f"CREATE INDEX {index} ON {quoted(sheet.name)} ({quoted(plain[0].name)})"
    for table, column in links_of(sheet):
        owner = f"{ID_COLUMN} TEXT NOT NULL REFERENCES {quoted(sheet.name)}"
        key = f"PRIMARY KEY ({ID_COLUMN}, {quoted(column.name)})"
        yield _create(table, [owner, _column(column, known) + " NOT NULL", key]) + " WITHOUT ROWID"
        if column.reference:  # for the way back
            index = quoted(f"{table}_back")
            yield f"CREATE INDEX {index} ON {quoted(table)} ({quoted(column.name)})"


def _create(table: str, parts: list[str]) -> str:
    return f"CREATE TABLE {quoted(table)} (\n  " + ",\n  ".join(parts) + "\n)"


def _column(column: SheetColumn, known: set[str]) -> str:
    only = column.datatypes[0] if len(column.datatypes) == 1 else ""
    words = [quoted(column.name), _TYPES.get(only, "TEXT")]
    if column.name == ID_COLUMN:
        words.append("PRIMARY KEY")
    if column.required and not column.multiple:
        words.append("NOT NULL")
    if only == XSD + "boolean":
        words.append(f"CHECK ({quoted(column.name)} IN (0, 1))")
    if column.target in known:
        words.append(f"REFERENCES {quoted(column.target)} ({ID_COLUMN})")
    return " ".join(words)


def view_statement(sheet: Sheet) -> str:
    """Return the statement that makes the view of a sheet with its labels."""
    parts: list[str] = []
    if sheet.base:
        parts.append(f"{_text(sheet.base)} || t.{ID_COLUMN} AS iri")
    for column in sheet.columns:
        if not column.labels_of:
            parts += _shown(sheet, column)
    view, table = quoted(f"{sheet.name}_labelled"), quoted(sheet.name)
    return f"CREATE VIEW {view} AS SELECT\n  " + ",\n  ".join(parts) + f"\nFROM {table} AS t"


def _shown(sheet: Sheet, column: SheetColumn) -> Iterator[str]:
    name = quoted(column.name)
    link = quoted(f"{sheet.name}_{column.name}")
    own = f"WHERE l.{ID_COLUMN} = t.{ID_COLUMN}"
    if column.multiple:
        yield f"(SELECT group_concat(l.{name}, '; ') FROM {link} AS l {own}) AS {name}"
    else:
        yield f"t.{name}"
    if not _named(sheet, column):
        return
    for language in LANGUAGES:
        label = quoted(f"{column.name}_label_{language}")
        names = f"{LABELS_TABLE} AS n ON n.iri = {_text(column.base)} || "
        if column.multiple:
            joined = f"{link} AS l JOIN {names}l.{name} {own}"
            yield f"(SELECT group_concat(n.{language}, '; ') FROM {joined}) AS {label}"
        else:
            same = f"n.iri = {_text(column.base)} || t.{name}"
            yield f"(SELECT n.{language} FROM {LABELS_TABLE} AS n WHERE {same}) AS {label}"


def _named(sheet: Sheet, column: SheetColumn) -> bool:
    return any(other.labels_of == column.name for other in sheet.columns)


def described_sheet(sheet: Sheet) -> tuple[str, ...]:
    """Return the row of the table ``sheets`` for a sheet."""
    words = (sheet.label.zh, sheet.label.en, sheet.help.zh, sheet.help.en)
    return (sheet.name, *words, sheet.target, sheet.base)


def described_columns(sheet: Sheet) -> Iterator[tuple[str | int, ...]]:
    """Return a row of the table ``columns`` for each column of a sheet."""
    for column in sheet.columns:
        if column.labels_of:
            continue
        yield (
            sheet.name,
            column.name,
            column.heading.zh,
            column.heading.en,
            column.help.zh,
            column.help.en,
            column.path,
            " ".join(column.datatypes),
            column.language,
            column.target,
            column.base if column.reference else "",
            int(column.multiple),
        )
