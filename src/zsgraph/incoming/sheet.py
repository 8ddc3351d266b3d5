"""A sheet of a file that was handed in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from zsgraph.findings import Finding, Message, Severity
from zsgraph.sheets import Report, Row, rule


@dataclass(slots=True)
class Sheet:
    """The rows of a sheet, the header first.

    Attributes
    ----------
    file
        The file as it was named.
    name
        Name of the sheet; None where a file holds only one.
    rows
        The rows that are not blank; each has as many cells as the first, its headings.
    kind
        Name of the table whose records it holds, where the file itself says so.
    """

    file: str
    name: str | None = None
    rows: list[Row] = field(default_factory=list)
    kind: str | None = None

    def reporting(self, report: Report) -> Report:
        """Return a report that names this sheet in each finding."""
        if self.name is None:
            return report
        return lambda finding: report(replace(finding, sheet=self.name))


def note(file: str, name: str, zh: str, en: str, severity: Severity = Severity.INFO) -> Finding:
    """Return a remark on a file, which is no error."""
    return Finding(severity, rule(name), Message(zh, en), file)


class Interner:
    """Keeps one copy of equal cells, of which a long sheet has many."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, cells: list[str]) -> list[str]:
        """Return the cells, equal ones as one object."""
        known: Callable[[str, str], str] = self._known.setdefault
        return [known(cell, cell) for cell in cells]
