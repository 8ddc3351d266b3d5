"""Answers that were given before, and entity tags: a graph that stays the same answers the same.

Standard: RFC 9110, 13 Conditional Requests; RFC 9111 (HTTP Caching)
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zsgraph.errors import GraphMissingError

_ANSWERED: Final = (200, 303)
_LARGEST: Final = 2 * 1024 * 1024
_NEVER: Final = ("/health", "/metrics", "/static/")
Key = tuple[str, str, bytes, bytes, bytes, bytes, bool]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Stored:
    start: Message
    body: bytes


class Cached:
    """Middleware that keeps whole answers to GET, and tells clients when theirs is still good.

    Parameters
    ----------
    app
        What answers.  Answers with ``Cache-Control: no-store`` are not kept.
    version
        Gives the version of the current graph.
    capacity
        Bytes of answers that are kept.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str], capacity: int) -> None:
        self._app = app
        self._version = version
        self._capacity = capacity
        self._size = 0
        self._answers: OrderedDict[Key, _Stored] = OrderedDict()
        self._running: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the request be answered and remember."""
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or scope["path"].startswith(_NEVER)
        ):
            await self._app(scope, receive, send)
            return
        try:
            version = self._version()
        except GraphMissingError:
            await self._app(scope, receive, send)
            return
        key, known = _key(scope, version)
        tag = _tag(key)
        if tag in known:
            await _answer(send, 304, [(b"etag", tag), (b"vary", b"Accept, Accept-Language")])
            return
        if running := self._running.get(key):
            await running.wait()
        stored = self._answers.get(key)
        if stored is not None:
            self._answers.move_to_end(key)
            scope["zsgraph.cached"] = True
            await send(stored.start)
            await send({"type": "http.response.body", "body": stored.body})
            return
        await self._run(key, tag, scope, receive, send)

    async def _run(self, key: Key, tag: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        done = self._running.setdefault(key, asyncio.Event())
        recorder = _Recorder(send, tag)
        try:
            await self._app(scope, receive, recorder)
            stored = recorder.stored()
            if stored is not None and scope["method"] == "GET":
                self._keep(key, stored)
        finally:
            done.set()
            self._running.pop(key, None)

    def _keep(self, key: Key, stored: _Stored) -> None:
        self._answers[key] = stored
        self._size += len(stored.body)
        while self._size > self._capacity:
            _, oldest = self._answers.popitem(last=False)
            self._size -= len(oldest.body)


class _Recorder:
    """Passes an answer on, with its tag, and keeps it if it is whole, good and not too large."""

    def __init__(self, send: Send, tag: bytes) -> None:
        self._send = send
        self._tag = tag
        self._start: Message | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Headers = message["headers"]
            fleeting = any(n == b"cache-control" and b"no-store" in v for n, v in headers)
            if message["status"] in _ANSWERED and not fleeting:
                headers = [*headers, (b"etag", self._tag), (b"cache-control", b"no-cache")]
                message = self._start = {**message, "headers": headers}
        elif self._start is not None:
            self._size += len(message.get("body", b""))
            if self._size <= _LARGEST:
                self._parts.append(message.get("body", b""))
            self._whole = not message.get("more_body", False)
        await self._send(message)

    def stored(self) -> _Stored | None:
        if self._start is None or not self._whole or self._size > _LARGEST:
            return None
        return _Stored(self._start, b"".join(self._parts))


def _key(scope: Scope, version: str) -> tuple[Key, list[bytes]]:
    """Return what an answer depends on, and the tags of the answers that the client has."""
    accept = language = host = b""  # addresses in answers are those of the host asked
    known: list[bytes] = []
    gzip = False
    for name, value in scope["headers"]:
        if name == b"accept":
            accept += value + b","
        elif name == b"accept-language":
            language += value + b","
        elif name == b"host":
            host = value
        elif name == b"accept-encoding":
            gzip = b"gzip" in value
        elif name == b"if-none-match":
            known += [tag.strip() for tag in value.split(b",")]
    return (version, scope["path"], scope["query_string"], accept, language, host, gzip), known


def _tag(key: Key) -> bytes:
    digest = blake2b(repr(key[:6]).encode(), digest_size=12).hexdigest()
    return f'W/"{digest}"'.encode()


async def _answer(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
