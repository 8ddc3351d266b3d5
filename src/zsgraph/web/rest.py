"""A call for each named query: its rows as JSON or CSV, in pages.

Standards: RFC 8288 (Link headers), RFC 4180 (CSV)
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from zsgraph.answers import LIST_SEPARATOR, Answer, Value
from zsgraph.errors import UsageError
from zsgraph.formats import to_csv
from zsgraph.namespaces import XSD
from zsgraph.queries import ColumnHead, NamedQuery
from zsgraph.web.named_queries import named_answer, query_of
from zsgraph.web.negotiation import language, media_type
from zsgraph.web.openapi import LIMIT, MOST, document
from zsgraph.web.problems import ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.served import Served

_JSON, _CSV = "application/json", "text/csv"
_FORMATS: Final = {"json": _JSON, "csv": _CSV}
_OWN: Final = ("lang", "limit", "offset", "format")
_NUMBER: Final = re.compile(r"\d{1,15}", re.ASCII)
_WHOLE: Final = {XSD + "integer"}
_FRACTIONS: Final = {XSD + "decimal", XSD + "double", XSD + "float"}


async def listing(request: Request) -> Response:
    """List the named queries with their parameters and columns."""
    served: Served = request.app.state.current.get()
    _only(request, ("lang",))
    spoken = language(request)
    queries = [_described(query, spoken) for query in served.queries.values()]
    return JSONResponse({"queries": queries}, headers=_headers(spoken))


async def run(request: Request) -> Response:
    """Answer a named query."""
    served: Served = request.app.state.current.get()
    query = query_of(served, request.path_params["name"])
    values = _values(request)
    form = _format(request, values)
    spoken = language(request)
    limit = _number(values, "limit", LIMIT, 1, MOST)
    offset = _number(values, "offset", 0, 0, None)
    given = {name: value for name, value in values.items() if name not in _OWN}
    answer = await named_answer(request, served, query, given, spoken)
    headers = _headers(spoken) | _links(request, len(answer.terms), limit, offset)
    part = replace(answer, terms=answer.terms[offset : offset + limit])
    if form == _CSV:
        headers["Content-Disposition"] = f'inline; filename="{query.name}.csv"'
        return Response(to_csv(part), 200, headers, f"{_CSV}; charset=utf-8")
    body = {
        "query": query.name,
        "language": spoken,
        "parameters": given,
        "answer": answer.sentence(),
        "columns": _columns(query, spoken),
        "total": len(answer.terms),
        "limit": limit,
        "offset": offset,
        "rows": list(_rows(part)),
    }
    return JSONResponse(body, headers=headers)


async def openapi(request: Request) -> Response:
    """Return the OpenAPI document of these calls."""
    served: Served = request.app.state.current.get()
    _only(request, ("lang",))
    spoken = language(request)
    return JSONResponse(document(served, spoken), headers=_headers(spoken))


async def documentation(request: Request) -> Response:
    """Show the calls, each with a form to try it."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    context = {"queries": served.queries.values(), "origin": str(request.base_url).rstrip("/")}
    return page(request, "api.html", context, spoken)


ROUTES: Final[list[BaseRoute]] = [
    Route("/api", documentation),
    Route("/api/openapi.json", openapi),
    Route("/api/queries", listing),
    Route("/api/queries/{name}", run),
]


def _values(request: Request) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in values:
            raise UsageError(
                f"参数 {name} 给了两次，只能给一次。", f"{name} is given twice; give it once."
            )
        values[name] = value
    return values


def _only(request: Request, known: tuple[str, ...]) -> None:
    for name in _values(request):
        if name not in known:
            raise UsageError(f"没有参数“{name}”。", f"There is no parameter “{name}”.")


def _format(request: Request, values: dict[str, str]) -> str:
    asked = values.get("format")
    if asked is not None:
        if asked not in _FORMATS:
            raise UsageError("参数 format 只能是 json 或 csv。", "format takes json or csv.")
        return _FORMATS[asked]
    chosen = media_type(request.headers.get("accept", ""), (_JSON, _CSV))
    if chosen is None and media_type(request.headers.get("accept", ""), ("text/html",)):
        return _JSON  # a browser shows it
    if chosen is None:
        raise ProblemError(
            406,
            f"没有请求的格式。可用：{_JSON}、{_CSV}。",
            f"The format asked for is not offered. Offered: {_JSON}, {_CSV}.",
        )
    return chosen


def _number(values: dict[str, str], name: str, default: int, least: int, most: int | None) -> int:
    text = values.get(name)
    if text is None:
        return default
    number = int(text) if _NUMBER.fullmatch(text) else -1
    if number < least or (most is not None and number > most):
        bounds = f"{least}–{most}" if most is not None else f"≥ {least}"
        raise UsageError(
            f"参数 {name} 应当是整数（{bounds}）。", f"{name} is a whole number ({bounds})."
        )
    return number


def _links(request: Request, total: int, limit: int, offset: int) -> dict[str, str]:
    places = {"first": 0, "last": max(0, (total - 1) // limit * limit)}
    if offset > 0:
        places["prev"] = max(0, offset - limit)
    if offset + limit < total:
        places["next"] = offset + limit
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("limit", "offset")]
    path = quote(request.url.path)
    return {
        "Link": ", ".join(
            f'<{path}?{urlencode([*kept, ("limit", limit), ("offset", place)])}>; rel="{name}"'
            for name, place in places.items()
        )
    }


def _headers(spoken: str) -> dict[str, str]:
    return {"Content-Language": spoken, "Vary": "Accept, Accept-Language"}


def _described(query: NamedQuery, spoken: str) -> dict[str, Any]:
    return {
        "name": query.name,
        "group": query.folder,
        "summary": query.summary.text(spoken),
        "description": query.description.text(spoken),
        "url": f"/api/queries/{query.name}",
        "parameters": [
            {
                "name": parameter.name,
                "summary": parameter.summary.text(spoken),
                "type": parameter.type,
                "required": parameter.required,
                "example": parameter.example,
            }
            for parameter in query.parameters
        ],
        "columns": _columns(query, spoken),
        "view": query.view.written(),
        "sparql": query.text,
    }


def _columns(query: NamedQuery, spoken: str) -> list[dict[str, str]]:
    return [{"name": c.name, "heading": c.heading.text(spoken)} for c in query.columns]


def _rows(answer: Answer) -> Iterator[dict[str, Any]]:
    for row in answer.terms:
        yield {
            column.name: _cell(answer, column, value)
            for column, value in zip(answer.columns, row, strict=True)
        }


def _cell(answer: Answer, column: ColumnHead, value: Value) -> Any:
    """Return a value as JSON has it: resources with IRI and label, numbers as numbers."""
    if value is None:
        return [] if column.list_of else None
    if isinstance(value, ox.NamedNode):
        return {"iri": value.value, "label": answer.label(value.value)}
    if not isinstance(value, ox.Literal):
        return str(value)
    if column.list_of:
        parts = sorted({part for part in value.value.split(LIST_SEPARATOR) if part})
        if column.list_of == "texts":
            return parts
        return [{"iri": part, "label": answer.label(part)} for part in parts]
    kind = value.datatype.value
    if kind == XSD + "boolean":
        return value.value in ("true", "1")
    if kind in _WHOLE:
        return int(value.value)
    return float(value.value) if kind in _FRACTIONS else value.value
