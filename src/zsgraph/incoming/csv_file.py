"""CSV files as spreadsheet programs write them: any usual encoding and separator.

Standards: RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180); GB 18030-2022.
"""

import codecs
import csv
import io
import re
from typing import Final

from zsgraph.findings import Finding
from zsgraph.incoming.sheet import Interner, Sheet, note
from zsgraph.sheets import Report, Row, error, not_utf8, rows_of

_READ: Final = {",": ("逗号", "commas"), ";": ("分号", "semicolons"), "\t": ("制表符", "tabs")}
_OTHERS: Final = "|；，、"
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')
#: Characters that a text in another encoding is full of when it is taken for GB 18030.
_UNLIKELY: Final = re.compile("[\u0080-\u009f\ue000-\uf8ff\ufffd]")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(file: str, data: bytes, report: Report) -> Sheet:
    """Read a CSV file.

    Parameters
    ----------
    file
        The file as it was named.
    data
        Its content.
    report
        Called with each finding about the file or a row as a whole.
    """
    sheet = Sheet(file)
    text = decoded(file, data, report)
    if text is None:
        return sheet
    delimiter = delimiter_of(file, text, report)
    if delimiter is None:
        return sheet
    keep = Interner()
    for row in rows_of(file, io.StringIO(text, newline=""), report, delimiter):
        sheet.rows.append(Row(row.number, keep(row.cells), row.sound, row.line))
    return sheet


def decoded(file: str, data: bytes, report: Report) -> str | None:
    if data.startswith(_UTF_16):
        report(_read_as(file, "UTF-16"))
        return data.decode("utf-16", errors="replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = "\ufffd"
    if _UNLIKELY.search(text):
        report(not_utf8(file, data))
        return None
    report(_read_as(file, "GB18030"))
    return text


def _read_as(file: str, encoding: str) -> Finding:
    return note(
        file,
        "encoding",
        f"文件是 {encoding} 编码，已照此读入。建议以后另存为“CSV UTF-8”。",
        f"The file is in {encoding} and was read so. Better save it as “CSV UTF-8”.",
    )


def delimiter_of(file: str, text: str, report: Report) -> str | None:
    """Return what parts the cells, by the first row; None (and told) if it is none that we read."""
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    bare = _QUOTED.sub("", first)
    counts = {mark: bare.count(mark) for mark in _READ}
    best = max(counts, key=lambda mark: counts[mark])
    if counts[best]:
        if best != ",":
            zh, en = _READ[best]
            report(
                note(
                    file,
                    "separator",
                    f"各格以{zh}隔开，已照此读入。",
                    f"The cells are parted by {en}; the file was read so.",
                )
            )
        return best
    wrong = next((mark for mark in _OTHERS if mark in bare), None)
    if wrong is None:
        return ","
    report(
        error(
            file,
            "separator",
            f"标题行的各格以“{wrong}”隔开，读不成列。请另存为以英文逗号隔开的 CSV，或用 .xlsx。",
            f"The headings are parted by “{wrong}”, which makes no columns. Save the file as CSV "
            "with commas, or as .xlsx.",
            1,
        )
    )
    return None


csv.field_size_limit(2**24)
