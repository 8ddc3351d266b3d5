"""Findings as a page of its own, to pass on or print."""

from importlib.resources import files
from typing import Any

from zsgraph.finding_formats import SEVERITIES, shortened
from zsgraph.finding_groups import Case, Group, grouped, row_ranges
from zsgraph.findings import Severity
from zsgraph.validation.files import Report

#: So many different values of one fault are shown.
_SHOWN = 200


def render(report: Report, language: str) -> str:
    """Return an HTML page that needs no other file and no network."""
    import jinja2

    text = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    zh = language == "zh"
    groups = grouped(report.findings)
    named = dict.fromkeys([*(sheet.file for sheet in report.sheets), *(g.file for g in groups)])
    page: str = template.from_string(text).render(
        language="zh-CN" if zh else "en",
        say=lambda chinese, english: chinese if zh else english,
        counts=[
            (s.value, SEVERITIES[s][0 if zh else 2], sum(f.severity is s for f in report.findings))
            for s in Severity
        ],
        number=sum(1 for name in named if name),
        rows=sum(sheet.rows for sheet in report.sheets),
        files=[
            _file(report, name, [g for g in groups if g.file == name], language) for name in named
        ],
    )
    return page


def _file(report: Report, name: str | None, groups: list[Group], language: str) -> dict[str, Any]:
    sheets = [sheet for sheet in report.sheets if sheet.file == name]
    return {
        "name": name or "",
        "kinds": list(
            dict.fromkeys(sheet.table.label.text(language) for sheet in sheets if sheet.table)
        ),
        "rows": sum(sheet.rows for sheet in sheets),
        "groups": [_group(group, language) for group in groups],
    }


def _group(group: Group, language: str) -> dict[str, Any]:
    message = group.message
    return {
        "severity": group.severity.value,
        "called": SEVERITIES[group.severity][0 if language == "zh" else 1],
        "sheet": group.sheet,
        "column": group.column,
        "message": message.text(language) if message else None,
        "count": group.count,
        "cases": [_case(case, language, told=message is None) for case in group.cases[:_SHOWN]],
        "left": max(0, len(group.cases) - _SHOWN),
    }


def _case(case: Case, language: str, *, told: bool) -> dict[str, Any]:
    return {
        "rows": row_ranges(case.rows, 20),
        "value": shortened(case.value, 200) if case.value else "",
        "message": case.message.text(language) if told else "",
        "advice": case.advice.text(language) if case.advice else "",
    }
