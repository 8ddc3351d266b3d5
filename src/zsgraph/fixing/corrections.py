"""All certain corrections of the files that somebody hands in, found without changing anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zsgraph.fixing.cells import Corrector
from zsgraph.graph_resolver import graph_resolver
from zsgraph.headings import Header, read_header
from zsgraph.incoming.files import read_file
from zsgraph.incoming.kinds import recognise
from zsgraph.incoming.sheet import Sheet
from zsgraph.kinds import find_table
from zsgraph.knowledge import Knowledge
from zsgraph.records import index_rows
from zsgraph.schema import Table, load_schema
from zsgraph.sheets import Row


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that can only mean something else than what stands in it.

    Attributes
    ----------
    path, sheet
        The file, and its sheet where it has several.
    row, place
        Spreadsheet row, and place of the cell in it from 0.
    heading
        The heading of its column as it is written.
    before, after
        What stands there, and what should.
    """

    path: Path
    sheet: str | None
    row: int
    place: int
    heading: str
    before: str
    after: str


def corrections_of(
    paths: Iterable[Path], knowledge: Knowledge, folder: Path, kind: str | None = None
) -> list[Correction]:
    """Find what is certain to be corrected in files.

    Parameters
    ----------
    paths
        CSV and XLSX files.  Their rows may refer to each other.
    knowledge
        Ontology and shapes.
    folder
        Folder of the built graph.
    kind
        What the records of all sheets are; by default each sheet's headings tell.

    Raises
    ------
    ZsgraphError
        If a file cannot be read, or there is no such kind.
    """
    schema = load_schema(knowledge.shapes)
    given = find_table(schema, kind) if kind is not None else None
    resolver = graph_resolver(knowledge, folder)
    sheets: list[tuple[Path, Sheet, Table, Header]] = []
    for path in paths:
        for sheet in read_file(path, schema, _ignore):
            table = given or recognise(sheet, schema, _ignore)
            if table is not None:
                header = read_header(table, sheet.file, sheet.rows[0], _ignore)
                sheets.append((path, sheet, table, header))
    for _, sheet, table, header in sheets:
        index_rows(table, header, sheet.rows[1:], resolver)
    corrector = Corrector(resolver)
    return [
        Correction(path, sheet.name, row.number, place, header.headings[place], before, after)
        for path, sheet, table, header in sheets
        for row in sheet.rows[1:]
        for place, before, after in _row(row, table, header, corrector)
    ]


def _row(
    row: Row, table: Table, header: Header, corrector: Corrector
) -> Iterator[tuple[int, str, str]]:
    """Yield place, content and right content of each cell of a row that is to be corrected."""
    if not row.sound:
        return
    if header.id_place is not None:
        before = row.cells[header.id_place]
        after = corrector.identifier(table.id_pattern, before)
        if after != before:
            yield header.id_place, before, after
    for column, place in zip(table.columns, header.places, strict=True):
        if place is not None and row.cells[place]:
            before = row.cells[place]
            after = corrector.cell(column, before)
            if after != before:
                yield place, before, after


def _ignore(_: object) -> None:
    """Pass over a finding; checking the corrected file tells it."""
