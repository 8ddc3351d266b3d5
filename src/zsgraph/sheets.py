"""Rows of CSV files, with the faults of the file itself told as findings.

Standard: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Message, Severity

Report = Callable[[Finding], None]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Control characters as the pictures that Unicode has for them, safe to print.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet.

    Attributes
    ----------
    number
        Spreadsheet row: a cell of several lines counts once, blank rows count too.
    cells
        As many cells as the header has.
    sound
        False where the row as a whole is faulty (and was reported).
    line
        Line of the file on which the row begins; 0 where a file has no lines.
    unread
        Places of the cells that hold no value that can be read (and were reported); the others
        of the row are sound as far as the row goes.
    """

    number: int
    cells: list[str]
    sound: bool = True
    line: int = field(default=0, compare=False)
    unread: frozenset[int] = frozenset()


def rule(name: str) -> str:
    """Return the name under which a check of the reader appears in findings."""
    return f"reader/{name}"


def error(
    file: str,
    name: str,
    zh: str,
    en: str,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Finding:
    """Return an error about a file, one of its rows or one of its columns."""
    return Finding(Severity.ERROR, rule(name), Message(zh, en), file, row, column, value)


def read_rows(path: Path, report: Report) -> Iterator[Row]:
    """Read the rows of a CSV file, the header first, one after the other.

    Blank rows are passed over; a byte order mark is accepted.

    Raises
    ------
    KnowledgeError
        If the file is missing or cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from rows_of(path.name, stream, report)
    except UnicodeDecodeError:
        report(not_utf8(path.name, path.read_bytes()))
    except FileNotFoundError:
        raise KnowledgeError(
            f"缺少记录文件 {path}。请放回原处；没有记录时，文件里只留标题行。",
            f"The record file {path} is missing. Put it back; a file without records holds just "
            "the header.",
        ) from None
    except OSError as fault:
        raise KnowledgeError(
            f"读不了记录文件 {path}（{fault.strerror}）。请检查它是不是文件、能不能打开。",
            f"The record file {path} cannot be read ({fault.strerror}). Check that it is a file "
            "and may be opened.",
        ) from None


def rows_of(
    file: str, stream: Iterable[str], report: Report, delimiter: str = ","
) -> Iterator[Row]:
    """Read the rows of CSV text, the header first, one after the other.

    Parameters
    ----------
    file
        What the file is called in findings.
    stream
        The text; its lines end as the file has them.
    report
        Called with each finding.
    delimiter
        What parts the cells.
    """
    number = 0
    header: list[str] = []
    line = 1
    try:
        rows = csv.reader(stream, strict=True, delimiter=delimiter)
        for number, cells in enumerate(rows, start=1):
            begin, line = line, rows.line_num + 1
            if not any(cells):
                continue
            header = header or cells
            yield checked_row(file, header, Row(number, cells, line=begin), report)
    except csv.Error:
        report(
            error(
                file,
                "quotes",
                "从这一行起英文双引号不成对，后面的内容读不出来。请补上缺少的双引号；"
                "文字里的双引号要写两遍。",
                "From this row on the double quotes do not pair, so what follows cannot be read. "
                "Add the missing one; within a text a double quote is written twice.",
                number + 1,
            )
        )
        return
    if not header:
        report(
            error(
                file,
                "empty-file",
                "文件是空的，连标题行也没有。请至少保留标题行。",
                "The file is empty, it has no header either. Keep at least the header row.",
            )
        )


def checked_row(file: str, header: list[str], row: Row, report: Report) -> Row:
    """Return a row with as many cells as the header; tells what is wrong with the row as a whole.

    Parameters
    ----------
    file
        What the file is called in findings.
    header
        The headings.
    row
        The row as it stands in the file.
    report
        Called with each finding.
    """
    cells, width = row.cells, len(header)
    sound = True
    if len(cells) != width:
        sound = False
        report(_ragged(file, row.number, len(cells), width))
    if _CONTROL.search("".join(cells)):
        sound = False
        for heading, cell in zip(header, cells, strict=False):
            if _CONTROL.search(cell):
                report(_control_character(file, row.number, heading, cell))
    if sound:
        return row
    return Row(row.number, [*cells, *[""] * width][:width], sound=False, line=row.line)


def _ragged(file: str, number: int, count: int, width: int) -> Finding:
    if count > width:
        way_zh, way_en = "含逗号的文字要加英文双引号", "Put text with commas into double quotes"
    else:
        way_zh, way_en = "缺少的格要补上逗号", "Add a comma for each missing cell"
    return error(
        file,
        "ragged-row",
        f"这一行有{count}格，标题行有{width}格，各格对不上列。{way_zh}。",
        f"The row has {count} cells and the header {width}, so cells and columns do not match. "
        f"{way_en}.",
        number,
    )


def _control_character(file: str, number: int, heading: str, cell: str) -> Finding:
    return error(
        file,
        "control-character",
        "这一格含有看不见的控制字符。请删去后重新填写。",
        "The cell holds invisible control characters. Delete them and type it anew.",
        number,
        heading.strip(),
        cell.translate(_PICTURES),
    )


def not_utf8(file: str, data: bytes) -> Finding:
    """Return the error that a file which is not UTF-8 gives, with the row where that shows."""
    start = len(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        start = fault.start
    # The letter stands for the broken one, so that a row that it begins is counted.
    before = io.StringIO(data[:start].decode("utf-8") + "x", newline="")
    return error(
        file,
        "not-utf-8",
        f"文件不是 UTF-8 编码（第{start + 1}个字节）。请用表格软件打开后另存为“CSV UTF-8”。",
        f"The file is not UTF-8 (byte {start + 1}). Open it in a spreadsheet program and save it "
        "as “CSV UTF-8”.",
        sum(1 for _ in csv.reader(before)),
    )
