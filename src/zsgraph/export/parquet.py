"""Parquet files, one for each sheet: typed columns, lists where there are several values.

Standard: https://parquet.apache.org/docs/file-format/.  Partial dates stay texts as they are
stated; what the columns mean is in each file's schema metadata.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from zsgraph.export.extract import Extract
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS
from zsgraph.export.sheet_maker import SheetMaker
from zsgraph.export.sheets import Cell, Sheet, SheetColumn
from zsgraph.namespaces import XSD

_BATCH: Final = 50_000
_CODECS: Final = {"": "zstd", "gzip": "gzip", "zstd": "zstd"}


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the sheets as Parquet files into a folder."""
    form = FORMATS["parquet"]
    for sheet in SheetMaker(extract).sheets():
        path = stage.folder / f"{stem}-parquet" / f"{sheet.name}.{form.ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(sheet, path, _CODECS[stage.compression])
        stage.add(path, form.media_type)


def _write(sheet: Sheet, path: Path, codec: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = [_kind(column) for column in sheet.columns]
    schema = pa.schema(
        [
            pa.field(column.name, kind, nullable=not column.required, metadata=_about(column))
            for column, kind in zip(sheet.columns, kinds, strict=True)
        ],
        metadata={
            "title_zh": sheet.label.zh,
            "title_en": sheet.label.en,
            "class": sheet.target,
            "iri_base": sheet.base,
        },
    )
    with pq.ParquetWriter(path, schema, compression=codec) as writer:
        for rows in _batches(sheet):
            cells = zip(*rows, strict=True)
            columns = [
                pa.array(_typed(column, list(values)), type=kind)
                for column, kind, values in zip(sheet.columns, kinds, cells, strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def _batches(sheet: Sheet) -> Iterator[list[list[Cell]]]:
    rows = iter(sheet.rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _kind(column: SheetColumn) -> Any:
    import pyarrow as pa

    only = column.datatypes[0] if len(column.datatypes) == 1 else ""
    numbers = {
        XSD + "integer": pa.int64(),
        XSD + "decimal": pa.float64(),
        XSD + "boolean": pa.bool_(),
        XSD + "date": pa.date32(),
    }
    kind = numbers.get(only, pa.string())
    return pa.list_(kind) if column.multiple else kind


def _typed(column: SheetColumn, cells: list[Cell]) -> list[Any]:
    only = column.datatypes[0] if len(column.datatypes) == 1 else ""
    convert = _CONVERT.get(only)
    if convert is None:
        return cells
    return [
        [convert(text) for text in cell]
        if isinstance(cell, list)
        else None
        if cell is None
        else convert(cell)
        for cell in cells
    ]


_CONVERT: Final[dict[str, Any]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "boolean": lambda text: text == "true",
    XSD + "date": date.fromisoformat,
}


def _about(column: SheetColumn) -> dict[str, str]:
    about = {
        "title_zh": column.heading.zh,
        "title_en": column.heading.en,
        "property": column.path,
        "datatype": " ".join(column.datatypes),
        "language": column.language,
        "iri_base": column.base if column.reference else "",
        "refers_to": column.target,
    }
    return {name: value for name, value in about.items() if value}
