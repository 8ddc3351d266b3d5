"""Findings as CSV, to be read and sorted in a spreadsheet program.

Standard: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
import io
from typing import Final

from zsgraph.export.spreadsheets import neutralised
from zsgraph.finding_formats import SEVERITIES
from zsgraph.validation.files import Report

_HEADINGS: Final = {
    "zh": ("程度", "文件", "工作表", "行", "列", "所填内容", "问题", "怎么办"),
    "en": ("Severity", "File", "Sheet", "Row", "Column", "Value", "What is wrong", "What to do"),
}


def render(report: Report, language: str) -> str:
    """Return a row a finding; no cell is taken for a formula by a spreadsheet program."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADINGS[language])
    name = 0 if language == "zh" else 1
    for f in report.findings:
        cells = (
            SEVERITIES[f.severity][name],
            f.file,
            f.sheet,
            f.row,
            f.column,
            f.value,
            f.message.text(language),
            f.advice.text(language) if f.advice else None,
        )
        writer.writerow(["" if cell is None else neutralised(str(cell)) for cell in cells])
    return "\ufeff" + text.getvalue()
