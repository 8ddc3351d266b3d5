"""The ASGI application: routes, what stands around them, and what it holds while it runs."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import parent_process

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from zsgraph.errors import ZsgraphError
from zsgraph.web import linked_data, pages, rest, sparql
from zsgraph.web.cache import Cached
from zsgraph.web.documents import AT_ONCE
from zsgraph.web.guard import Guarded
from zsgraph.web.named_queries import limiter_of
from zsgraph.web.observation import Observed, health, metrics
from zsgraph.web.pool import WorkerPool
from zsgraph.web.problems import GONE, ProblemError, answer_problem
from zsgraph.web.reconciliation import service as reconciliation
from zsgraph.web.rendering import STATIC
from zsgraph.web.served import CurrentGraph, Served
from zsgraph.web.settings import MEBIBYTE, Settings, from_environment

_LOOKING = 2.0  # seconds between looks whether the parent is there
_TOLD = ["ETag", "Link", "Location", "Retry-After"]


def create() -> ASGIApp:
    """Return the application of a process of the server, by the settings in its environment."""
    return application(from_environment())


def application(settings: Settings) -> ASGIApp:
    """Return the application.

    Parameters
    ----------
    settings
        Places and limits.

    Raises
    ------
    ZsgraphError
        If the knowledge cannot be used.
    """
    inner = Starlette(
        routes=routes(),
        exception_handlers={
            ZsgraphError: _failed,
            ProblemError: _failed,
            HTTPException: _refused,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
        lifespan=_lifespan,
    )
    inner.state.settings = settings
    inner.state.documents = CapacityLimiter(AT_ONCE)
    inner.state.limiter = limiter_of(settings.queries)
    inner.state.current = current = CurrentGraph(settings)
    app: ASGIApp = GZipMiddleware(inner, minimum_size=1024, compresslevel=5)
    app = Cached(app, lambda: current.version, settings.cache * MEBIBYTE)
    app = CORSMiddleware(
        app,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["*"],
        expose_headers=_TOLD,
        max_age=86400,
    )
    app = Guarded(app, settings)
    return Observed(app, sys.stderr if settings.access_log else None)


def routes() -> list[BaseRoute]:
    """Return all routes."""
    resolved = [
        Route(f"/{start}", linked_data.resolve)
        for start in (
            "id/{path:path}",
            "ontology{path:path}",
            "record{path:path}",
            "shape{path:path}",
            "scheme/{path:path}",
            "graph/{path:path}",
            ".well-known/genid/{path:path}",
        )
    ]
    return [
        *pages.ROUTES,
        Route("/resource", linked_data.about),
        *rest.ROUTES,
        *sparql.ROUTES,
        *reconciliation.ROUTES,
        *resolved,
        Route("/health", health),
        Route("/metrics", metrics),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/{path:path}", linked_data.otherwise),
    ]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    pool = app.state.pool = WorkerPool(app.state.settings)
    served: Served = app.state.current.get()
    pool.warm(served)
    served.warm()
    orphaned = asyncio.ensure_future(_end_with_parent())
    yield
    orphaned.cancel()
    pool.close()


async def _end_with_parent() -> None:
    """End this process, if it is one of several, when the one that started them has gone."""
    parent = parent_process()
    while parent is not None and parent.is_alive():
        await asyncio.sleep(_LOOKING)
    if parent is not None:
        os.kill(os.getpid(), signal.SIGTERM)


async def _failed(request: Request, error: Exception) -> Response:
    return answer_problem(request, error)


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=GONE)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {
        404: ("这里没有这个地址。", "There is nothing at this address."),
        405: ("这个地址不接受这种方法。", "This address does not take that method."),
    }
    zh, en = sentences.get(error.status_code, (error.detail, error.detail))
    return answer_problem(request, ProblemError(error.status_code, zh, en, error.headers))
