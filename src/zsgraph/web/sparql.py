"""The SPARQL endpoint.

Standard: SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)
"""

import asyncio
import re
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from zsgraph.errors import QueryRefusedError, UsageError
from zsgraph.execution.request import Request
from zsgraph.namespaces import shorten
from zsgraph.web.formats import GRAPHS, HTML, RESULTS, Form, content_type, offers
from zsgraph.web.negotiation import language, media_type
from zsgraph.web.pool import Running, WorkerPool
from zsgraph.web.problems import GONE, ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.served import Served
from zsgraph.web.service_description import describe
from zsgraph.web.settings import Settings
from zsgraph.web.sparql_request import Asked, read_request

_RESULTS: Final = offers(RESULTS)
_GRAPHS: Final = offers(GRAPHS)
_FLEETING: Final = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)
_Made = TypeVar("_Made")


async def endpoint(request: HttpRequest) -> Response:
    """Answer a query, or describe the service where there is none."""
    served: Served = request.app.state.current.get()
    asked = await read_request(request)
    if asked.query is None:
        return _description(request, served)
    accept = request.headers.get("accept", "")
    table, graph = media_type(accept, list(_RESULTS)), media_type(accept, list(_GRAPHS))
    if table is None and graph is None:
        raise _not_acceptable()
    _check_graphs(served, asked)
    settings: Settings = request.app.state.settings
    pool: WorkerPool = request.app.state.pool
    wanted = Request(
        asked.query,
        asked.default,
        asked.named,
        solutions=_RESULTS[table].name if table else "",
        triples=_GRAPHS[graph].name if graph else "",
        limit=settings.max_rows or None,
    )
    try:
        running = await _while_connected(request, pool.run(served, wanted))
    except UsageError:
        raise _not_acceptable() from None
    if running is None:
        return Response(status_code=GONE)
    chosen = graph if running.result.form == "triples" else table
    assert chosen is not None
    return _answer(running, asked.query, chosen, settings)


ROUTES: Final[list[BaseRoute]] = [Route("/sparql", endpoint, methods=["GET", "HEAD", "POST"])]


def _answer(running: Running, query: str, chosen: str, settings: Settings) -> Response:
    if running.result.cut:
        running.close()
        raise ProblemError(
            403,
            f"结果超过 {settings.max_rows} 行。请加 LIMIT 和 OFFSET 分页取。",
            f"There are more than {settings.max_rows} rows. Fetch them in pages by LIMIT and "
            "OFFSET.",
        )
    headers = {"Vary": "Accept"}
    if _FLEETING.search(query):
        headers["Cache-Control"] = "no-store"
    if running.whole is not None:
        running.close()
        return Response(running.whole, 200, headers, content_type(chosen))
    parts = running.stream(settings.max_bytes)
    return StreamingResponse(parts, 200, headers, content_type(chosen))


async def _while_connected(request: HttpRequest, work: Coroutine[Any, Any, _Made]) -> _Made | None:
    """Return what work gives, None if the client leaves before; the work is then given up."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        working.cancel()
        await asyncio.wait({working})
        return None
    finally:
        leaving.cancel()


async def _left(request: HttpRequest) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _check_graphs(served: Served, asked: Asked) -> None:
    known = served.graphs
    for iri in (*(asked.default or ()), *(asked.named or ())):
        if iri not in known:
            example = shorten(min(known))
            raise QueryRefusedError(
                f"没有图 {iri}；只能用本图谱的图，如 {example}。",
                f"There is no graph {iri}; only those of ours can be read, such as {example}.",
            )


def _description(request: HttpRequest, served: Served) -> Response:
    kind = media_type(request.headers.get("accept", ""), [*_GRAPHS, HTML])
    if kind is None:
        raise _not_acceptable()
    if kind == HTML:
        return page(request, "sparql.html", {}, language(request))
    form: Form = _GRAPHS[kind]
    address = str(request.url.replace(query=""))
    content = describe(served, address, form)
    return Response(content, 200, {"Vary": "Accept, Accept-Language"}, content_type(kind))


def _not_acceptable() -> ProblemError:
    return ProblemError(
        406,
        f"没有请求的格式。表格：{'、'.join(_RESULTS)}；三元组：{'、'.join(_GRAPHS)}。",
        f"The format asked for is not offered. For tables: {', '.join(_RESULTS)}; for triples: "
        f"{', '.join(_GRAPHS)}.",
    )
