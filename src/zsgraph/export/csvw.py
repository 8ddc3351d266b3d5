"""CSVW metadata: what the tables and columns of CSV files mean, for programs.

Standard: Metadata Vocabulary for Tabular Data, https://www.w3.org/TR/tabular-metadata/
"""

from collections.abc import Iterable
from typing import Any, Final

from zsgraph.export.sheets import Sheet, SheetColumn
from zsgraph.findings import Message
from zsgraph.namespaces import RDF, XSD
from zsgraph.records import SEPARATOR
from zsgraph.schema import ID_COLUMN

FILE: Final = "csv-metadata.json"
_PARTIAL_DATE: Final = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_NOTE: Final = Message(
    "文字若以 = + - @、制表符或换行开头，前面加了一个撇号，以免表格软件把它当作公式；"
    "读入时去掉一个即可复原。",
    "A text that starts with = + - @, a tab or a line end has an apostrophe before it, so that no "
    "spreadsheet runs it as a formula; take one away when reading.",
)


def metadata(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Return the metadata document of a folder of CSV files, one for each sheet.

    Parameters
    ----------
    sheets
        The sheets; their rows are not read.
    """
    written = list(sheets)
    known = {sheet.name for sheet in written}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:description": _both(_NOTE),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": [_table(sheet, known) for sheet in written],
    }


def _table(sheet: Sheet, known: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [*map(_column, sheet.columns), *_virtual(sheet)],
    }
    if sheet.base:
        schema["aboutUrl"] = sheet.base + "{+id}"
        schema["primaryKey"] = ID_COLUMN
    keys = [_foreign_key(c) for c in sheet.columns if c.target in known and _always_refers(c)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": _both(sheet.label),
        "dc:description": _both(sheet.help),
        "tableSchema": schema,
    }


def _column(column: SheetColumn) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {"und": column.name, **_both(column.heading)},
    }
    if column.help.zh:
        described["dc:description"] = _both(column.help)
    if column.required:
        described["required"] = True
    if column.language:
        described["lang"] = column.language
    if column.multiple:
        described["separator"] = SEPARATOR
    described["datatype"] = _datatype(column)
    if column.path:
        described["propertyUrl"] = column.path
    else:
        described["suppressOutput"] = True
    if column.reference:
        described["valueUrl"] = f"{column.base}{{+{column.name}}}"
    return described


def _datatype(column: SheetColumn) -> str | dict[str, str]:
    if len(column.datatypes) > 1:
        return {"base": "string", "format": _PARTIAL_DATE}
    kind = column.datatypes[0] if column.datatypes else XSD + "string"
    return kind.removeprefix(XSD) if kind.startswith(XSD) else "string"


def _virtual(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the columns of what a row says beside its cells: its class and its triple."""
    found: list[dict[str, Any]] = []
    if sheet.target:
        kind = {"propertyUrl": RDF + "type", "valueUrl": sheet.target}
        found.append({"name": "row_class", "virtual": True, **kind})
    if sheet.reified:
        by_name = {column.name: column for column in sheet.columns}
        subject, predicate, obj = (f"{by_name[name].base}{{+{name}}}" for name in sheet.reified)
        triple = {"aboutUrl": subject, "propertyUrl": predicate, "valueUrl": obj}
        found.append({"name": "row_statement", "virtual": True, **triple})
    return found


def _always_refers(column: SheetColumn) -> bool:
    """Tell whether no cell is empty: strict validators allow no null in a foreign key."""
    return column.required or column.multiple


def _foreign_key(column: SheetColumn) -> dict[str, Any]:
    return {
        "columnReference": column.name,
        "reference": {"resource": f"{column.target}.csv", "columnReference": ID_COLUMN},
    }


def _both(message: Message) -> dict[str, str]:
    return {"zh": message.zh, "en": message.en}
