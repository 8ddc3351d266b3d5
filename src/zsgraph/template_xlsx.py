"""A template as an Excel workbook: the sheet, its help, and the lists behind its drop-downs.

Standard: ISO/IEC 29500 (Office Open XML), https://www.iso.org/standard/71691.html
"""

import io
import re
import zipfile
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zsgraph.findings import Message
from zsgraph.formats import display_width, shortened
from zsgraph.template import Field, Template
from zsgraph.template_help import write_help
from zsgraph.template_sheets import LISTS
from zsgraph.template_style import (
    DARK,
    FONTS,
    ORANGE,
    set_paper,
    style_heading,
    write_text,
)

#: Rows that have drop-downs and colours; whoever fills more still may.
ROWS: Final = 10_000
#: Every template of the same shape is the same file, so it bears no date of its own.
_DATE: Final = datetime(2000, 1, 1)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\]")

_TEXT_FORMAT, _NUMBER_FORMAT = "@", "General"
_TEXT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_NUMBER = Alignment(horizontal="right", vertical="center", indent=1)
_NARROWEST, _WIDEST, _HEADING_ROOM = 12, 38, 5
_LONGEST_TITLE = 31

_REQUIRED = Message("必填。", "Required. ")
_FORM = Message("写法：", "How to write it: ")
_EXAMPLE = Message("例：", "Example: ")
_NOT_LISTED = Message(
    "列表里没有这个值。如果写的是编号，或另一个文件里新登记的名称，可以继续；否则请从列表中选。",
    "The list does not hold this value. Go on if it is an id, or a name that another file adds; "
    "else choose from the list.",
)
_NO_NUMBER = Message("请只写数字，不带逗号和单位。", "Write digits only, without commas or unit.")


def to_xlsx(template: Template) -> bytes:
    """Return the template as a workbook; the same template gives the same bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _title(template.label)
    _headings(sheet, template)
    _columns(sheet, template)
    _colours(sheet, template)
    write_help(book, template)
    _drop_downs(book, sheet, template)
    set_paper(sheet)
    sheet.print_title_rows = "1:1"
    sheet.sheet_properties.tabColor = DARK
    properties = book.properties
    properties.creator, properties.created, properties.title = "zsgraph", _DATE, template.label
    stream = io.BytesIO()
    book.save(stream)
    return _without_dates(stream.getvalue())


def _title(label: str) -> str:
    return _NOT_IN_TITLES.sub(" ", label)[:_LONGEST_TITLE]


def _headings(sheet: Worksheet, template: Template) -> None:
    for place, field in enumerate(template.fields, start=1):
        cell = sheet.cell(1, place)
        write_text(cell, field.heading)
        style_heading(cell, FONTS[template.language], strong=field.required)
        cell.comment = _comment(field, template.language)
    sheet.row_dimensions[1].height = 30
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 20, True
    sheet.freeze_panes = "B2"


def _comment(field: Field, lang: str) -> Comment:
    end = "。" if lang == "zh" else "."
    lines = [(_REQUIRED.text(lang) if field.required else "") + field.help + end]
    lines.append(_FORM.text(lang) + field.form + end)
    if field.example:
        lines.append(_EXAMPLE.text(lang) + shortened(field.example, 80))
    height = sum(1 + display_width(line) // 40 for line in lines)
    return Comment("\n".join(lines), "zsgraph", height=24 + 20 * height, width=320)


def _columns(sheet: Worksheet, template: Template) -> None:
    for place, field in enumerate(template.fields, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _width(field)
        # For the whole column, so that no program changes an id, a code or a date.
        column.number_format = _NUMBER_FORMAT if field.number else _TEXT_FORMAT
        column.alignment = _NUMBER if field.number else _TEXT
        column.font = Font(name=FONTS[template.language], size=11)


def _width(field: Field) -> int:
    longest = max(map(display_width, (*field.options[:200], field.example)), default=0)
    natural = max(min(longest + 2, _WIDEST), display_width(field.heading) + _HEADING_ROOM)
    return max(natural, _NARROWEST)


def _colours(sheet: Worksheet, template: Template) -> None:
    """Tint the required cells that were left empty in a row that is begun."""
    last = get_column_letter(len(template.fields))
    for place, field in enumerate(template.fields, start=1):
        if field.required:
            letter = get_column_letter(place)
            empty = f"AND(COUNTA($A2:${last}2)>0,LEN(TRIM({letter}2))=0)"
            fill = PatternFill("solid", bgColor=ORANGE)
            rule = Rule(type="expression", formula=[empty], dxf=DifferentialStyle(fill=fill))
            sheet.conditional_formatting.add(f"{letter}2:{letter}{ROWS}", rule)


def _drop_downs(book: Workbook, sheet: Worksheet, template: Template) -> None:
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    written: dict[tuple[str, ...], str] = {}
    for place, field in enumerate(template.fields, start=1):
        validation = _validation(lists, written, field, template.language)
        if validation is not None:
            letter = get_column_letter(place)
            validation.add(f"{letter}2:{letter}{ROWS}")
            sheet.add_data_validation(validation)


def _validation(
    lists: Worksheet, written: dict[tuple[str, ...], str], field: Field, lang: str
) -> DataValidation | None:
    if field.options:
        cells = written.get(field.options)
        if cells is None:
            cells = written[field.options] = _list(lists, len(written) + 1, field.options)
        validation = DataValidation(type="list", formula1=cells, allow_blank=True)
        validation.error = _NOT_LISTED.text(lang)
    elif field.number:
        validation = DataValidation(type="decimal", operator="between", allow_blank=True)
        validation.formula1, validation.formula2 = "-1E+15", "1E+15"
        validation.error = _NO_NUMBER.text(lang)
    else:
        return None
    validation.errorStyle, validation.errorTitle = "warning", field.heading[:_LONGEST_TITLE]
    # Several values in one cell never are in the list as a whole.
    validation.showErrorMessage = not (field.options and field.multiple)
    return validation


def _list(lists: Worksheet, place: int, options: tuple[str, ...]) -> str:
    for row, option in enumerate(options, start=1):
        write_text(lists.cell(row, place), option)
    letter = get_column_letter(place)
    return f"'{LISTS}'!${letter}$1:${letter}${len(options)}"


def _without_dates(data: bytes) -> bytes:
    """Return a workbook with all times of writing replaced by a fixed one."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
