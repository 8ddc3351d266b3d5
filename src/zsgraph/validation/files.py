"""Checking files that are handed in against a built graph, before anything changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from zsgraph.findings import Finding, Message, Severity
from zsgraph.graph_resolver import GraphResolver, graph_resolver
from zsgraph.headings import Header, read_header
from zsgraph.incoming.files import read_file
from zsgraph.incoming.kinds import recognise
from zsgraph.incoming.sheet import Sheet
from zsgraph.kinds import find_table
from zsgraph.knowledge import Knowledge
from zsgraph.nodes import is_valid_iri
from zsgraph.records import Record, index_rows, type_rows
from zsgraph.schema import Schema, Table, load_schema
from zsgraph.sheets import Report as Tell
from zsgraph.sheets import rule
from zsgraph.terms import iri_value
from zsgraph.validation.certain import Certain, SheetCells
from zsgraph.validation.findings import Place, Places
from zsgraph.validation.new_facts import NewFacts, NewFactsCheck


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A row of a file whose cells all are sound.

    Attributes
    ----------
    table
        The table that it is a record of.
    record
        Its spreadsheet row, id, subject and the RDF terms of each column of the table; what to
        write into a cell for them is :func:`zsgraph.cell_texts.cell_text`.
    file, sheet
        The file as it was named, and the sheet where it has several.
    header
        Which columns the sheet has, with their headings as written.  A column that it lacks is
        not stated, rather than empty.
    known
        Whether the graph already has a record of this id, which this one would replace.
    """

    table: Table
    record: Record
    file: str
    sheet: str | None
    header: Header
    known: bool


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A sheet that was read.

    Attributes
    ----------
    file, sheet
        The file as it was named, and the sheet where it has several.
    table
        The kind of record in it; None where that is not clear.
    rows
        How many rows it has below its header.
    lines
        The line of the file on which a row begins, for the rows where it is not the row's number.
    """

    file: str
    sheet: str | None
    table: Table | None
    rows: int
    lines: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """What was found out about the files.

    Attributes
    ----------
    findings
        What is wrong or worth a look, in the order of files, sheets and rows.  A finding with
        ``fix`` says what the cell at its file, sheet, row and column should hold for certain.
    records
        The records whose cells are all sound, in the order of the rows.  They may still break a
        rule that only the whole record shows: take them in only if not :attr:`failed`.
    sheets
        The sheets that were read.
    resolver
        Knows the graph and the records of the files.
    """

    resolver: GraphResolver
    findings: list[Finding] = field(default_factory=list)
    records: list[CheckedRecord] = field(default_factory=list)
    sheets: list[CheckedSheet] = field(default_factory=list)

    def line(self, file: str | None, row: int | None) -> int | None:
        """Return the line of a file on which a row begins."""
        if row is None:
            return None
        lines = next((sheet.lines for sheet in self.sheets if sheet.file == file), {})
        return lines.get(row, row)

    @property
    def failed(self) -> bool:
        """Whether there is an error among the findings."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(slots=True)
class _Entry:
    """A sheet whose kind is known, with its header read."""

    sheet: Sheet
    table: Table
    header: Header
    report: Tell


def check_files(
    paths: Iterable[Path], knowledge: Knowledge, folder: Path, kind: str | None = None
) -> Report:
    """Check files against a built graph; nothing is changed.

    The records of all files see each other, so a row may refer to a row of another file or
    further down.  A row whose id the graph has is checked as a replacement of that record.

    Parameters
    ----------
    paths
        CSV, XLSX and RDF files (see :mod:`zsgraph.incoming.files`).
    knowledge
        Ontology, shapes and queries; its records are not read.
    folder
        Folder of the built graph (see :func:`zsgraph.store.current_folder`).
    kind
        What the records of all sheets are, as for :func:`zsgraph.kinds.find_table`; by default
        each sheet's headings tell.

    Returns
    -------
    Report
        Findings and typed records.

    Raises
    ------
    UsageError
        If a file does not exist or is of no form that can be read, or there is no such kind.
    ZsgraphError
        If a file cannot be read.
    """
    schema = load_schema(knowledge.shapes)
    table = find_table(schema, kind) if kind is not None else None
    resolver = graph_resolver(knowledge, folder)
    report = Report(resolver)
    entries = [
        entry for path in paths for entry in _entries(path, schema, table, report)
    ]  # all are read before any is typed, so that they see each other
    for entry in entries:
        index_rows(entry.table, entry.header, entry.sheet.rows[1:], resolver)
    _type(entries, resolver, report)
    _check_facts(report, knowledge, schema, folder, resolver)
    cells = SheetCells((entry.sheet, entry.table, entry.header) for entry in entries)
    certain = Certain(cells, resolver)
    found = (certain.told(_quoted(finding, cells)) for finding in report.findings)
    report.findings = _in_order(found, list(dict.fromkeys(map(str, paths))))
    return report


