"""What went wrong, told to programs and to people.

Standard: RFC 9457, Problem Details for HTTP APIs (https://www.rfc-editor.org/rfc/rfc9457)
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.errors import (
    GraphMissingError,
    QueryError,
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeoutError,
    UnknownNameError,
    UsageError,
    ZsgraphError,
)
from zsgraph.findings import Message
from zsgraph.web.negotiation import language, media_type

PROBLEM: Final = "application/problem+json"
RETRY_SECONDS: Final = 5
#: Status in the log of a request whose client left before the answer (as nginx has it).
GONE: Final = 499


class ProblemError(Exception):
    """A request that cannot be answered.

    Parameters
    ----------
    status
        The HTTP status code.
    zh, en
        One sentence that says what is wrong and what to do.
    headers
        Further headers of the answer.
    """

    def __init__(
        self, status: int, zh: str, en: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(en)
        self.status = status
        self.message = Message(zh, en)
        self.headers = dict(headers or {})


def busy(zh: str, en: str) -> ProblemError:
    """Return the problem of a server that has too much to do at the moment."""
    return ProblemError(503, zh, en, {"Retry-After": str(RETRY_SECONDS)})


def problem_of(error: Exception) -> ProblemError:
    """Return the problem that an error of the library means for a client."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, QueryRefusedError):
        return ProblemError(403, error.message.zh, error.message.en)
    if isinstance(error, QueryTimeoutError | QueryMemoryError):
        return busy(error.message.zh, error.message.en)
    if isinstance(error, QueryError | QueryFailedError):
        return ProblemError(400, error.message.zh, error.message.en)
    if isinstance(error, UnknownNameError):
        return ProblemError(404, error.message.zh, error.message.en)
    if isinstance(error, UsageError):
        return ProblemError(400, error.message.zh, error.message.en)
    if isinstance(error, GraphMissingError):
        return busy(error.message.zh, error.message.en)
    if isinstance(error, ZsgraphError):
        return ProblemError(500, error.message.zh, error.message.en)
    return ProblemError(500, "服务器出了没料到的错。", "The server met an unexpected failure.")


def answer_problem(request: Request, error: Exception) -> Response:
    """Tell a problem: as a page where the client likes HTML best, else as JSON."""
    problem = problem_of(error)
    try:
        spoken = language(request)
    except UsageError:
        spoken = "en"
    sentence = problem.message.text(spoken)
    title = HTTPStatus(problem.status).phrase
    headers = {"Cache-Control": "no-store", "Content-Language": spoken} | problem.headers
    accept = request.headers.get("accept", "")
    if media_type(accept, (PROBLEM, "application/json", "text/html")) == "text/html":
        from zsgraph.web.rendering import page

        context = {"status": problem.status, "title": title, "sentence": sentence}
        return page(request, "problem.html", context, spoken, problem.status, headers)
    body = {
        "type": "about:blank",
        "title": title,
        "status": problem.status,
        "detail": sentence,
        "messages": {"zh": problem.message.zh, "en": problem.message.en},
    }
    text = json.dumps(body, ensure_ascii=False) + "\n"
    return Response(text, problem.status, headers, PROBLEM)
