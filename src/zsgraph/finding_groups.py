"""Findings grouped, so that one mistake repeated in many rows is told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zsgraph.findings import Finding, Message, Severity

_ORDER = list(Severity)


@dataclass(slots=True)
class Case:
    """Findings that differ in nothing but their row.

    Attributes
    ----------
    message, value, advice
        What they say, the value as written, and what to write instead.
    rows
        The rows; empty where a finding is about no row.
    focuses
        IRIs of the records concerned, as far as they are known.
    """

    message: Message
    value: str | None
    advice: Message | None
    rows: list[int] = field(default_factory=list)
    focuses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Findings of one rule at one column of one sheet.

    Attributes
    ----------
    severity, rule
        How grave they are, and which rule is broken.
    file, sheet, column
        Where.
    cases
        The different ones, in the order of their first rows.
    count
        How many findings there are.
    """

    severity: Severity
    rule: str
    file: str | None
    sheet: str | None
    column: str | None
    cases: list[Case] = field(default_factory=list)
    count: int = 0

    @property
    def rows(self) -> list[int]:
        """All rows concerned, in order."""
        return sorted({row for case in self.cases for row in case.rows})

    @property
    def message(self) -> Message | None:
        """The sentence that all of them share; None where they differ."""
        first = self.cases[0].message
        return first if all(case.message == first for case in self.cases) else None


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Group findings, those of the gravest severity first, else in the order in which they come."""
    groups: dict[tuple[str | None, ...], Group] = {}
    cases: dict[tuple[object, ...], Case] = {}
    for f in findings:
        key = (f.severity, f.rule, f.file, f.sheet, f.column)
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(f.severity, f.rule, f.file, f.sheet, f.column)
        group.count += 1
        within = (key, f.message, f.value, f.advice)
        case = cases.get(within)
        if case is None:
            case = cases[within] = Case(f.message, f.value, f.advice)
            group.cases.append(case)
        if f.row is not None:
            case.rows.append(f.row)
        if f.focus is not None:
            case.focuses.append(f.focus)
    return sorted(groups.values(), key=lambda group: _ORDER.index(group.severity))


def row_ranges(rows: Iterable[int], most: int = 12) -> str:
    """Return rows in short, such as ``2-5, 9``; an ellipsis stands for those beyond ``most`` parts.

    Parameters
    ----------
    rows
        Row numbers in order.
    most
        So many single rows and ranges are written out.
    """
    parts: list[tuple[int, int]] = []
    for row in rows:
        if parts and row <= parts[-1][1] + 1:
            parts[-1] = parts[-1][0], row
        else:
            parts.append((row, row))
    written = [str(a) if a == b else f"{a}-{b}" for a, b in parts[:most]]
    return ", ".join([*written, *(["…"] if len(parts) > most else [])])
