"""Findings as SARIF, for code scanning and editors.

Standard: Static Analysis Results Interchange Format 2.1.0
(https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
"""

import json
from typing import Any, Final
from urllib.parse import quote

from zsgraph import __version__
from zsgraph.finding_formats import rule_iri
from zsgraph.findings import Finding, Severity
from zsgraph.namespaces import BASE
from zsgraph.validation.files import Report

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, language: str) -> str:
    """Return one run with a result a finding; each rule is named by its IRI."""
    rules = {rule: number for number, rule in enumerate(dict.fromkeys(_rules(report)))}
    run = {
        "tool": {
            "driver": {
                "name": "zsgraph",
                "version": __version__,
                "informationUri": BASE,
                "language": "zh-CN" if language == "zh" else "en",
                "rules": [{"id": rule, "helpUri": rule} for rule in rules],
            }
        },
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, f, rules, language) for f in report.findings],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rules(report: Report) -> list[str]:
    return [rule_iri(finding.rule) for finding in report.findings]


def _result(report: Report, f: Finding, rules: dict[str, int], language: str) -> dict[str, Any]:
    told = [f"“{f.value}”"] if f.value else []
    told += [f.message.text(language)] + ([f.advice.text(language)] if f.advice else [])
    result: dict[str, Any] = {
        "ruleId": rule_iri(f.rule),
        "ruleIndex": rules[rule_iri(f.rule)],
        "level": _LEVELS[f.severity],
        "message": {"text": " ".join(told)},
    }
    if f.file:
        result["locations"] = [_location(report, f)]
    properties = {"value": f.value, "column": f.column, "row": f.row, "record": f.focus}
    result["properties"] = {name: value for name, value in properties.items() if value is not None}
    return result


def _location(report: Report, f: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote((f.file or "").replace("\\", "/"))}
    }
    line = report.line(f.file, f.row)
    if line and f.sheet is None:
        physical["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": physical}
    names = [name for name in (f.sheet, f.column) if name]
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": "/".join(names), "kind": "member"}]
    return location