def _entries(path: Path, schema: Schema, kind: Table | None, report: Report) -> list[_Entry]:
    findings = len(report.findings)
    sheets = read_file(path, schema, report.findings.append)
    if not sheets and len(report.findings) == findings:
        report.findings.append(_nothing(str(path)))
    found: list[_Entry] = []
    for sheet in sheets:
        tell = sheet.reporting(report.findings.append)
        table = kind or recognise(sheet, schema, tell)
        lines = {row.number: row.line for row in sheet.rows if row.line not in (0, row.number)}
        report.sheets.append(
            CheckedSheet(sheet.file, sheet.name, table, len(sheet.rows) - 1, lines)
        )
        if len(sheet.rows) == 1:
            tell(_only_headings(sheet))
        if table is not None:
            header = read_header(table, sheet.file, sheet.rows[0], tell)
            found.append(_Entry(sheet, table, header, tell))
    return found


def _type(entries: list[_Entry], resolver: GraphResolver, report: Report) -> None:
    seen: dict[str, dict[str, int]] = {}
    for entry in entries:
        table, sheet = entry.table, entry.sheet
        for record in type_rows(
            table,
            sheet.file,
            entry.header,
            sheet.rows[1:],
            resolver,
            entry.report,
            seen.setdefault(table.name, {}),
        ):
            known = resolver.class_of(iri_value(record.subject)) is not None
            report.records.append(
                CheckedRecord(table, record, sheet.file, sheet.name, entry.header, known)
            )


def _check_facts(
    report: Report, knowledge: Knowledge, schema: Schema, folder: Path, resolver: GraphResolver
) -> None:
    """Check the records whose cells are sound as a whole, and with what they touch."""
    facts, places = NewFacts(), Places(schema)
    for checked in report.records:
        facts.add(checked.table, checked.record, known=checked.known)
        places.put(iri_value(checked.record.subject), _place(checked), _about(checked))
    sound = {checked.record.subject for checked in report.records}
    facts.pending = {
        f"<{iri}>": f"<{cls}>"
        for iri, cls in resolver.added.items()
        if f"<{iri}>" not in sound and is_valid_iri(iri)
    }
    if report.records:
        check = NewFactsCheck(knowledge, schema, folder, resolver, places)
        report.findings += check.findings(facts)


def _place(checked: CheckedRecord) -> Place:
    table, record = checked.table, checked.record
    headings = checked.header.by_column(table)
    return Place(checked.file, record.row, checked.sheet, headings, table, record)


def _about(checked: CheckedRecord) -> tuple[str, str] | None:
    reified = checked.table.reified
    if reified is None:
        return None
    subject, _, obj = (checked.record.values[place] for place in reified)
    return (iri_value(subject[0]), iri_value(obj[0])) if subject and obj else None


def _quoted(finding: Finding, cells: SheetCells) -> Finding:
    """Return a finding with its value as the cell has it, which may name a record otherwise."""
    cell = cells.text(finding) if finding.value else None
    return replace(finding, value=cell) if cell and (finding.value or "") not in cell else finding


def _in_order(findings: Iterable[Finding], files: list[str]) -> list[Finding]:
    place = {file: number for number, file in enumerate(files)}
    return sorted(
        findings, key=lambda f: (place.get(f.file or "", len(place)), f.sheet or "", f.row or 0)
    )


def _nothing(file: str) -> Finding:
    return Finding(
        Severity.ERROR,
        rule("empty-file"),
        Message("文件里没有任何内容。", "There is nothing in the file."),
        file,
    )


def _only_headings(sheet: Sheet) -> Finding:
    return Finding(
        Severity.WARNING,
        rule("no-records"),
        Message("只有标题行，没有记录。", "There are headings only and no record."),
        sheet.file,
        sheet.rows[0].number,
        advice=Message("从标题下一行起填写。", "Fill in the rows below the headings."),
    )
