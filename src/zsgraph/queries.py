"""Named queries: SPARQL files whose header tells what they ask, with what parameters, shown how.

A parameter is a variable with a ``VALUES ?name { UNDEF }`` block (or a default instead of UNDEF)
in the query.  Binding puts a term into that block, in its canonical syntax, so a value can only
ever be a term; the same text runs on any SPARQL 1.1 engine.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from zsgraph.cells import CANONICAL
from zsgraph.errors import UsageError
from zsgraph.findings import Message
from zsgraph.namespaces import PREFIXES, XSD
from zsgraph.query_binding import bind
from zsgraph.query_checks import check
from zsgraph.query_header import (
    QueryFile,
    header_fault,
    mapping_of,
    message_of,
    read_query_file,
)
from zsgraph.terms import Term
from zsgraph.views import View, view_of

FOLDERS: Final = ("questions", "structure")
LISTS: Final = ("resources", "texts")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    Attributes
    ----------
    name
        Name of the variable and of the option.
    type
        IRI of the class whose instances are values, or of an XSD datatype.
    summary
        What it restricts.
    example
        A value to try.
    """

    name: str
    type: str
    summary: Message
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column of an answer.

    Attributes
    ----------
    name, heading
        Name of the variable, and its heading.
    list_of
        ``resources`` or ``texts`` where a value is a list.
    most
        How many members of a list people are shown; 0 for all.
    """

    name: str
    heading: Message
    list_of: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A named query.

    Attributes
    ----------
    name, folder
        File name without extension, and the folder that groups it.
    summary, description
        What it asks, in a line and in a paragraph.
    answer
        A sentence with placeholders that tells the answer (see :mod:`zsgraph.answers`).
    parameters, columns
        In the order of the header.
    brief
        Names of the columns that a short answer shows.
    view
        Which chart suits it and what it encodes.
    text
        The query itself.
    tags
        Words by which queries are grouped.
    panels
        On the page of a thing of which class the answer is shown, with which parameter naming
        the thing: the parameter by the IRI of the class.
    """

    name: str
    folder: str
    path: Path
    summary: Message
    description: Message
    answer: Message
    parameters: tuple[Parameter, ...]
    columns: tuple[ColumnHead, ...]
    brief: tuple[str, ...]
    view: View
    text: str
    tags: tuple[str, ...] = ()
    panels: Mapping[str, str] = field(default_factory=dict)

    def parameter(self, name: str) -> Parameter:
        """Return a parameter by name.

        Raises
        ------
        UsageError
            If there is none of that name; the message offers the nearest.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = [parameter.name for parameter in self.parameters]
        near = get_close_matches(name, known, 1)
        listed = "、".join(known) or "（没有参数）"
        raise UsageError(
            f"查询 {self.name} 没有参数“{name}”。"
            + (f"是不是“{near[0]}”？" if near else f"可用的参数：{listed}。"),
            f"Query {self.name} has no parameter “{name}”. "
            + (f"Did you mean “{near[0]}”?" if near else f"It has: {', '.join(known) or 'none'}."),
            nearest=tuple(near),
        )

    def bound(self, terms: dict[str, Term]) -> str:
        """Return the query with the given terms in its ``VALUES`` blocks.

        Parameters
        ----------
        terms
            Terms in N-Triples syntax by parameter name.
        """
        return bind(self.text, terms)


def load_queries(folder: Path) -> dict[str, NamedQuery]:
    """Load the named queries below a folder, questions first.

    Raises
    ------
    KnowledgeError
        If a header is faulty; the message names the file.
    """
    return {query.name: query for path in query_paths(folder) for query in [load_query(path)]}


def query_paths(folder: Path) -> Iterable[Path]:
    """Return the files of the named queries, questions first."""
    for name in FOLDERS:
        yield from sorted((folder / name).glob("*.rq"))


def find_query(folder: Path, name: str) -> NamedQuery:
    """Load one named query.

    Raises
    ------
    UsageError
        If there is no query of that name; the message offers the nearest.
    KnowledgeError
        If its header is faulty.
    """
    known = {path.stem: path for path in query_paths(folder)}
    if name in known:
        return load_query(known[name])
    near = get_close_matches(name, known, 3, 0.4)
    raise UsageError(
        f"没有叫“{name}”的查询。"
        + (f"最接近的是：{'、'.join(near)}。" if near else "")
        + "zsgraph query 可列出全部。",
        f"There is no query “{name}”. "
        + (f"Nearest: {', '.join(near)}. " if near else "")
        + "zsgraph query lists them all.",
        nearest=tuple(near),
    )


def load_query(path: Path) -> NamedQuery:
    """Load a query file.

    Raises
    ------
    KnowledgeError
        If the header lacks something or does not fit the query; the message names the file.
    """
    file = read_query_file(path)
    parameters = tuple(_parameter(file, *item) for item in mapping_of(file, "params").items())
    columns = tuple(_column(file, *item) for item in mapping_of(file, "columns").items())
    names = [column.name for column in columns]
    query = NamedQuery(
        name=file.name,
        folder=file.folder,
        path=path,
        summary=message_of(file, file.header.get("summary"), "summary"),
        description=message_of(file, file.header.get("description"), "description"),
        answer=message_of(file, file.header.get("answer"), "answer"),
        parameters=parameters,
        columns=columns,
        brief=tuple(file.header.get("brief") or names[:3]),
        view=view_of(file, names),
        text=file.text,
        tags=tuple(str(tag) for tag in file.header.get("tags") or ()),
        panels=_panels(file, [parameter.name for parameter in parameters]),
    )
    check(file, [parameter.name for parameter in parameters], names)
    return query


def expand(name: str) -> str:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def _panels(file: QueryFile, parameters: Collection[str]) -> dict[str, str]:
    panels = {expand(cls): str(name) for cls, name in mapping_of(file, "panel").items()}
    for cls, name in panels.items():
        if "://" not in cls or name not in parameters:
            raise header_fault(
                file,
                f"panel 须写“类: 参数”，“{cls}: {name}”不是",
                f"panel maps a class to a parameter, which “{cls}: {name}” does not",
            )
    return panels


def _parameter(file: QueryFile, name: str, value: Any) -> Parameter:
    if not isinstance(value, dict) or "type" not in value or "example" not in value:
        raise header_fault(
            file,
            f"参数 {name} 需要 type 和 example",
            f"parameter {name} needs a type and an example",
        )
    kind = expand(str(value["type"]))
    if "://" not in kind or (kind.startswith(XSD) and kind not in CANONICAL):
        raise header_fault(
            file,
            f"参数 {name} 的 type“{value['type']}”不是已知的类或数据类型",
            f"“{value['type']}”, the type of parameter {name}, is no known class or datatype",
        )
    return Parameter(
        name,
        kind,
        message_of(file, value.get("summary"), f"params.{name}.summary"),
        str(value["example"]),
        bool(value.get("required", False)),
    )


def _column(file: QueryFile, name: str, value: Any) -> ColumnHead:
    heading = message_of(file, value, f"columns.{name}")
    list_of, most = value.get("list", ""), value.get("most", 0)
    if list_of not in ("", *LISTS):
        raise header_fault(
            file,
            f"列 {name} 的 list 只能是 {' 或 '.join(LISTS)}",
            f"list of column {name} takes {' or '.join(LISTS)}",
        )
    if not isinstance(most, int) or most < 0:
        raise header_fault(
            file, f"列 {name} 的 most 应当是整数", f"most of column {name} is a whole number"
        )
    return ColumnHead(name, heading, list_of, most)
