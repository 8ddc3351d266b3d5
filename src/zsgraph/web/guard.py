"""Limits and safety of every request and answer: sizes, and headers that browsers obey."""

from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zsgraph.web.problems import ProblemError, answer_problem
from zsgraph.web.settings import Settings

_HEADERS: Final = [
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        b"form-action 'self'; frame-ancestors 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
_NAMES: Final = {name for name, _ in _HEADERS}


class Guarded:
    """Middleware that refuses what is too large and adds the headers of safety.

    Parameters
    ----------
    app
        What answers.
    settings
        The limits.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request within the limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safe_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(n, v) for n, v in message["headers"] if n not in _NAMES]
                stricter = {n: v for n, v in message["headers"] if n in _NAMES}
                added = [(name, stricter.get(name, value)) for name, value in _HEADERS]
                message = {**message, "headers": [*own, *added]}
            await send(message)

        try:
            self._check(scope)
        except ProblemError as problem:
            answer = answer_problem(Request(scope), problem)
            await answer(scope, receive, safe_send)
            return
        await self._app(scope, self._limited(receive), safe_send)

    def _check(self, scope: Scope) -> None:
        size = len(scope.get("raw_path", b"")) + len(scope["query_string"])
        if size > self._settings.max_url:
            raise ProblemError(
                414,
                f"地址太长（上限 {self._settings.max_url} 字节）。长查询请用 POST 发送。",
                f"The address is too long (at most {self._settings.max_url} bytes). Send long "
                "queries by POST.",
            )
        for name, value in scope["headers"]:
            if name == b"content-length" and int(value) > self._settings.max_body:
                raise self._too_large()

    def _limited(self, receive: Receive) -> Receive:
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._settings.max_body:
                raise self._too_large()
            return message

        return limited

    def _too_large(self) -> ProblemError:
        return ProblemError(
            413,
            f"请求体太大（上限 {self._settings.max_body} 字节）。",
            f"The body is too large (at most {self._settings.max_body} bytes).",
            {"Connection": "close"},
        )
