"""Opening a file that was handed in, whatever its form."""

from pathlib import Path
from typing import Final

from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.incoming.sheet import Sheet
from zsgraph.schema import Schema
from zsgraph.sheets import Report

#: Larger files are refused, in bytes.
LARGEST: Final = 128 * 2**20
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_TEXTS: Final = (".csv", ".tsv", ".tab", ".txt")


def read_file(path: Path, schema: Schema, report: Report) -> list[Sheet]:
    """Read the sheets of a file.

    Parameters
    ----------
    path
        A CSV, XLSX, Turtle, JSON-LD, N-Triples or RDF/XML file.
    schema
        The tables, by which RDF is turned into rows.
    report
        Called with each finding about the file, a sheet or a row as a whole.

    Returns
    -------
    list of Sheet
        One for each sheet with rows; one for each kind of record found in RDF.

    Raises
    ------
    UsageError
        If there is no such file, or it is of no form that can be read.
    ZsgraphError
        If it cannot be read, or is too large.
    """
    data, file, ending = _content(path), str(path), path.suffix.lower()
    if data.startswith(_ZIP) or ending == ".xlsx":
        from zsgraph.incoming.xlsx_file import read_xlsx

        return read_xlsx(file, data, report)
    from zsgraph.incoming import rdf_file

    if ending in rdf_file.FORMATS:
        return rdf_file.read_rdf(file, ending, data, schema, report)
    if data.startswith(_OLD_EXCEL) or ending not in _TEXTS:
        raise _unreadable_form(file)
    from zsgraph.incoming.csv_file import read_csv

    sheet = read_csv(file, data, report)
    return [sheet] if sheet.rows else []


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_file() and size > LARGEST:
            raise _too_large(path, size)
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(
            f"没有文件 {path}。请检查文件名和所在的文件夹。",
            f"There is no file {path}. Check its name and folder.",
        ) from None
    except IsADirectoryError:
        raise UsageError(
            f"{path} 是文件夹。请给出其中的文件，如 {path}/*.csv。",
            f"{path} is a folder. Name the files in it, such as {path}/*.csv.",
        ) from None
    except OSError as fault:
        raise ZsgraphError(
            f"读不了文件 {path}（{fault.strerror}）。请检查谁可以打开它。",
            f"The file {path} cannot be read ({fault.strerror}). Check who may open it.",
        ) from None


def _too_large(path: Path, size: int) -> ZsgraphError:
    most, mib = LARGEST // 2**20, size // 2**20
    return ZsgraphError(
        f"文件 {path} 有 {mib} MiB，超过 {most} MiB，没有读。请分成几个文件。",
        f"The file {path} has {mib} MiB, more than {most} MiB, and was not read. Split it.",
    )


def _unreadable_form(file: str) -> UsageError:
    return UsageError(
        f"读不了 {file} 这种文件。可读的是 .csv、.xlsx、.ttl、.jsonld、.nt 和 .rdf；"
        "旧式 .xls 和 .ods 请用表格软件另存为 .xlsx。",
        f"Files like {file} cannot be read. Use .csv, .xlsx, .ttl, .jsonld, .nt or .rdf; save an "
        "old .xls or an .ods as .xlsx in a spreadsheet program.",
    )
