"""Findings as text for a terminal: one paragraph a group."""

from collections.abc import Iterator
from typing import Final

from zsgraph.finding_formats import SEVERITIES, shortened
from zsgraph.finding_groups import Case, Group, grouped, row_ranges
from zsgraph.findings import Severity
from zsgraph.validation.files import Report

_SHOWN: Final = 5


def render(report: Report, language: str) -> str:
    """Return the findings in groups, the gravest first, and the sum of them."""
    groups = grouped(report.findings)
    lines = [line for group in groups for line in (*_group(group, language), "")]
    return "\n".join([*lines, *sums(report, language)]) + "\n"


def _group(group: Group, language: str) -> Iterator[str]:
    zh = language == "zh"
    name = SEVERITIES[group.severity][0 if zh else 1]
    place = " ".join(filter(None, [group.file, _quoted(group.sheet, zh)]))
    if group.column:
        place += f" “{group.column}”列" if zh else f" column “{group.column}”"
    message = group.message
    head = f"{name} {place}".strip()
    yield head + (f"{'：' if zh else ': '}{message.text(language)}" if message else "")
    for case in group.cases[:_SHOWN]:
        if line := _case(case, language, with_message=message is None):
            yield f"  {line}"
    if len(group.cases) > _SHOWN:
        left = len(group.cases) - _SHOWN
        rows = row_ranges(sorted({r for case in group.cases[_SHOWN:] for r in case.rows}))
        yield f"  另有 {left} 种：第 {rows} 行" if zh else f"  and {left} more: rows {rows}"


def _quoted(sheet: str | None, zh: bool) -> str | None:
    if sheet is None:
        return None
    return f"工作表“{sheet}”" if zh else f"sheet “{sheet}”"


def _case(case: Case, language: str, *, with_message: bool) -> str:
    zh = language == "zh"
    parts = []
    if case.rows:
        rows = row_ranges(case.rows)
        count = len(case.rows)
        where = f"第 {rows} 行" if zh else f"row{'s' if count > 1 else ''} {rows}"
        if count > 1:
            where += f"（{count} 行）" if zh else f" ({count} rows)"
        parts.append(where)
    if case.value:
        parts.append(f"“{shortened(case.value)}”")
    told = [case.message.text(language)] if with_message else []
    told += [case.advice.text(language)] if case.advice else []
    said = " ".join(told)
    start = " ".join(parts)
    if not start or not said:
        return start or said
    return f"{start}{'：' if zh else ': '}{said}"


def sums(report: Report, language: str) -> Iterator[str]:
    """Yield a sentence that tells how much was checked and found."""
    zh = language == "zh"
    rows = sum(sheet.rows for sheet in report.sheets)
    files = len({sheet.file for sheet in report.sheets})
    counts = {s: sum(f.severity is s for f in report.findings) for s in Severity}
    if zh:
        told = "，".join(f"{SEVERITIES[s][0]} {count}" for s, count in counts.items())
        yield f"检查了 {files} 个文件 {rows:,} 行：{told}。"
    else:
        told = ", ".join(
            f"{count} {SEVERITIES[s][1 if count == 1 else 2]}" for s, count in counts.items()
        )
        yield (
            f"Checked {rows:,} row{'' if rows == 1 else 's'} in {files} "
            f"file{'' if files == 1 else 's'}: {told}."
        )
