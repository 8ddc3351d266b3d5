"""An answer as an Excel workbook.

Standard: ISO/IEC 29500 (Office Open XML), https://www.iso.org/standard/71691.html
"""

import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from zsgraph.answers import Answer
from zsgraph.column_kinds import kind_of
from zsgraph.errors import UsageError
from zsgraph.formats import display_width

MOST_ROWS: Final = 1_048_575
_MOST_CHARACTERS: Final = 32_767
_MOST_DIGITS: Final = 15  # more are no number to a spreadsheet
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROWEST, _WIDEST, _ROWS_LOOKED_AT = 8, 48, 200
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def to_xlsx(answer: Answer) -> bytes:
    """Return the answer as a workbook: headings and labels, real numbers and dates.

    Raises
    ------
    UsageError
        If it has more rows than a sheet holds.
    """
    if len(answer.terms) > MOST_ROWS:
        raise UsageError(
            f"Excel 表最多 {MOST_ROWS} 行，结果有 {len(answer.terms)} 行。请用 csv 或 parquet，"
            "或加 --limit。",
            f"A sheet holds {MOST_ROWS} rows at most; there are {len(answer.terms)}. Use csv or "
            "parquet, or give --limit.",
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("zsgraph")
    sheet.freeze_panes = "A2"
    last = get_column_letter(max(1, len(answer.columns)))
    sheet.auto_filter.ref = f"A1:{last}{len(answer.terms) + 1}"
    texts = answer.texts()
    for place, heading in enumerate(answer.headings):
        looked_at = [heading, *(row[place] for row in texts[:_ROWS_LOOKED_AT])]
        width = max(map(display_width, looked_at)) + 2
        letter = get_column_letter(place + 1)
        sheet.column_dimensions[letter].width = min(max(width, _NARROWEST), _WIDEST)
    sheet.append([_heading(sheet, heading) for heading in answer.headings])
    kinds = [
        kind_of(column, (row[place] for row in answer.terms))
        for place, column in enumerate(answer.columns)
    ]
    for shown, record in zip(texts, answer.rows, strict=True):
        values = zip(shown, record.values(), kinds, strict=True)
        sheet.append([_cell(sheet, *value) for value in values])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _heading(sheet: Any, text: str) -> Any:
    cell = _text_cell(sheet, text)
    cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    return cell


def _cell(sheet: Any, shown: str, value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind in ("integer", "number") and len(shown.strip("-").replace(".", "")) <= _MOST_DIGITS:
        return float(value) if isinstance(value, Decimal) else value
    if kind == "date" and value >= dt.date(1900, 3, 1):  # before it, Excel counts a day too much
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell = _text_cell(sheet, shown)
    cell.alignment = _WRAPPED
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    """Return a cell that holds text, also where it looks like a formula."""
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("\ufffd", text)[:_MOST_CHARACTERS])
    if text:
        cell.data_type = "s"
    return cell
