"""Plants faults of every rule in records: the rows of the bad examples of the shapes."""

import csv
from collections.abc import Iterator
from pathlib import Path

from zsgraph.headings import known_headings
from zsgraph.knowledge import Knowledge
from zsgraph.records import path_of
from zsgraph.schema import Schema, Table, load_schema


def plant(knowledge: Knowledge, folder: Path) -> dict[str, list[str]]:
    """Add the rows of all bad examples to the records in a folder.

    Parameters
    ----------
    knowledge
        Whose shapes have the examples.
    folder
        Holds the tables; nothing but whole rows is added to them.

    Returns
    -------
    dict
        By name of the rule the tables that its rows went to.
    """
    schema = load_schema(knowledge.shapes)
    planted: dict[str, list[str]] = {}
    for example in sorted((knowledge.shapes / "examples").glob("*.bad*")):
        rule = example.name.partition(".")[0]
        for file in sorted(example.glob("*.csv")) if example.is_dir() else [example]:
            table = _add(schema, rule, file, folder)
            planted.setdefault(rule, []).append(table.name)
    return planted


def _add(schema: Schema, rule: str, file: Path, folder: Path) -> Table:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows, headings = list(reader), list(reader.fieldnames or ())
    table = _table(schema, rule, file, headings)
    known = known_headings(table)
    path = path_of(table, folder)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        columns = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
        for row in rows:
            writer.writerow({known.get(h, h): row[h] for h in headings})
    return table


def _table(schema: Schema, rule: str, file: Path, headings: list[str]) -> Table:
    """Return the table of an example: of its shape, of its name, or of its headings."""
    return max(
        schema.tables.values(),
        key=lambda table: (
            any(shape.rpartition("#")[2] == rule for shape in _shapes(table)),
            table.name == file.stem,
            sum(heading in known_headings(table) for heading in headings) / len(headings),
            -len(table.columns),
        ),
    )


def _shapes(table: Table) -> Iterator[str]:
    yield table.shape
    yield from (column.shape for column in table.all_columns)
