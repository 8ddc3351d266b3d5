"""Shapes as the form of the records: each node shape a table, each property shape a column.

Standard: Shapes Constraint Language, https://www.w3.org/TR/shacl/
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message
from zsgraph.namespaces import RDF, REC, SH, SKOS, shorten
from zsgraph.shape_graph import (
    Node,
    Nodes,
    iri_of,
    members,
    message_of,
    read_nodes,
    shape_fault,
    text_of,
)
from zsgraph.terms import Term, iri_value, is_iri, literal_parts

ID_COLUMN: Final = "id"
_SUBJECT, _PREDICATE, _OBJECT = RDF + "subject", RDF + "predicate", RDF + "object"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, which is a property shape.

    Exactly one of ``datatypes``, ``reference``, ``choices`` and ``any_resource`` says how a cell
    becomes a term; ``language`` goes with the datatype of a tagged text.

    Attributes
    ----------
    name
        Machine name.
    shape, path
        IRIs of the property shape and of the property.
    heading, help, message
        Heading, explanation and what is said of a fault, in both languages.
    datatypes
        Datatype IRIs, one of which the form of the cell chooses.
    reference
        IRI of the class whose instances the cell names.
    choices
        IRIs from which the cell chooses.
    any_resource
        The cell names any resource of the graph.
    """

    name: str
    shape: str
    path: str
    heading: Message
    help: Message
    message: Message
    example: str
    datatypes: tuple[str, ...] = ()
    language: str = ""
    reference: str = ""
    choices: tuple[str, ...] = ()
    any_resource: bool = False
    required: bool = False
    multiple: bool = True
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How it is recorded that what a record tells of has ended.

    Attributes
    ----------
    end, start
        Columns of the dates; ``start`` is None where none is recorded.
    sources
        Column of the sources, to which that of the ending is added.
    """

    end: Column
    start: Column | None
    sources: Column


@dataclass(frozen=True, slots=True)
class Table:
    """A table of records, which is a node shape.

    Attributes
    ----------
    name
        File name without extension.
    shape, target
        IRIs of the node shape and of its target class.
    label, help, message
        What a record is called, what it is, and what is said of one that is faulty as a whole,
        in both languages.
    base
        What the IRIs of the records start with; the record's id follows.
    id_pattern
        Regular expression of an id.
    columns
        All columns but the id, in order.
    id_column
        The column of the id where the id is also a value (a code, a notation).
    ending
        How an ending is recorded, for records that can end.
    under
        The column of what a record is told under, such as the place it belongs to.
    """

    name: str
    file: Path
    shape: str
    target: str
    label: Message
    help: Message
    message: Message
    base: str
    id_pattern: str
    columns: tuple[Column, ...]
    id_column: Column | None = None
    ending: Ending | None = None
    under: Column | None = None

    def column(self, name: str) -> Column | None:
        """Return the column of that machine name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Return the columns, with that of the id where it is also a value."""
        return (self.id_column, *self.columns) if self.id_column else self.columns

    @property
    def reified(self) -> tuple[int, int, int] | None:
        """Return the places of subject, predicate and object if a row is about a triple."""
        places = {column.path: place for place, column in enumerate(self.columns)}
        if not {_SUBJECT, _PREDICATE, _OBJECT} <= places.keys():
            return None
        return places[_SUBJECT], places[_PREDICATE], places[_OBJECT]


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables by name, and which column a property shape is."""

    tables: dict[str, Table]

    def columns_by_shape(self) -> dict[str, tuple[Table, Column]]:
        """Return table and column by the IRI of the property shape."""
        return {
            column.shape: (table, column)
            for table in self.tables.values()
            for column in table.all_columns
        }


def load_schema(folder: Path) -> Schema:
    """Read the shapes of a folder.

    Raises
    ------
    KnowledgeError
        If a file is not Turtle, or a shape lacks what a table or column needs.
    """
    tables: dict[str, Table] = {}
    for path in sorted(folder.glob("*.ttl")):
        for table in _tables_of(path):
            if table.name in tables:
                other = tables[table.name].file.name
                zh = f"表 {table.name} 已由 {other} 描述；一个表只能有一个形状"
                en = f"table {table.name} is already described in {other}; a table has one shape"
                raise shape_fault(path, zh, en)
            tables[table.name] = table
    if not tables:
        raise KnowledgeError(
            f"文件夹 {folder} 里没有描述记录表的形状（rec:table）。",
            f"The folder {folder} holds no shape that describes a table (rec:table).",
        )
    return Schema(tables)


def _tables_of(path: Path) -> Iterable[Table]:
    nodes = read_nodes(path)
    for term, node in list(nodes.items()):
        if REC + "table" in node:
            yield _table(path, nodes, iri_value(term), node)


