"""The help sheet of a template: what each column means, how it is written, and a real record."""

from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zsgraph.findings import Message
from zsgraph.formats import display_width
from zsgraph.template import Field, Template
from zsgraph.template_sheets import HELP
from zsgraph.template_style import (
    DARK,
    FONTS,
    GREY,
    INK,
    LINE,
    PALE,
    fit_width,
    set_paper,
    style_heading,
    write_text,
)

_HEADINGS: Final = (
    Message("列", "Column"),
    Message("必填", "Required"),
    Message("含义", "Meaning"),
    Message("写法", "How to write it"),
    Message("真实记录中的例子", "Example from a real record"),
)
_WIDTHS: Final = (22, 11, 38, 48, 48)
_LINE_HEIGHT: Final = 17
_YES: Final = Message("是", "yes")
_RULES: Final = (
    Message(
        "一行一条记录。深色标题的列必填，浅色的可以空着；漏填的必填格显示为橙色。",
        "One record a row. Columns with a dark heading are required, pale ones may stay empty; a "
        "required cell left empty turns orange.",
    ),
    Message(
        "有下拉列表的格可以直接选。一格有多个值时，用半角分号 ; 隔开。",
        "Choose from the drop-down where there is one. Several values in a cell are parted by "
        "semicolons.",
    ),
    Message(
        "填好后先检查：zsgraph validate {file}，没有错误再加入：zsgraph add {file}",
        "When done, check it with  zsgraph validate {file}  and then add it with  "
        "zsgraph add {file}",
    ),
    Message(
        "本页的例子只供参考，不会被当作记录读入。",
        "The example on this page is for reading only; it is never taken in as a record.",
    ),
)


def write_help(book: Workbook, template: Template) -> None:
    """Add the help sheet to a workbook.

    Its first row is a title and no row of headings, so it is never taken for records.

    Parameters
    ----------
    book
        The workbook.
    template
        What the sheet explains.
    """
    lang, font = template.language, FONTS[template.language]
    sheet: Worksheet = book.create_sheet(HELP.text(lang))
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    title = Message(f"怎样填写“{template.label}”表", f"How to fill the sheet “{template.label}”")
    _line(sheet, 1, title.text(lang), Font(name=font, size=16, bold=True, color=DARK), 32)
    _line(sheet, 2, template.help, Font(name=font, size=11, color=GREY), 22)
    row = 4
    for rule in _RULES:
        text = "·  " + rule.text(lang).format(file=f"{template.name}.xlsx")
        _line(sheet, row, text, Font(name=font, size=11, color=INK), 20)
        row += 1
    row += 1
    for place, heading in enumerate(_HEADINGS, start=1):
        cell = sheet.cell(row, place)
        write_text(cell, heading.text(lang))
        style_heading(cell, font, strong=True)
    sheet.row_dimensions[row].height = 26
    sheet.print_title_rows = f"{row}:{row}"
    for place, field in enumerate(template.fields, start=row + 1):
        _field(sheet, place, field, lang)
    set_paper(sheet)
    fit_width(sheet)
    sheet.sheet_view.showGridLines = False


def _line(sheet: Worksheet, row: int, text: str, font: Font, height: int) -> None:
    cell = sheet.cell(row, 1)
    write_text(cell, text)
    cell.font, cell.alignment = font, Alignment(vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    sheet.row_dimensions[row].height = height * (1 + display_width(text) // (sum(_WIDTHS) - 8))


def _field(sheet: Worksheet, row: int, field: Field, lang: str) -> None:
    texts = (
        field.heading,
        _YES.text(lang) if field.required else "",
        field.help,
        field.form,
        field.example,
    )
    for place, text in enumerate(texts, start=1):
        cell = sheet.cell(row, place)
        write_text(cell, text)
        cell.font = Font(name=FONTS[lang], size=10.5, bold=place == 1, color=INK)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        cell.border = Border(bottom=LINE)
        if field.required and place <= 2:
            cell.fill = PatternFill("solid", start_color=PALE)
    lines = max(
        1 + display_width(text) // (width - 1) for text, width in zip(texts, _WIDTHS, strict=True)
    )
    sheet.row_dimensions[row].height = 5 + _LINE_HEIGHT * lines
