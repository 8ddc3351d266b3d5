"""The examples of shapes and verify queries, and what is expected of the bad ones.

``shapes/examples/README.md`` says how they are named and written.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PROJECT
from zsgraph.namespaces import ZSH
from zsgraph.schema import Schema

FOLDER = PROJECT / "shapes" / "examples"
EXPECTED = FOLDER / "expected.csv"
_VERIFY = "verify"


@dataclass(frozen=True, order=True)
class Expected:
    """A finding that a bad example must cause.

    Attributes
    ----------
    file
        The file, seen from the folder of the examples.
    row, column
        Spreadsheet row and heading; no heading where the whole row is meant.
    rule
        IRI of the shape, or name of the query.
    constraint
        Which constraint of the shape is broken, as ``minCount``; empty for a query.
    """

    file: str
    row: int
    column: str
    rule: str
    constraint: str = ""


@dataclass(frozen=True)
class Example:
    """A file that a steward could bring, or a folder of files that belong together."""

    path: Path

    @property
    def good(self) -> bool:
        return ".good" in self.path.name

    @property
    def rule(self) -> str:
        """What it is an example of: IRI of a shape, or name of a query."""
        return rule_of(self.path.name.partition(".")[0])

    @property
    def files(self) -> list[Path]:
        return sorted(self.path.glob("*.csv")) if self.path.is_dir() else [self.path]

    def kind(self, schema: Schema) -> str | None:
        """Return the kind of its records where the rule is a shape; else the headings tell."""
        for table in schema.tables.values():
            if self.rule in {table.shape, *(column.shape for column in table.all_columns)}:
                return table.name
        return None


def rule_of(name: str) -> str:
    """Return the IRI of the shape of that name, or the rule that findings of a query carry."""
    kind, _, query = name.replace("/", "-").partition("-")
    return f"{_VERIFY}/{query}" if kind == _VERIFY else ZSH + name


def examples() -> list[Example]:
    """Return all examples in order."""
    found = [p for p in FOLDER.iterdir() if ".good" in p.name or ".bad" in p.name]
    return [Example(path) for path in sorted(found)]


def expectations() -> list[Expected]:
    """Return what is expected of all bad examples."""
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        return [
            Expected(
                row["file"], int(row["row"]), row["column"], rule_of(row["rule"]), row["constraint"]
            )
            for row in csv.DictReader(stream)
        ]
