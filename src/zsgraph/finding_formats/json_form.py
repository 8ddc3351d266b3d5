"""Findings as JSON, for programs: with the IRI of each rule and record."""

import json
from typing import Any

from zsgraph import __version__
from zsgraph.finding_formats import rule_iri
from zsgraph.findings import Finding, Message, Severity
from zsgraph.validation.files import Report


def render(report: Report, language: str) -> str:
    """Return the findings one by one; texts are in both languages whatever ``language`` is."""
    document = {
        "tool": {"name": "zsgraph", "version": __version__},
        "sheets": [
            {
                "file": sheet.file,
                "sheet": sheet.sheet,
                "kind": sheet.table.name if sheet.table else None,
                "rows": sheet.rows,
            }
            for sheet in report.sheets
        ],
        "counts": {s.value: sum(f.severity is s for f in report.findings) for s in Severity},
        "findings": [_finding(report, finding) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _finding(report: Report, f: Finding) -> dict[str, Any]:
    return {
        "severity": f.severity.value,
        "rule": rule_iri(f.rule),
        "file": f.file,
        "sheet": f.sheet,
        "row": f.row,
        "line": report.line(f.file, f.row),
        "column": f.column,
        "value": f.value,
        "message": _texts(f.message),
        "advice": _texts(f.advice),
        "fix": f.fix,
        "record": f.focus,
    }


def _texts(message: Message | None) -> dict[str, str] | None:
    return {"zh": message.zh, "en": message.en} if message else None
