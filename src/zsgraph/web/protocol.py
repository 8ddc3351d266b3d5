"""The connection with a client that is slow or says too much: it is ended in time.

uvicorn has no limit on how slowly a request may arrive or an answer be taken.
"""

import re
from asyncio import TimerHandle
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from zsgraph.web.settings import from_environment

_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_MOST_HEADER_BYTES: Final = 64 * 1024
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n"
    b"content-length: 0\r\n\r\n"
)


class GuardedProtocol(HttpToolsProtocol):
    """HTTP/1.1 with limits of time and size.

    A request has to arrive whole, and a client to take what waits for it, in the seconds of
    ``client_timeout`` of the server's settings.
    """

    _deadline: TimerHandle | None = None
    _head_bytes = 0
    _in_head = _in_line = True

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._set_deadline(self._give_up_reading)

    def connection_lost(self, exc: Exception | None) -> None:
        self._clear_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
            if self._deadline is None:
                self._set_deadline(self._give_up_reading)
        super().data_received(self._with_plain_target(data) if self._in_line else data)
        if self._in_head and self._head_bytes > _MOST_HEADER_BYTES:
            self._end(_TOO_LARGE)

    def on_headers_complete(self) -> None:
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head = self._in_line = True
        self._clear_deadline()
        super().on_message_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._set_deadline(self.transport.abort)

    def resume_writing(self) -> None:
        self._clear_deadline()
        super().resume_writing()

    def _with_plain_target(self, data: bytes) -> bytes:
        """Return data with what is not ASCII in the request line percent-encoded.

        People type ``?region=四川省`` as it is, and curl sends it so; the parser takes ASCII only.
        """
        line, newline, rest = data.partition(b"\n")
        self._in_line = not newline
        if line.isascii():
            return data
        return _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line) + newline + rest

    def _set_deadline(self, action: Callable[[], None]) -> None:
        self._clear_deadline()
        self._deadline = self.loop.call_later(_seconds(), action)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up_reading(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self._end(_TOO_SLOW)
        else:
            self.transport.abort()

    def _end(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()


@cache
def _seconds() -> float:
    return from_environment().client_timeout
