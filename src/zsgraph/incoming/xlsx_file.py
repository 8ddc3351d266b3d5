"""XLSX files: all visible sheets, with what a sheet of records cannot hold told as findings.

Standard: ECMA-376, Office Open XML (https://ecma-international.org/publications-and-standards/standards/ecma-376/).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

from zsgraph.errors import UsageError
from zsgraph.findings import Finding, Message, Severity
from zsgraph.incoming.cell_values import as_text
from zsgraph.incoming.sheet import Interner, Sheet, note
from zsgraph.sheets import Report, Row, checked_row, error, rule
from zsgraph.template_sheets import NO_RECORDS

#: Limits of what a file may unpack to: bytes, times its own size, parts.
_UNPACKED: Final = 512 * 2**20
_RATIO: Final = 400
_PARTS: Final = 5_000
#: Below that many bytes a high ratio does no harm.
_HARMLESS: Final = 32 * 2**20
_DOCTYPE: Final = b"<!DOCTYPE"
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_FORMULA, _ERROR = "f", "e"


def read_xlsx(file: str, data: bytes, report: Report) -> list[Sheet]:
    """Read the visible sheets of a spreadsheet.

    The sheets that a template has beside the one to fill in are passed over.

    Parameters
    ----------
    file
        The file as it was named.
    data
        Its content.
    report
        Called with each finding.

    Raises
    ------
    UsageError
        If it is no spreadsheet, or unpacks to more than may be read.
    """
    _check_archive(file, data)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        sheets = []
        several = sum(sheet.title not in NO_RECORDS for sheet in book.worksheets) > 1
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for sheet in book.worksheets:
                if sheet.title in NO_RECORDS:
                    continue
                if sheet.sheet_state != "visible":
                    report(_hidden(file, sheet.title))
                    continue
                name = sheet.title if several else None
                found = _read_sheet(Sheet(file, name), sheet, archive, report)
                if found.rows:
                    sheets.append(found)
        book.close()
    except UsageError:
        raise
    except Exception:  # openpyxl lets through whatever a broken file makes it stumble over
        raise _broken(file) from None
    return sheets


def _read_sheet(found: Sheet, sheet: Any, archive: zipfile.ZipFile, report: Report) -> Sheet:
    file, tell = found.file, found.reporting(report)
    sheet.reset_dimensions()
    keep = Interner()
    headings: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts, unread = _texts(file, number, cells, headings, tell)
        if not any(texts):
            continue
        if not headings:
            headings = texts = _without_end(texts)
        width = len(headings)
        texts = texts[: max(width, len(_without_end(texts)))]
        texts += [""] * (width - len(texts))
        row = checked_row(file, headings, Row(number, keep(texts)), tell)
        if unread:
            row = Row(number, row.cells, sound=False, unread=unread if row.sound else frozenset())
        found.rows.append(row)
    if found.rows:
        _tell_merged(file, archive.read(sheet._worksheet_path.lstrip("/")), tell)
    return found


def _texts(
    file: str, number: int, cells: Iterable[Any], headings: list[str], tell: Report
) -> tuple[list[str], frozenset[int]]:
    """Return the cells of a row as texts, and the places of those that hold no value."""
    texts: list[str] = []
    unread: set[int] = set()
    for place, cell in enumerate(cells):
        heading = headings[place].strip() if place < len(headings) else None
        text = as_text(cell.value, cell.number_format) if cell.value is not None else ""
        texts.append(text)
        if cell.data_type in (_FORMULA, _ERROR) and text:
            unread.add(place)
            tell(_formula(file, number, heading, text, cell.data_type == _ERROR))
        elif "%" in (cell.number_format or "") and isinstance(cell.value, int | float):
            tell(_percent(file, number, heading, text))
    return texts, frozenset(unread)


def _without_end(texts: list[str]) -> list[str]:
    """Return cells without the empty ones at the end."""
    width = max((place for place, text in enumerate(texts, 1) if text.strip()), default=0)
    return texts[:width]


def _tell_merged(file: str, xml: bytes, tell: Report) -> None:
    for first, top, last, bottom in _MERGED.findall(xml):
        cells = f"{first.decode()}{top.decode()}:{last.decode()}{bottom.decode()}"
        tell(
            error(
                file,
                "merged-cells",
                f"单元格 {cells} 合并在一起，除第一格外都读作空。请取消合并，每格各自填写。",
                f"The cells {cells} are merged: all but the first count as empty. Unmerge them "
                "and fill in each.",
                int(top),
                value=cells,
            )
        )


def _formula(file: str, row: int, heading: str | None, text: str, failed: bool) -> Finding:
    if failed:
        zh, en = f"这一格是计算错误 {text}。", f"The cell is the error {text}."
    else:
        zh, en = "这一格是公式，不是值。", "The cell holds a formula and no value."
    advice = Message(
        "请复制后“选择性粘贴”为值，或直接填写。",
        "Copy it and paste it as a value, or type the value in.",
    )
    return Finding(
        Severity.ERROR, rule("formula"), Message(zh, en), file, row, heading, text, advice
    )


def _percent(file: str, row: int, heading: str | None, text: str) -> Finding:
    return Finding(
        Severity.WARNING,
        rule("percent"),
        Message(
            f"这一格按百分数显示，读作 {text}。",
            f"The cell is shown as a percentage; it was read as {text}.",
        ),
        file,
        row,
        heading,
        text,
        Message("请把格式改为文本，照原样填写数字。", "Format it as text and type the number."),
    )


def _hidden(file: str, title: str) -> Finding:
    return note(
        file,
        "hidden-sheet",
        f"隐藏的工作表“{title}”没有读。要检查它，请取消隐藏。",
        f"The hidden sheet “{title}” was not read. Unhide it to have it checked.",
        Severity.WARNING,
    )


def _check_archive(file: str, data: bytes) -> None:
    """Refuse what is no archive, unpacks to too much, or brings entities along."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            packed = max(1, len(data))
            if size > _UNPACKED or len(parts) > _PARTS or _is_bomb(size, packed):
                raise _too_large(file)
            for start in _beginnings(archive, parts):
                if _DOCTYPE in start:
                    raise _broken(file)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        raise _broken(file) from None


def _is_bomb(size: int, packed: int) -> bool:
    return size > _HARMLESS and size / packed > _RATIO


def _beginnings(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                yield stream.read(4096)


def _too_large(file: str) -> UsageError:
    most = _UNPACKED // 2**20
    return UsageError(
        f"{file} 解压后太大（限 {most} MiB），没有读。请把记录分成几个文件。",
        f"{file} unpacks to too much (the limit is {most} MiB) and was not read. Split it.",
    )


def _broken(file: str) -> UsageError:
    return UsageError(
        f"{file} 不是可读的 .xlsx 文件，可能已损坏或加了密码。请用表格软件打开后另存为 .xlsx。",
        f"{file} is not a readable .xlsx file; it may be damaged or locked by a password. Open it "
        "in a spreadsheet program and save it as .xlsx.",
    )
