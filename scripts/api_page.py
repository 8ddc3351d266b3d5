"""The page of the Python interface, made from its docstrings."""

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import zsgraph
from zsgraph import errors
from zsgraph.answers import Answer
from zsgraph.discovery.description import Description, Group, Links, Property, Value
from zsgraph.discovery.find import Found, Hit
from zsgraph.discovery.provenance import Source, Statement
from zsgraph.discovery.terms import Count, TermDetail, TermSummary, Written
from zsgraph.discovery.why import Explanation, Reason
from zsgraph.execution.request import Request
from zsgraph.execution.worker import QueryWorker, Result
from zsgraph.knowledge_graph import KnowledgeGraph, UnknownTermWarning
from zsgraph.values import Resource

_HEAD: Final = """# Python 接口 · Python interface

本页由程序的文档字符串生成（`python -m scripts.make_docs`），其中的例子都作为测试运行。
This page is made from the docstrings (`python -m scripts.make_docs`); its examples run as tests.

```sh
pip install 'zsgraph[pandas,polars,charts]'    # 三个都可省略 / all three are optional
```

```python
import zsgraph

g = zsgraph.open()                                      # 第一次会先建图 / builds first if need be
answer = g.ask_named("q6-platforms", region="四川省")    # 具名查询 / a named query
for row in answer:
    print(row["platform"].label, row["platform"].id)

answer.to_pandas()       # 日期、数值、类别都是真正的类型 / real dates, numbers, categories
answer.chart()           # 查询自带的图 / the chart that the query names
g.query("SELECT ?policy ?date { ?policy a zs:PolicyDocument ; zs:issued ?date }", limit=5)
g.find("中试基地").hits    # 按名称查找；另有 show、schema、why / by name; also show, schema, why
g.as_rdflib()            # 同一图库的 rdflib 视图 / the same store seen by rdflib
```

出错时抛出 `ZsgraphError` 的子类：`message.zh` 和 `message.en` 是两种语言的说明，
`nearest` 是最接近的写法；查询错误另有 `line`、`column`、`shown` 和 `path`。
Failures are subclasses of `ZsgraphError`: `message.zh` and `message.en` tell what is wrong,
`nearest` offers what may have been meant; errors of queries also have `line`, `column`, `shown`
and `path`.
"""
_FOUND: Final = (
    Found, Hit, Description, Group, Property, Value, Links, TermSummary, TermDetail, Count, Written,
    Explanation, Reason, Statement, Source,
)  # fmt: skip
_SECTIONS: Final = (
    "Parameters", "Attributes", "Returns", "Raises", "Warns", "Examples",
)  # fmt: skip
_ERRORS: Final = (
    errors.ZsgraphError,
    errors.UsageError,
    errors.KnowledgeError,
    errors.GraphMissingError,
    errors.QueryError,
    errors.QuerySyntaxError,
    errors.QueryRefusedError,
    errors.QueryFileError,
    errors.QueryTimeoutError,
    errors.QueryMemoryError,
    errors.QueryFailedError,
)
_SELF: Final = re.compile(r"\(self(, )?(/, )?")
_MODULE: Final = re.compile(r"\b(?:zsgraph|collections|pathlib|typing)(?:\.[a-z_]+)*\.(?=[A-Z])")
_QUOTED: Final = re.compile(r"(: |-> )'([^']*)'")
_CODE_PADDING: Final = re.compile(r"``([^`]+)``")
_ROLE: Final = re.compile(r":\w+:`~?([^`]+)`")


def api_page() -> str:
    """Return the page."""
    parts = [_HEAD, *_function("zsgraph.open", zsgraph.open)]
    for cls in (KnowledgeGraph, Answer, Resource):
        parts += _class(cls)
    parts.append("## 查找、显示和解释的结果 · What finding, showing and explaining give\n")
    for cls in _FOUND:
        parts += _class(cls, "###")
    parts.append("## 在进程外运行查询 · Queries in a process of their own\n")
    for cls in (QueryWorker, Request, Result):
        parts += _class(cls, "###")
    parts.append("## 错误 · Errors\n")
    for error in (*_ERRORS, UnknownTermWarning):
        base = error.__mro__[1].__name__
        parts.append(f"### `{error.__name__}`（{base}）\n")
        parts += _docstring(error)
    return "\n".join(parts).rstrip() + "\n"


def _class(cls: type, level: str = "##") -> Iterator[str]:
    yield f"{level} `{cls.__name__}`\n"
    yield from _docstring(cls)
    for name, member in vars(cls).items():
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if inspect.isfunction(member):
            yield from _function(f"{cls.__name__}.{name}", member, level + "#")
        elif isinstance(member, property | cached_property):
            yield f"{level}# `{cls.__name__}.{name}`\n"
            yield from _docstring(member)


def _function(name: str, function: Any, level: str = "##") -> Iterator[str]:
    bare = _QUOTED.sub(r"\1\2", _SELF.sub("(", str(inspect.signature(function))))
    signature = _MODULE.sub("", bare)
    yield f"{level} `{name}`\n"
    yield f"```python\n{name}{signature}\n```\n"
    yield from _docstring(function)


def _docstring(thing: Any) -> Iterator[str]:
    lines = (inspect.getdoc(thing) or "").split("\n")
    heads = [
        place
        for place, line in enumerate(lines[:-1])
        if line in _SECTIONS and set(lines[place + 1]) == {"-"}
    ]
    ends = [*heads[1:], len(lines)][: len(heads)]
    yield _prose(lines[: heads[0] if heads else len(lines)])
    for start, end in zip(heads, ends, strict=True):
        title, body = lines[start], lines[start + 2 : end]
        if title == "Examples":
            yield "```pycon\n" + "\n".join(body).strip() + "\n```\n"
        else:
            yield f"**{title}**\n"
            yield from _items(body)


def _items(lines: list[str]) -> Iterator[str]:
    """Yield a list of what a section names, each with its explanation."""
    items: list[str] = []
    for line in lines:
        if line.startswith("    "):
            items[-1] += " " + line.strip()
        elif line.strip():
            items.append(f"- `{line.strip()}`:")
    yield _linked("\n".join(items)) + "\n"


def _prose(lines: list[str]) -> str:
    return _linked("\n".join(lines)).strip() + "\n"


def _linked(text: str) -> str:
    text = _ROLE.sub(lambda role: f"`{role[1].rpartition('.')[2] or role[1]}`", text)
    return _CODE_PADDING.sub(r"`\1`", text)
