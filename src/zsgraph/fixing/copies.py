"""Copies of files with cells corrected; all else stays as it is."""

import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from zsgraph.editing.table_text import TableText
from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.fixing.corrections import Correction
from zsgraph.incoming.csv_file import decoded, delimiter_of
from zsgraph.template_sheets import NO_RECORDS

_CSV, _XLSX = (".csv", ".tsv", ".tab", ".txt"), (".xlsx",)


def copy_name(path: Path) -> Path:
    """Return what the corrected copy of a file is called: ``x.fixed.xlsx`` beside ``x.xlsx``."""
    return path.with_name(f"{path.stem}.fixed{path.suffix}")


def can_be_corrected(path: Path) -> bool:
    """Tell whether a file is of a form that can be corrected."""
    return path.suffix.lower() in (*_CSV, *_XLSX)


def check_copy(path: Path, copy: Path, *, force: bool) -> None:
    """Check that a corrected copy of a file can be written where it is to go.

    Raises
    ------
    UsageError
        If the file is neither CSV nor XLSX, or the copy would replace it or another file.
    """
    ending = path.suffix.lower()
    if not can_be_corrected(path):
        raise UsageError(
            f"只能改正 .csv 和 .xlsx，{path} 两者都不是。请不加 --fix 检查它。",
            f"Only .csv and .xlsx can be corrected; {path} is neither. Check it without --fix.",
        )
    if (copy.suffix.lower() in _XLSX) != (ending in _XLSX):
        raise UsageError(
            f"{path} 的副本须以 {ending} 结尾，“{copy}”不是。",
            f"The copy of {path} must end in {ending}; “{copy}” does not.",
        )
    if copy.exists() and (not force or copy.samefile(path)):
        raise UsageError(
            f"{copy} 已经存在，没有改动。请用 -o 另起文件名，或加 --force 覆盖上次的副本。",
            f"{copy} exists and was left as it is. Choose another name by -o, or replace the copy "
            "of before with --force.",
        )


def write_copy(path: Path, copy: Path, corrections: Iterable[Correction]) -> None:
    """Write the copy of a file with its corrections made.

    Of an XLSX file what openpyxl keeps is kept: formats, comments, drop-downs, other sheets.  A
    CSV file that is not UTF-8 or not parted by commas becomes so.

    Parameters
    ----------
    path
        The file.
    copy
        Where the copy goes.
    corrections
        Corrections of this file.

    Raises
    ------
    ZsgraphError
        If it cannot be written.
    """
    make = _corrected_xlsx if path.suffix.lower() in _XLSX else _corrected_csv
    try:
        content = make(path.read_bytes(), list(corrections))
    except csv.Error:
        raise ZsgraphError(
            f"{path} 里的英文双引号不成对，不能改正。请不加 --fix 检查，改好引号后再来。",
            f"The double quotes of {path} do not pair, so it cannot be corrected. Check it without "
            "--fix, mend them, then try again.",
        ) from None
    draft = copy.with_name(f".{copy.name}.{os.getpid()}")
    try:
        try:
            draft.write_bytes(content)
            os.replace(draft, copy)
        finally:
            with suppress(OSError):
                draft.unlink()
    except OSError as fault:
        raise ZsgraphError(
            f"写不了 {copy}：{fault.strerror}。请用 -o 换一个位置。",
            f"{copy} cannot be written: {fault.strerror}. Choose another place by -o.",
        ) from None


def _corrected_csv(data: bytes, corrections: list[Correction]) -> bytes:
    text = TableText(_usual_csv(data))
    for correction in corrections:
        text.put(correction.row, {correction.place: correction.after})
    return text.content()


def _usual_csv(data: bytes) -> bytes:
    """Return a CSV file in UTF-8 with commas, with no byte changed where it is so already."""
    text = decoded("", data, _ignore) or ""
    delimiter = delimiter_of("", text, _ignore) or ","
    if delimiter == ",":
        return data if _is_utf8(data) else text.encode("utf-8-sig")
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return stream.getvalue().encode("utf-8-sig")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _corrected_xlsx(data: bytes, corrections: list[Correction]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    for correction in corrections:
        cell = _sheet(book, correction.sheet).cell(correction.row, correction.place + 1)
        cell.value = correction.after
        cell.data_type = "s"  # a text that begins with = is no formula
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Any, title: str | None) -> Any:
    if title is not None:
        return book[title]
    return next(sheet for sheet in book.worksheets if sheet.title not in NO_RECORDS)


def _ignore(_: object) -> None:
    """Pass over a finding; checking the file tells it."""
