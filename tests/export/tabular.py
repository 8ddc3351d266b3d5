"""Reads the exported tables by what their own metadata say, and makes statements of them.

Nothing of the exporter is used but the rule for neutralised cells.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import uritemplate

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@dataclass(frozen=True)
class Column:
    """What the metadata say of a column."""

    name: str
    property: str
    datatypes: tuple[str, ...]
    language: str
    base: str


def triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> str:
    return str(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value))


def literal(text: str, datatypes: tuple[str, ...], language: str) -> ox.Literal:
    if language:
        return ox.Literal(text, language=language)
    if len(datatypes) > 1:
        return ox.Literal(text, datatype=ox.NamedNode(XSD + DATES[len(text)]))
    return ox.Literal(text, datatype=ox.NamedNode(datatypes[0]))


def row_statements(
    subject: str, cls: str, columns: list[Column], cells: dict[str, list[str]]
) -> Iterator[str]:
    yield triple(subject, RDF + "type", ox.NamedNode(cls))
    about: dict[str, str] = {}
    for column in columns:
        for text in cells.get(column.name, []):
            if column.datatypes:
                value = literal(text, column.datatypes, column.language)
                yield triple(subject, column.property, value)
            else:
                iri = column.base + text
                about[column.property] = iri
                yield triple(subject, column.property, ox.NamedNode(iri))
    if RDF + "subject" in about:
        thing, relation, other = (about[RDF + n] for n in ("subject", "predicate", "object"))
        yield triple(thing, relation, ox.NamedNode(other))


def written(value: Any) -> str:
    """Return a typed value as XML Schema writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)


def from_sqlite(path: Path) -> set[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found: set[str] = set()
    sheets = connection.execute("SELECT name, class, iri_base FROM sheets WHERE class <> ''")
    for sheet, cls, base in sheets.fetchall():
        described = connection.execute(
            "SELECT name, property, datatype, language, iri_base, several FROM columns "
            "WHERE sheet = ? AND property <> ''",
            (sheet,),
        ).fetchall()
        columns = [Column(n, p, tuple(d.split()), lang, b) for n, p, d, lang, b, _ in described]
        several = {name for name, *_, many in described if many}
        cursor = connection.execute(f'SELECT * FROM "{sheet}"')
        names = [head[0] for head in cursor.description]
        booleans = {c.name for c in columns if c.datatypes == (XSD + "boolean",)}
        for values in cursor.fetchall():
            row = {n: v for n, v in zip(names, values, strict=True) if v is not None}
            cells = {name: [written(bool(v) if name in booleans else v)] for name, v in row.items()}
            for name in several:
                link = f'SELECT "{name}" FROM "{sheet}_{name}" WHERE id = ?'
                cells[name] = [v for (v,) in connection.execute(link, (row["id"],))]
            found |= set(row_statements(base + row["id"], cls, columns, cells))
    return found


def from_parquet(folder: Path) -> set[str]:
    import pyarrow.parquet as pq

    found: set[str] = set()
    for path in sorted(folder.glob("*.parquet")):
        table = pq.read_table(path)
        about = {k.decode(): v.decode() for k, v in table.schema.metadata.items()}
        if not about["class"]:
            continue
        columns = []
        for field in table.schema:
            meta = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
            if "property" in meta:
                kinds = tuple(meta.get("datatype", "").split())
                language, base = meta.get("language", ""), meta.get("iri_base", "")
                columns.append(Column(field.name, meta["property"], kinds, language, base))
        for row in table.to_pylist():
            cells = {
                name: [written(v) for v in (value if isinstance(value, list) else [value])]
                for name, value in row.items()
                if value is not None
            }
            found |= set(
                row_statements(about["iri_base"] + row["id"], about["class"], columns, cells)
            )
    return found


def from_csvw(folder: Path) -> set[str]:
    """Follow Generating RDF from Tabular Data on the Web; a valueUrl is taken for each value."""
    from zsgraph.export.spreadsheets import restored

    document = json.loads((folder / "csv-metadata.json").read_bytes())
    found: set[str] = set()
    for table in document["tables"]:
        schema = table["tableSchema"]
        if not any(column.get("name") == "row_class" for column in schema["columns"]):
            continue
        with (folder / table["url"]).open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                cells = {name: restored(cell) for name, cell in row.items()}
                for column in schema["columns"]:
                    found |= set(cell_statements(schema["aboutUrl"], column, cells))
    return found


def cell_statements(about: str, column: dict[str, Any], cells: dict[str, str]) -> Iterator[str]:
    if column.get("suppressOutput"):
        return
    subject = uritemplate.expand(column.get("aboutUrl", about), cells)
    predicate = uritemplate.expand(column["propertyUrl"], cells)
    if column.get("virtual"):
        yield triple(
            subject, predicate, ox.NamedNode(uritemplate.expand(column["valueUrl"], cells))
        )
        return
    cell = cells[column["name"]]
    values = cell.split(column["separator"]) if column.get("separator") else [cell]
    for text in filter(None, values):
        if "valueUrl" in column:
            iri = uritemplate.expand(column["valueUrl"], {**cells, column["name"]: text})
            yield triple(subject, predicate, ox.NamedNode(iri))
        else:
            kind = column["datatype"]
            if isinstance(kind, dict):
                assert re.fullmatch(kind["format"], text)
                kind = DATES[len(text)]
            yield triple(subject, predicate, literal(text, (XSD + kind,), column.get("lang", "")))
