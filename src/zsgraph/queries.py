"""Named queries: SPARQL files whose header tells what they ask, with what parameters, shown how.

A parameter is a variable with a ``VALUES ?name { UNDEF }`` block (or a default instead of UNDEF)
in the query.  Binding puts a term into that block, in its canonical syntax, so a value can only
ever be a term; the same text runs on any SPARQL 1.1 engine.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from zsgraph.errors import KnowledgeError, UsageError
from zsgraph.findings import Message
from zsgraph.namespaces import PREFIXES
from zsgraph.query_header import QueryFile, read_query_file
from zsgraph.terms import Term

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
    view: dict[str, Any]
    text: str

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
        )

    def bound(self, terms: dict[str, Term]) -> str:
        """Return the query with the given terms in its ``VALUES`` blocks.

        Parameters
        ----------
        terms
            Terms in N-Triples syntax by parameter name.
        """
        text = self.text
        for name, term in terms.items():
            block = f"VALUES ?{name} {{ {term} }}".replace("\\", r"\\")
            text = _values_block(name).sub(block, text)
        return text


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
    )


def load_query(path: Path) -> NamedQuery:
    """Load a query file.

    Raises
    ------
    KnowledgeError
        If the header lacks something or a parameter has no ``VALUES`` block in the query.
    """
    file = read_query_file(path)
    header = file.header
    parameters = tuple(_parameter(file, *item) for item in (header.get("params") or {}).items())
    for parameter in parameters:
        if not _values_block(parameter.name).search(file.text):
            raise _fault(
                file,
                f"参数 {parameter.name} 在查询中没有 VALUES ?{parameter.name} {{ UNDEF }}",
                f"parameter {parameter.name} has no VALUES ?{parameter.name} {{ UNDEF }} in the "
                "query",
            )
    columns = tuple(
        ColumnHead(
            name,
            _message(file, value, f"columns.{name}"),
            value.get("list", ""),
            int(value.get("most", 0)),
        )
        for name, value in (header.get("columns") or {}).items()
    )
    return NamedQuery(
        name=file.name,
        folder=file.folder,
        path=path,
        summary=_message(file, header.get("summary"), "summary"),
        description=_message(file, header.get("description"), "description"),
        answer=_message(file, header.get("answer"), "answer"),
        parameters=parameters,
        columns=columns,
        brief=tuple(header.get("brief") or [column.name for column in columns[:3]]),
        view=header.get("view") or {"type": "table"},
        text=file.text,
    )


def expand(name: str) -> str:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def _values_block(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{[^}}]*\}}")


def _parameter(file: QueryFile, name: object, value: Any) -> Parameter:
    if not isinstance(name, str):
        raise _fault(
            file,
            f"参数名 {name} 在 YAML 中不是文字，请加引号或改名",
            f"parameter name {name} is no text in YAML; quote or rename it",
        )
    if not isinstance(value, dict) or "type" not in value or "example" not in value:
        raise _fault(
            file,
            f"参数 {name} 需要 type 和 example",
            f"parameter {name} needs a type and an example",
        )
    return Parameter(
        name,
        expand(str(value["type"])),
        _message(file, value.get("summary"), f"params.{name}.summary"),
        str(value["example"]),
        bool(value.get("required", False)),
    )


def _message(file: QueryFile, value: Any, what: str) -> Message:
    if not isinstance(value, dict) or not {"zh", "en"} <= value.keys():
        raise _fault(file, f"头部的 {what} 缺少 zh 或 en", f"{what} in the header lacks zh or en")
    return Message(str(value["zh"]), str(value["en"]))


def _fault(file: QueryFile, zh: str, en: str) -> KnowledgeError:
    return KnowledgeError(
        f"查询文件 {file.path.name}：{zh}。", f"Query file {file.path.name}: {en}."
    )
