"""RDF files mapped back to sheets by the shapes: a subject is a row, a property a column.

Standards: RDF 1.1 Turtle, N-Triples, RDF/XML; JSON-LD 1.1.  No context, entity or other file is
ever fetched.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from zsgraph.errors import UsageError
from zsgraph.findings import Finding, Message, Severity
from zsgraph.incoming.sheet import Sheet
from zsgraph.labels import local_name
from zsgraph.namespaces import ID, RDF, SCHEME, XSD, shorten
from zsgraph.records import SEPARATOR
from zsgraph.resolve import qualified
from zsgraph.schema import ID_COLUMN, Column, Schema, Table
from zsgraph.sheets import Report, Row, rule

#: The format of each file ending.
FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
_TYPE: Final = RDF + "type"
_ENTITY: Final = re.compile(rb"<!ENTITY\s+([^>]*)>")
_ENTITIES: Final = 100
_ENTITY_LENGTH: Final = 300
_BOOLEANS: Final = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
_PLACE: Final = re.compile(r"at line (\d+)")

_Values = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]


def read_rdf(file: str, ending: str, data: bytes, schema: Schema, report: Report) -> list[Sheet]:
    """Read the records of an RDF file, a sheet for each kind.

    A subject is of the kind whose target class is its type, else of that whose IRIs begin as its
    own does.

    Parameters
    ----------
    file
        The file as it was named.
    ending
        Its ending, a key of :data:`FORMATS`.
    data
        Its content.
    schema
        The tables.
    report
        Called with each finding.

    Raises
    ------
    UsageError
        If its entities could grow without bound.
    """
    if FORMATS[ending] == ox.RdfFormat.RDF_XML:
        _check_entities(file, data)
    subjects: dict[str, _Values] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(input=data, format=FORMATS[ending], base_iri="urn:file:"):
            subjects[_text(quad.subject)][quad.predicate.value].append(quad.object)
    except (SyntaxError, ValueError) as fault:
        report(_syntax(file, fault))
        return []
    sheets: dict[str, Sheet] = {}
    unknown = []
    for iri, values in subjects.items():
        table = _table_of(iri, values, schema)
        if table is None:
            unknown.append(iri)
            continue
        sheet = sheets.setdefault(table.name, _sheet(file, table))
        cells = [iri.removeprefix(table.base), *_cells(table, values)]
        sheet.rows.append(Row(len(sheet.rows) + 1, cells))
        for finding in _left_over(file, len(sheet.rows), table, values):
            sheet.reporting(report)(finding)
    if unknown or not sheets:
        report(_no_kind(file, unknown, bool(sheets)))
    return list(sheets.values())


def _table_of(iri: str, values: _Values, schema: Schema) -> Table | None:
    types = {_text(value) for value in values.get(_TYPE, ())}
    tables = schema.tables.values()
    by_type = [table for table in tables if table.target in types]
    by_base = [table for table in by_type or tables if iri.startswith(table.base)]
    return next(iter(by_base or by_type), None)


def _sheet(file: str, table: Table) -> Sheet:
    headings = [ID_COLUMN, *(column.name for column in table.columns)]
    return Sheet(file, table.name, [Row(1, headings)], table.name)


def _cells(table: Table, values: _Values) -> Iterator[str]:
    for column in table.columns:
        found = [v for v in values.get(column.path, ()) if _is_of(column, v)]
        yield SEPARATOR.join(dict.fromkeys(_cell(column, value) for value in found))


def _is_of(column: Column, value: object) -> bool:
    """Tell whether a value belongs to a column rather than to another of the same property."""
    if not column.language:
        return True
    language = value.language if isinstance(value, ox.Literal) else None
    return (language or column.language).split("-")[0] == column.language


def _cell(column: Column, value: object) -> str:
    text = _text(value)
    if isinstance(value, ox.Literal):
        return _BOOLEANS.get(text, text) if value.datatype.value == XSD + "boolean" else text
    return qualified(text) if text.startswith((ID, SCHEME)) else text


def _text(node: object) -> str:
    if isinstance(node, ox.NamedNode | ox.Literal):
        return node.value
    return str(node)


def _left_over(file: str, row: int, table: Table, values: _Values) -> Iterator[Finding]:
    known = {column.path for column in table.all_columns} | {_TYPE}
    for name in values:
        if name not in known:
            yield Finding(
                Severity.WARNING,
                rule("unknown-property"),
                Message(
                    f"“{table.label.zh}”没有“{local_name(name)}”这一项，没有读。",
                    f"A record of kind “{table.label.en}” has no “{local_name(name)}”; it was "
                    "left out.",
                ),
                file,
                row,
                column=shorten(name),
                value=_text(values[name][0]),
            )


def _no_kind(file: str, unknown: list[str], others: bool) -> Finding:
    listed = "、".join(unknown[:3])
    return Finding(
        Severity.WARNING if others else Severity.ERROR,
        rule("kind-unknown"),
        Message(
            f"有 {len(unknown)} 项看不出是哪种记录，没有读。",
            f"Of {len(unknown)} things it is not clear which kind of record they are; they were "
            "not read.",
        ),
        file,
        value=listed or None,
        advice=Message(
            "给每一项写明类型；zsgraph template 可列出全部种类。",
            "Give each its type; zsgraph template lists all kinds.",
        ),
    )


def _syntax(file: str, fault: Exception) -> Finding:
    place = _PLACE.search(str(fault))
    return Finding(
        Severity.ERROR,
        rule("syntax"),
        Message(f"从这里起读不下去：{fault}", f"The file cannot be read any further: {fault}"),
        file,
        int(place[1]) if place else None,
        advice=Message(
            "请改正后再试；文件里用到的上下文须写在文件内，这里不从网上取。",
            "Mend it and try again; a context must stand in the file itself, none is fetched.",
        ),
    )


def _check_entities(file: str, data: bytes) -> None:
    entities = _ENTITY.findall(data)
    if len(entities) > _ENTITIES or any(
        b"&" in entity or len(entity) > _ENTITY_LENGTH or b"SYSTEM" in entity or b"PUBLIC" in entity
        for entity in entities
    ):
        raise UsageError(
            f"{file} 含有层层展开或指向别处的实体（XML entity），为安全起见没有读。"
            "请去掉 DOCTYPE。",
            f"{file} has entities that unfold into one another or lead elsewhere, and was not read "
            "for safety. Remove its DOCTYPE.",
        )