def _table(path: Path, nodes: Nodes, shape: str, node: Node) -> Table:
    name = text_of(node, REC + "table")
    target, pattern = iri_of(node, SH + "targetClass"), text_of(node, SH + "pattern")
    if not target:
        zh, en = f"形状 {shorten(shape)} 没有", f"shape {shorten(shape)} has no"
        raise shape_fault(path, f"{zh} sh:targetClass", f"{en} sh:targetClass")
    base, _, id_pattern = pattern.removeprefix("^").removesuffix("$").rpartition("/")
    if not base.startswith("http") or not id_pattern:
        raise shape_fault(
            path,
            f"形状 {shorten(shape)} 的 sh:pattern 须写明记录 IRI 的开头和编号的形式",
            f"sh:pattern of shape {shorten(shape)} must give the base of its records' IRIs and "
            "the form of their ids",
        )
    columns = _columns(path, nodes, node.get(SH + "property", []))
    by_shape = {column.shape: column for column in columns}
    label, told = message_of(node, SH + "name", name), message_of(node, SH + "message")
    return Table(
        name=name,
        file=path,
        shape=shape,
        target=target,
        label=label,
        help=message_of(node, SH + "description"),
        message=told if told.zh and told.en else _general_message(label),
        base=base + "/",
        id_pattern=id_pattern,
        columns=tuple(column for column in columns if column.name != ID_COLUMN),
        id_column=next((column for column in columns if column.name == ID_COLUMN), None),
        ending=_ending(path, shape, node, by_shape),
        under=_under(path, shape, node, by_shape),
    )


def _under(path: Path, shape: str, node: Node, columns: dict[str, Column]) -> Column | None:
    named = iri_of(node, REC + "under")
    found = columns.get(named)
    if named and (found is None or not (found.reference or found.any_resource)):
        zh = f"形状 {shorten(shape)} 的 rec:under 须是它自己的列，并且指向别的记录"
        en = f"rec:under of shape {shorten(shape)} must be a column of it that names other records"
        raise shape_fault(path, zh, en)
    return found


def _ending(path: Path, shape: str, node: Node, columns: dict[str, Column]) -> Ending | None:
    named = {key: iri_of(node, REC + key) for key in ("end", "start", "endSource")}
    if not any(named.values()):
        return None
    found = {key: columns.get(iri) for key, iri in named.items()}
    end, sources = found["end"], found["endSource"]
    if end is None or sources is None or (named["start"] and found["start"] is None):
        zh = f"形状 {shorten(shape)} 的 rec:end、rec:endSource 和 rec:start 须是它自己的列"
        en = f"rec:end, rec:endSource and rec:start of shape {shorten(shape)} must be columns of it"
        raise shape_fault(path, zh, en)
    return Ending(end, found["start"], sources)


def _general_message(label: Message) -> Message:
    return Message(
        f"这条“{label.zh}”记录不符合要求。",
        f"This record ({label.en}) does not meet its requirements.",
    )


def _columns(path: Path, nodes: Nodes, terms: list[Term]) -> list[Column]:
    ordered = sorted(terms, key=lambda term: _order(path, nodes[term]))
    columns = [_column(path, nodes, iri_value(term), nodes[term]) for term in ordered]
    taken: dict[str, Column] = {}
    for column in columns:
        for heading in dict.fromkeys((column.name, column.heading.zh, column.heading.en)):
            other = taken.setdefault(heading, column)
            if other is not column:
                raise shape_fault(
                    path,
                    f"列标题“{heading}”出现了两次（{other.name}、{column.name}）",
                    f"the heading “{heading}” is used twice ({other.name}, {column.name})",
                )
    return columns


def _order(path: Path, node: Node) -> float:
    text = text_of(node, SH + "order")
    try:
        return float(text or 0)
    except ValueError:
        raise shape_fault(
            path, f"sh:order “{text}”不是数", f"sh:order “{text}” is not a number"
        ) from None


def _column(path: Path, nodes: Nodes, shape: str, node: Node) -> Column:
    name, property_path = text_of(node, REC + "column"), iri_of(node, SH + "path")
    if not name or not property_path:
        raise shape_fault(
            path,
            f"属性形状 {shorten(shape)} 缺少 rec:column 或 sh:path",
            f"property shape {shorten(shape)} lacks rec:column or sh:path",
        )
    qualified = next((nodes[term] for term in node.get(SH + "qualifiedValueShape", [])), {})
    languages = [literal_parts(t)[0] for t in members(nodes, qualified, SH + "languageIn")]
    alternatives = [
        iri_of(nodes[term], SH + "datatype") for term in members(nodes, node, SH + "or")
    ]
    datatype = iri_of(node, SH + "datatype")
    least = text_of(node, SH + "qualifiedMinCount" if languages else SH + "minCount")
    most = text_of(node, SH + "qualifiedMaxCount" if languages else SH + "maxCount")
    column = Column(
        name=name,
        shape=shape,
        path=property_path,
        heading=message_of(node, SH + "name", name),
        help=message_of(node, SH + "description"),
        message=message_of(node, SH + "message"),
        example=text_of(node, SKOS + "example"),
        datatypes=(RDF + "langString",)
        if languages
        else tuple(filter(None, [datatype, *alternatives])),
        language=languages[0] if languages else "",
        reference=iri_of(node, SH + "class"),
        choices=tuple(iri_value(term) for term in members(nodes, node, SH + "in") if is_iri(term)),
        any_resource=iri_of(node, SH + "nodeKind") == SH + "IRI" and SH + "class" not in node,
        required=least not in ("", "0"),
        multiple=most != "1",
        pattern=text_of(node, SH + "pattern"),
    )
    if not (column.datatypes or column.reference or column.choices or column.any_resource):
        raise shape_fault(
            path,
            f"列 {name} 没有说明取值：需要 sh:datatype、sh:class、sh:in 或 sh:nodeKind",
            f"column {name} does not say what its values are: it needs sh:datatype, sh:class, "
            "sh:in or sh:nodeKind",
        )
    return column
