"""Requests of the SPARQL protocol: where the query and its graphs stand in them.

Standard: SPARQL 1.1 Protocol, 2.1 (https://www.w3.org/TR/sparql11-protocol/#query-operation)
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from zsgraph.errors import QueryRefusedError, UsageError
from zsgraph.web.problems import ProblemError

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks.

    Attributes
    ----------
    query
        The query; None if the request has none.
    default, named
        IRIs of the graphs to read, None for what the query says; both are given or neither.
    """

    query: str | None
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


async def read_request(request: Request) -> Asked:
    """Return what a request asks.

    Raises
    ------
    UsageError
        If it is not of the protocol.
    QueryRefusedError
        If it is an update.
    ProblemError
        415 for a body of another media type.
    """
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        media_type, charset = _content_type(request)
        body = await request.body()
        if media_type == _FORM:
            fields += _fields(body)
        elif media_type == _QUERY:
            if charset not in ("", "utf-8", "utf8"):
                raise _not_utf8()
            fields.append(("query", _decoded(body)))
        elif media_type == _UPDATE:
            raise _no_update()
        else:
            raise ProblemError(
                415,
                f"POST 的内容类型应当是 {_FORM} 或 {_QUERY}。",
                f"The content type of a POST is {_FORM} or {_QUERY}.",
                {"Accept-Post": f"{_FORM}, {_QUERY}"},
            )
    return _asked(request.method, fields)


def _asked(method: str, fields: list[tuple[str, str]]) -> Asked:
    if any(name == "update" for name, _ in fields):
        raise _no_update()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise UsageError("一次只能有一个 query。", "There may be only one query.")
    if not queries:
        if method == "POST":
            raise UsageError("请求中没有 query。", "The request has no query.")
        return Asked(None)
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    return Asked(queries[0], default, named) if default or named else Asked(queries[0])


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise UsageError("参数太多。", "There are too many parameters.") from None


def _content_type(request: Request) -> tuple[str, str]:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = ""
    for parameter in parameters.lower().split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "charset":
            charset = value.strip('" ')
    return media_type.strip().lower(), charset


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> UsageError:
    return UsageError("请求不是 UTF-8 编码。", "The request is not UTF-8.")


def _no_update() -> QueryRefusedError:
    return QueryRefusedError(
        "这里只能查询，不接受更新。", "Only queries are answered here; updates are refused."
    )
