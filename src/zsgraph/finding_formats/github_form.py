"""Findings as annotations of a GitHub workflow, each at its line.

Standard: workflow commands (https://docs.github.com/actions/reference/workflow-commands).
"""

from typing import Final

from zsgraph.finding_formats import shortened
from zsgraph.finding_formats.text_form import sums
from zsgraph.finding_groups import Case, Group, grouped, row_ranges
from zsgraph.findings import Severity
from zsgraph.validation.files import Report

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
#: GitHub shows so many annotations of each severity in a step.
_SHOWN: Final = 10


def render(report: Report, language: str) -> str:
    """Return an annotation for each finding, equal ones told once, and the sum of them."""
    groups = grouped(report.findings)
    lines: list[str] = []
    for severity in Severity:
        cases = [(g, case) for g in groups if g.severity is severity for case in g.cases]
        lines += [_command(report, group, case, language) for group, case in cases]
        if len(cases) > _SHOWN:
            zh, en = f"共 {len(cases)} 条", f"{len(cases)} in all"
            more = f"{_COMMANDS[severity]}: {zh if language == 'zh' else en}"
            lines.append(more)
    return "\n".join([*lines, *sums(report, language)]) + "\n"


def _command(report: Report, group: Group, case: Case, language: str) -> str:
    first = case.rows[0] if case.rows else None
    properties = {
        "file": group.file,
        "line": report.line(group.file, first) if group.sheet is None else None,
        "title": group.column,
    }
    told = ",".join(f"{name}={_property(str(v))}" for name, v in properties.items() if v)
    return f"::{_COMMANDS[group.severity]} {told}::{_data(_sentence(group, case, language))}"


def _sentence(group: Group, case: Case, language: str) -> str:
    zh = language == "zh"
    parts = [f"“{shortened(case.value)}”"] if case.value else []
    parts.append(case.message.text(language))
    if case.advice:
        parts.append(case.advice.text(language))
    if group.sheet and case.rows:
        rows = row_ranges(case.rows)
        parts.insert(
            0, f"工作表“{group.sheet}”第 {rows} 行" if zh else f"{group.sheet}, row {rows}"
        )
    elif len(case.rows) > 1:
        rows = row_ranges(case.rows)
        count = len(case.rows)
        parts.append(f"（共 {count} 行：{rows}）" if zh else f"({count} rows: {rows})")
    return " ".join(parts)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
