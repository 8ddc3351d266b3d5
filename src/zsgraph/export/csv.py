"""CSV files, one for each sheet, with CSVW metadata that says what their columns mean.

Standards: RFC 4180 with line feeds; https://www.w3.org/TR/tabular-data-model/
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from zsgraph.export import csvw
from zsgraph.export.extract import Extract
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS
from zsgraph.export.sheet_maker import SheetMaker
from zsgraph.export.sheets import Cell, Sheet, SheetColumn
from zsgraph.export.spreadsheets import neutralised
from zsgraph.namespaces import RDF, XSD
from zsgraph.records import SEPARATOR

_TEXTS: Final = {XSD + "string", XSD + "anyURI", RDF + "langString"}
_NEEDS_QUOTES: Final = re.compile('[",\r\n]')
_BATCH: Final = 5000


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the sheets as CSV files into a folder, and their metadata beside them."""
    form = FORMATS["csv"]
    described: list[Sheet] = []
    for sheet in SheetMaker(extract).sheets():
        name = f"{stem}-csv/{sheet.name}.{form.ending}"
        with stage.create(name, form.media_type) as target:
            if stage.bom:
                target.write(b"\xef\xbb\xbf")
            for text in _texts(sheet):
                target.write(text.encode())
        described.append(replace(sheet, rows=()))
    document = json.dumps(csvw.metadata(described), ensure_ascii=False, indent=1)
    with stage.create(
        f"{stem}-csv/{csvw.FILE}", "application/csvm+json", compressed=False
    ) as target:
        target.write(document.encode() + b"\n")


def _texts(sheet: Sheet) -> Iterator[str]:
    guarded = [_is_text(column) for column in sheet.columns]
    yield _lines([[column.name for column in sheet.columns]])
    rows = iter(sheet.rows)
    while batch := list(islice(rows, _BATCH)):
        yield _lines([[_written(c, g) for c, g in zip(row, guarded, strict=True)] for row in batch])


def _lines(rows: Iterable[list[str]]) -> str:
    return "".join([",".join(map(_field, row)) + "\n" for row in rows])


def _field(text: str) -> str:
    """Return a field in quotes where it needs them; what Python quotes depends on its version."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _is_text(column: SheetColumn) -> bool:
    return not column.datatypes or bool(_TEXTS.intersection(column.datatypes))


def _written(cell: Cell, guarded: bool) -> str:
    text = SEPARATOR.join(cell) if isinstance(cell, list) else cell or ""
    return neutralised(text) if guarded else text
