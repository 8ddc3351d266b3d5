"""Answers that were given before, and entity tags: a graph that stays the same answers the same.

Standard: RFC 9110, 13 Conditional Requests; RFC 9111 (HTTP Caching)
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zsgraph.errors import GraphMissingError

_NO_GZIP: Final = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
_ANSWERED: Final = (200, 303)
_OVERHEAD: Final = 4096
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
        """Let the request be answered; those who wait for the answer go on once it is known."""
        done = self._running.setdefault(key, asyncio.Event())

        def known(stored: _Stored | None) -> None:
            if stored is not None and scope["method"] == "GET":
                self._keep(key, stored)
            done.set()

        if not key[-1]:  # the client takes no gzip, even where it names it
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": headers}
        try:
            await self._app(scope, receive, _Recorder(send, tag, known))
        finally:
            done.set()
            self._running.pop(key, None)

    def _keep(self, key: Key, stored: _Stored) -> None:
        self._drop(self._answers.pop(key, None))
        self._answers[key] = stored
        self._size += _weight(stored)
        while self._size > self._capacity:
            self._drop(self._answers.popitem(last=False)[1])

    def _drop(self, stored: _Stored | None) -> None:
        if stored is not None:
            self._size -= _weight(stored)


class _Recorder:
    """Passes an answer on, with its tag, and records it if it is whole, good and not too large.

    ``known`` is called as soon as it is clear what is recorded, before a slow client has taken it.
    """

    def __init__(self, send: Send, tag: bytes, known: Callable[[_Stored | None], None]) -> None:
        self._send = send
        self._tag = tag
        self._known = known
        self._start: Message | None = None
        self._parts: list[bytes] = []
        self._size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = self._begun(message)
        elif self._start is not None:
            self._record(message)
        await self._send(message)

    def _begun(self, message: Message) -> Message:
        headers: Headers = message["headers"]
        fleeting = any(n == b"cache-control" and b"no-store" in v for n, v in headers)
        if message["status"] not in _ANSWERED or fleeting:
            self._known(None)
            return message
        headers = [*headers, (b"etag", self._tag), (b"cache-control", b"no-cache")]
        self._start = {**message, "headers": headers}
        return self._start

    def _record(self, message: Message) -> None:
        body = message.get("body", b"")
        self._size += len(body)
        if self._size > _LARGEST:
            self._start = None
            self._known(None)
            return
        self._parts.append(body)
        if not message.get("more_body", False) and self._start is not None:
            self._known(_Stored(self._start, b"".join(self._parts)))


def _weight(stored: _Stored) -> int:
    """Return the bytes that a stored answer takes, headers and key estimated."""
    return len(stored.body) + _OVERHEAD


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
            gzip = b"gzip" in value and not _NO_GZIP.search(value)
        elif name == b"if-none-match":
            known += [tag.strip() for tag in value.split(b",")]
    return (version, scope["path"], scope["query_string"], accept, language, host, gzip), known


def _tag(key: Key) -> bytes:
    digest = blake2b(repr(key[:6]).encode(), digest_size=12).hexdigest()
    return f'W/"{digest}"'.encode()


async def _answer(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
