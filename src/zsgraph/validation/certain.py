"""What a faulty cell should hold where that is certain, told with the finding about it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from zsgraph.findings import Finding, Message, Severity
from zsgraph.fixing.cells import Corrector
from zsgraph.headings import Header
from zsgraph.incoming.sheet import Sheet
from zsgraph.resolve import Resolver
from zsgraph.schema import ID_COLUMN, Table

#: For so many different cells it is worked out; a sheet with more has another fault than slips.
_MOST: Final = 2_000


class SheetCells:
    """Finds the cell that a finding is about.

    Parameters
    ----------
    sheets
        The sheets, each with the table of its records and its header.
    """

    def __init__(self, sheets: Iterable[tuple[Sheet, Table, Header]]) -> None:
        self._rows: dict[tuple[str | None, str | None], dict[int, list[str]]] = {}
        self._places: dict[tuple[str | None, str | None], dict[str, int]] = {}
        self._columns: dict[tuple[str | None, str | None], tuple[Table, dict[str, str]]] = {}
        for sheet, table, header in sheets:
            key = sheet.file, sheet.name
            self._rows[key] = {row.number: row.cells for row in sheet.rows[1:]}
            self._places[key] = {heading: n for n, heading in enumerate(header.headings)}
            names = {heading: name for name, heading in header.by_column(table).items()}
            self._columns[key] = table, names

    def text(self, finding: Finding) -> str | None:
        """Return what the cell holds, as it is written; None where a finding is about none."""
        key = finding.file, finding.sheet
        place = self._places.get(key, {}).get(finding.column or "")
        cells = self._rows.get(key, {}).get(finding.row or 0)
        return cells[place] if cells and place is not None else None

    def column(self, finding: Finding) -> tuple[Table, str] | None:
        """Return the table of the cell and the name of its column."""
        table, names = self._columns.get((finding.file, finding.sheet), (None, {}))
        name = names.get(finding.column or "")
        return (table, name) if table and name else None


class Certain:
    """Says with findings about cells that can only mean one thing what to write.

    Parameters
    ----------
    cells
        The cells of the sheets.
    resolver
        Knows all that cells may refer to.
    """

    def __init__(self, cells: SheetCells, resolver: Resolver) -> None:
        self._cells = cells
        self._corrector = Corrector(resolver)
        self._known: dict[tuple[str, str], tuple[str, Message] | None] = {}

    def told(self, finding: Finding) -> Finding:
        """Return a finding, with ``fix`` and ``advice`` filled in where that is certain."""
        if finding.severity is not Severity.ERROR or finding.fix is not None:
            return finding
        cell = self._cells.text(finding)
        if not cell:
            return finding
        key = finding.rule, cell
        if key not in self._known and len(self._known) < _MOST:
            self._known[key] = self._right(finding, cell)
        right = self._known.get(key)
        return replace(finding, fix=right[0], advice=right[1]) if right else finding

    def _right(self, finding: Finding, cell: str) -> tuple[str, Message] | None:
        found = self._cells.column(finding)
        if found is None:
            return None
        table, name = found
        column = table.column(name)
        if column is not None and finding.rule == column.shape:
            right = self._corrector.cell(column, cell)
        elif name == ID_COLUMN and finding.rule == (table.id_column or table).shape:
            right = self._corrector.identifier(table.id_pattern, cell)
        else:
            return None
        return (
            (right, Message(f"请写作“{right}”。", f"Write “{right}”.")) if right != cell else None
        )
