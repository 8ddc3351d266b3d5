"""Records of the shipped form at any scale, made from the shipped records themselves.

Every table whose records carry sources, and the sources, is written ``scale`` times over: the
shipped rows first, then copies of them with ids, names, addresses and document numbers of their
own.  A copy refers to the records of its own copy, as the shipped ones do among themselves, and now
and then to an earlier copy; what it says of industries, services and the like is drawn anew from
what the shipped records say.  Regions, industries and other authorities stay as they are.

    python -m benchmarks.generator 100 /tmp/records-100 --seed 1 --faults
"""

import argparse
import csv
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.faults import plant
from zsgraph.knowledge import Knowledge, locate
from zsgraph.namespaces import RDFS, SKOS, XSD, ZS
from zsgraph.records import SEPARATOR, path_of
from zsgraph.schema import ID_COLUMN, Column, Table, load_schema

_NAMES: Final = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", RDFS + "label")
_DOCUMENT_NUMBER: Final = ZS + "documentNumber"
_SOURCE: Final = ZS + "source"
#: How often a reference goes to an earlier copy, and how often a cell is drawn anew.
_TO_EARLIER: Final = 0.1
_DRAWN: Final = 0.5


@dataclass(frozen=True)
class _Sheet:
    """A shipped table: its headings, its rows and how each column is copied."""

    table: Table
    headings: list[str]
    rows: list[list[str]]
    kinds: list[str]
    grows: bool


class Generator:
    """Writes scaled records.

    Parameters
    ----------
    knowledge
        Whose shapes and records are scaled.
    seed
        The same seed gives the same records.
    """

    def __init__(self, knowledge: Knowledge, seed: int = 1) -> None:
        self._data = knowledge.data
        self._seed = seed
        self._schema = load_schema(knowledge.shapes)
        self._growing = {name for name, table in self._schema.tables.items() if _grows(table)}
        self._sheets = [self._sheet(table) for table in self._schema.tables.values()]
        self._ids = {
            row[sheet.headings.index(ID_COLUMN)]
            for sheet in self._sheets
            if sheet.grows
            for row in sheet.rows
        }

    def write(self, scale: int, folder: Path) -> int:
        """Write all tables into a new folder.

        Parameters
        ----------
        scale
            How many times the shipped records; 1 gives the shipped ones.
        folder
            Is made; what it held is removed.

        Returns
        -------
        int
            Number of records.
        """
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return sum(
            self._write(sheet, scale, path_of(sheet.table, folder)) for sheet in self._sheets
        )

    def _sheet(self, table: Table) -> _Sheet:
        with path_of(table, self._data).open(encoding="utf-8-sig", newline="") as stream:
            headings, *rows = csv.reader(stream)
        columns = {column.name: column for column in table.all_columns}
        kinds = [self._kind(name, columns.get(name)) for name in headings]
        if table.reified:
            # About a subject of its own copy, so that no two copies say the same.
            kinds[headings.index(table.columns[table.reified[0]].name)] = "subject"
        return _Sheet(table, headings, rows, kinds, table.name in self._growing)

    def _kind(self, name: str, column: Column | None) -> str:
        if name == ID_COLUMN:
            return "id"
        if column is None:
            return "as it is"
        if column.path in _NAMES:
            return "name"
        if column.path == _DOCUMENT_NUMBER:
            return "document number"
        if XSD + "anyURI" in column.datatypes:
            return "address"
        if column.any_resource or self._refers_to_growing(column):
            return "reference"
        return "drawn" if column.reference and column.multiple else "as it is"

    def _refers_to_growing(self, column: Column) -> bool:
        targets = {self._schema.tables[name].target for name in self._growing}
        return column.reference in targets

    def _write(self, sheet: _Sheet, scale: int, path: Path) -> int:
        draw = random.Random(f"{self._seed} {sheet.table.name}")
        count = 0
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(sheet.headings)
            for copy in range(scale if sheet.grows else 1):
                rows = sheet.rows if copy == 0 else self._copies(sheet, copy, draw)
                for row in rows:
                    writer.writerow(row)
                    count += 1
        return count

    def _copies(self, sheet: _Sheet, copy: int, draw: random.Random) -> Iterator[list[str]]:
        for row in self._copied(sheet):
            yield [
                self._cell(kind, cell, sheet, place, copy, draw) if cell else cell
                for place, (kind, cell) in enumerate(zip(sheet.kinds, row, strict=True))
            ]

    def _copied(self, sheet: _Sheet) -> Iterator[list[str]]:
        if "subject" not in sheet.kinds:
            return iter(sheet.rows)
        place = sheet.kinds.index("subject")
        return (row for row in sheet.rows if self._is_growing(row[place]))

    def _cell(
        self, kind: str, cell: str, sheet: _Sheet, place: int, copy: int, draw: random.Random
    ) -> str:
        if kind == "id":
            return f"{cell}-x{copy}"
        if kind == "name":
            return SEPARATOR.join(f"{part.strip()} {copy}" for part in cell.split(SEPARATOR))
        if kind == "document number":  # 〔2024〕11号 becomes 〔2024〕3011号
            year, bracket, number = cell.partition("〕")
            return f"{year}{bracket}{copy}0{number}" if number else cell
        if kind == "address":
            return f"{cell}{'&' if '?' in cell else '?'}copy={copy}"
        if kind == "subject":
            return f"{cell}-x{copy}"
        if kind == "reference":
            return SEPARATOR.join(self._reference(i, copy, draw) for i in cell.split(SEPARATOR))
        if kind == "drawn" and draw.random() < _DRAWN:
            return draw.choice(sheet.rows)[place] or cell
        return cell

    def _reference(self, written: str, copy: int, draw: random.Random) -> str:
        """Return the reference of a copy; what does not grow is referred to as it is."""
        if not self._is_growing(written.strip()):
            return written
        target = draw.randrange(copy) if draw.random() < _TO_EARLIER else copy
        return written.strip() + (f"-x{target}" if target else "")

    def _is_growing(self, written: str) -> bool:
        folder, _, identifier = written.rpartition("/")
        return identifier in self._ids and (not folder or folder in self._growing)


def _grows(table: Table) -> bool:
    """Tell whether a table holds sourced records, or the sources themselves."""
    paths = {column.path for column in table.columns}
    return _SOURCE in paths or any(XSD + "anyURI" in c.datatypes for c in table.columns)


def scaled(knowledge: Knowledge, scale: int, folder: Path, seed: int = 1) -> Knowledge:
    """Return the same knowledge with scaled records, written into ``folder``."""
    Generator(knowledge, seed).write(scale, folder)
    return Knowledge(knowledge.root, folder)


def main() -> None:
    """Write scaled records as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scale", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="plant faults of every rule")
    arguments = parser.parse_args()
    count = Generator(locate(), arguments.seed).write(arguments.scale, arguments.folder)
    print(f"{count:,} records in {arguments.folder}")
    if arguments.faults:
        planted = plant(locate(), arguments.folder)
        print(f"and faults of {len(planted)} rules")


if __name__ == "__main__":
    main()
