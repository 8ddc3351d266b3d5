"""What the sheets of a template have in common: colours, fonts, paper, and text kept as text."""

from typing import Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

DARK: Final = "1B5E5A"
PALE: Final = "DDEDEB"
INK: Final = "1F3534"
GREY: Final = "5B6B6A"
WHITE: Final = "FFFFFF"
ORANGE: Final = "FFE0B0"
LINE: Final = Side(style="thin", color="C9DAD8")
#: Fonts that office programs have for each language; others are substituted.
FONTS: Final = {"zh": "Microsoft YaHei", "en": "Calibri"}


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text into a cell as text, also one that looks like a formula."""
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"


def style_heading(cell: Cell | MergedCell, font: str, *, strong: bool) -> None:
    """Give a cell the looks of a heading; a strong one stands out."""
    cell.fill = PatternFill("solid", start_color=DARK if strong else PALE)
    cell.font = Font(name=font, size=11, bold=True, color=WHITE if strong else INK)
    cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    cell.border = Border(right=LINE, bottom=LINE)


def set_paper(sheet: Worksheet) -> None:
    """Let a sheet print on A4 across."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)


def fit_width(sheet: Worksheet) -> None:
    """Let all columns of a sheet print on one page."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
