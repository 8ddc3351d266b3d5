"""What the header of a named query promises, held against its SPARQL."""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any, Final

from zsgraph.query_binding import blocks, used_variables
from zsgraph.query_header import QueryFile, header_fault

KEYS: Final = (
    "summary", "description", "answer", "tags", "params", "columns", "brief", "view", "panel",
)  # fmt: skip
#: Options of the command line and parts of addresses, which no parameter may be named after.
RESERVED: Final = (
    "all", "chart", "contains", "format", "help", "lang", "out", "page", "report", "small",
    "sort", "theme", "timeout",
)  # fmt: skip
#: What a placeholder of an answer's sentence may ask of a column, besides ``{count}``.
AGGREGATES: Final = ("distinct", "first", "list", "sum")
PLACEHOLDER: Final = re.compile(r"\{(\w*)(?::(\w+))?(?::(\d+))?\}")


def check(file: QueryFile, parameters: Collection[str], columns: Collection[str]) -> None:
    """Check a header against itself and against the query.

    Parameters
    ----------
    file
        The query file; its summary, parameters and columns are well-formed.
    parameters, columns
        The names that the header declares.

    Raises
    ------
    KnowledgeError
        If a key is unknown, a parameter is not bound or not used, or a name is no column; the
        message names the file.
    """
    for key in file.header.keys() - set(KEYS):
        near = get_close_matches(str(key), KEYS, 1)
        raise header_fault(
            file,
            f"头部没有“{key}”这一项" + (f"，是不是 {near[0]}" if near else ""),
            f"a header has no “{key}”" + (f"; did you mean {near[0]}" if near else ""),
        )
    _check_parameters(file, parameters)
    for place, name in _named_columns(file.header):
        if name not in columns:
            raise header_fault(
                file,
                f"头部的 {place} 用了没有的列“{name}”",
                f"{place} in the header names “{name}”, which is no column",
            )
    for sentence in file.header["answer"].values():
        for kind, name, _ in PLACEHOLDER.findall(str(sentence)):
            if kind != "count" and not (kind in AGGREGATES and name):
                raise header_fault(
                    file,
                    f"头部的 answer 有不明的占位“{{{kind}}}”",
                    f"answer in the header has the unknown placeholder “{{{kind}}}”",
                )


def _check_parameters(file: QueryFile, parameters: Collection[str]) -> None:
    found = dict(blocks(file.text))
    used = used_variables(file.text)
    for name in parameters:
        if name in RESERVED:
            raise header_fault(
                file,
                f"参数不能叫 {name}，它是命令行选项或网址的一部分",
                f"no parameter may be called {name}, an option of the command line or a part of "
                "addresses",
            )
        if name not in found:
            raise header_fault(
                file,
                f"参数 {name} 在查询中没有 VALUES ?{name} {{ UNDEF }}",
                f"parameter {name} has no VALUES ?{name} {{ UNDEF }} in the query",
            )
        if name not in used:
            raise header_fault(
                file, f"查询没有用到参数 {name}", f"the query makes no use of parameter {name}"
            )
    for name, unbound in found.items():
        if unbound and name not in parameters:
            raise header_fault(
                file,
                f"VALUES ?{name} {{ UNDEF }} 没有在头部的 params 中声明",
                f"VALUES ?{name} {{ UNDEF }} is not declared under params in the header",
            )


def _named_columns(header: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every place of a header that names a column."""
    yield from (("brief", str(name)) for name in header.get("brief") or ())
    for sentence in header["answer"].values():
        yield from (("answer", name) for _, name, _ in PLACEHOLDER.findall(str(sentence)) if name)
