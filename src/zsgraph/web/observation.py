"""What operators see: a log line for each request, numbers for Prometheus, and whether it is well.

Standard: Prometheus text exposition format
"""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Final, TextIO

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zsgraph.errors import ZsgraphError

_GROUPS: Final = (
    "sparql",
    "api",
    "reconcile",
    "id",
    "scheme",
    "graph",
    "ontology",
    "shape",
    "static",
)
_LONGEST: Final = 2000

REQUESTS: Final = Counter("zsgraph_requests", "Requests answered", ["group", "method", "status"])
SECONDS: Final = Histogram(
    "zsgraph_request_seconds",
    "Seconds until the answer was sent",
    ["group"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
HITS: Final = Counter("zsgraph_cache_hits", "Requests answered from memory")
_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")


class Observed:
    """Middleware that counts, times and logs.

    Parameters
    ----------
    app
        What answers.
    log
        Takes a line of JSON for each request; None for no log.
    """

    def __init__(self, app: ASGIApp, log: TextIO | None = sys.stderr) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and tell of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()
        status, size = 0, 0

        async def counting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counting)
        except RuntimeError as error:  # Starlette's, of what fails after an answer has begun
            if not isinstance(error.__cause__, ZsgraphError):
                raise
            scope["zsgraph.broken_off"] = str(error.__cause__)  # the server cuts the connection
        finally:
            self._tell(scope, status, size, time.perf_counter() - begin)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        first = scope["path"].split("/", 2)[1]
        group = first if first in _GROUPS else "page"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        REQUESTS.labels(group, method, str(status)).inc()
        SECONDS.labels(group).observe(seconds)
        cached = bool(scope.get("zsgraph.cached"))
        if cached:
            HITS.inc()
        if self._log is not None:
            self._log.write(json.dumps(_line(scope, status, size, seconds, cached)) + "\n")
            self._log.flush()


async def metrics(request: Request) -> Response:
    """Return the numbers of all processes of the server."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


async def health(request: Request) -> Response:
    """Tell that the server is well, and which graph answers."""
    served = request.app.state.current.get()
    body = {
        "status": "ok",
        "graph": served.version,
        "fingerprint": served.graph.description["fingerprint"],
        "version": served.graph.description["version"],
    }
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _line(
    scope: Scope, status: int, size: int, seconds: float, cached: bool
) -> dict[str, str | int | float | bool]:
    agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": (scope.get("client") or ("",))[0],
        "method": scope["method"],
        "path": scope["path"][:_LONGEST],
        "query": scope["query_string"].decode("latin-1")[:_LONGEST],
        "status": status,
        "bytes": size,
        "ms": round(seconds * 1000, 2),
        "cached": cached,
        "broken_off": scope.get("zsgraph.broken_off", ""),
        "agent": agent.decode("latin-1")[:_LONGEST],
    }
