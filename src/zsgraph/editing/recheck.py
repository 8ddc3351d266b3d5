"""Changed records checked once more as they will stand: with what their sheet left unsaid."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from zsgraph.editing.changes import Changes, registered
from zsgraph.findings import Finding, Severity
from zsgraph.knowledge import Knowledge
from zsgraph.records import path_of
from zsgraph.resolve import Resolver
from zsgraph.schema import ID_COLUMN, Table
from zsgraph.validation.files import check_files


def errors_after(
    changes: Changes, knowledge: Knowledge, folder: Path, resolver: Resolver
) -> list[Finding]:
    """Return the errors that changed records would have once they are written.

    Parameters
    ----------
    changes
        What is to be written; new records were checked as they stand.
    knowledge
        Ontology, shapes, queries and records.
    folder
        Folder of the built graph.
    resolver
        Knows all that the records refer to.

    Returns
    -------
    list of Finding
        Errors of the changed records, each with the table's file and the row in it.
    """
    if not changes.alterations:
        return []
    with TemporaryDirectory() as place:
        for table in changes.tables:
            records = [*_altered(table, changes, knowledge.data, resolver), *_new(table, changes)]
            _write(path_of(table, Path(place)), table, records)
        paths = [path_of(table, Path(place)) for table in changes.tables]
        findings = check_files(paths, knowledge, folder).findings
    return [_placed(f, changes) for f in findings if f.severity is Severity.ERROR]


def _altered(
    table: Table, changes: Changes, data: Path, resolver: Resolver
) -> Iterator[dict[str, str]]:
    altered = [change for change in changes.alterations if change.table is table]
    known = registered(table, data, {change.id for change in altered}, resolver)
    for change in altered:
        cells = {cell.column.name: cell.new for cell in change.cells}
        yield {ID_COLUMN: change.id} | known[change.id].cells | cells


def _new(table: Table, changes: Changes) -> Iterator[dict[str, str]]:
    for addition in changes.additions:
        if addition.table is table:
            yield {ID_COLUMN: addition.id} | addition.cells


def _write(path: Path, table: Table, records: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        names = [ID_COLUMN, *(column.name for column in table.columns)]
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(records)


def _placed(finding: Finding, changes: Changes) -> Finding:
    """Return a finding about a checked copy as one about the table's own file."""
    name = Path(finding.file).name if finding.file else None
    altered = [change for change in changes.alterations if f"{change.table.name}.csv" == name]
    place = (finding.row or 0) - 2  # the changed records come first, below the header
    row = altered[place].row if 0 <= place < len(altered) else None
    return replace(finding, file=name, row=row)
