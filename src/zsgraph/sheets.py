"""Rows of CSV files, with the faults of the file itself told as findings.

Standard: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Message, Severity

Report = Callable[[Finding], None]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CELL_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number (the header is row 1) and its cells."""

    number: int
    cells: list[str]


def rule(name: str) -> str:
    """Return the name under which a check of the reader appears in findings."""
    return f"reader/{name}"


def error(path: Path, name: str, zh: str, en: str, row: int | None = None) -> Finding:
    """Return an error about a file or one of its rows."""
    return Finding(Severity.ERROR, rule(name), Message(zh, en), path.name, row)


def read_rows(path: Path, report: Report) -> Iterator[Row]:
    """Read the rows of a CSV file, the header first, one after the other.

    Blank rows are passed over; short rows are filled with empty cells.

    Raises
    ------
    KnowledgeError
        If the file is missing or cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _checked(path, csv.reader(stream, strict=True), report)
    except UnicodeDecodeError as fault:
        report(
            error(
                path,
                "not-utf-8",
                f"文件不是 UTF-8 编码（第{fault.start + 1}个字节起）。请另存为“CSV UTF-8”。",
                f"The file is not UTF-8 (from byte {fault.start + 1} of a block). "
                "Save it as “CSV UTF-8”.",
            )
        )
    except csv.Error as fault:
        report(
            error(
                path,
                "not-csv",
                f"文件不是正确的 CSV：{fault}。请检查引号是否成对。",
                f"The file is not valid CSV: {fault}. Check that quotes come in pairs.",
            )
        )
    except OSError as fault:
        raise KnowledgeError(
            f"读不了记录文件 {path}：{fault.strerror}。请补上这个文件。",
            f"The record file {path} cannot be read: {fault.strerror}. Put it in its place.",
        ) from None


def _checked(path: Path, rows: Iterator[list[str]], report: Report) -> Iterator[Row]:
    width = 0
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            continue
        if not width:
            width = len(cells)
        elif len(cells) > width:
            report(
                error(
                    path,
                    "ragged-row",
                    f"这一行有{len(cells)}格，标题行只有{width}格。含逗号的文字要加英文双引号。",
                    f"The row has {len(cells)} cells, the header {width}. Put text with commas "
                    "into double quotes.",
                    number,
                )
            )
            continue
        if _CONTROL.search("".join(cells)):
            report(
                error(
                    path,
                    "control-character",
                    "这一行含有看不见的控制字符。请删去后重新填写。",
                    "The row holds invisible control characters. Delete them and type it anew.",
                    number,
                )
            )
            continue
        yield Row(number, cells + [""] * (width - len(cells)))
    if not width:
        report(
            error(
                path,
                "empty-file",
                "文件是空的，连标题行也没有。请至少保留标题行。",
                "The file is empty, it has no header either. Keep at least the header row.",
            )
        )
