"""Named queries for the server: run beside the event loop, a bounded number at a time."""

from functools import partial
from traceback import clear_frames
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from zsgraph.answers import Answer, answer
from zsgraph.errors import ZsgraphError
from zsgraph.queries import NamedQuery
from zsgraph.web.problems import ProblemError, busy
from zsgraph.web.served import Served

_KEPT: Final = 128  # answers: all queries without parameters in both languages, and some more


def limiter_of(queries: int) -> CapacityLimiter:
    """Return what bounds the named queries that a process runs at the same time."""
    return CapacityLimiter(queries)


def query_of(served: Served, name: str) -> NamedQuery:
    """Return a named query.

    Raises
    ------
    ProblemError
        404 if there is none of that name.
    """
    query = served.queries.get(name)
    if query is None:
        raise ProblemError(
            404,
            f"没有叫“{name}”的查询。全部查询在 /api/queries。",
            f"There is no query “{name}”. All are listed at /api/queries.",
        )
    return query


async def named_answer(
    request: Request, served: Served, query: NamedQuery, values: dict[str, str], language: str
) -> Answer:
    """Return the answer to a named query.

    Parameters
    ----------
    request
        Whose application bounds how many run.
    served
        The graph to ask.
    query, values, language
        As of :func:`zsgraph.answers.answer`.

    Raises
    ------
    ProblemError
        503 if too many wait already.
    UsageError
        If a parameter or its value is not known.
    """
    key = (query.name, language, *(part for item in sorted(values.items()) for part in item))
    known = served.answers.get(key)
    if known is not None:
        served.answers.move_to_end(key)
        return known
    limiter: CapacityLimiter = request.app.state.limiter
    if limiter.statistics().tasks_waiting >= request.app.state.settings.queue:
        raise busy("服务器正忙，请稍后再试。", "The server is busy; try again shortly.")
    call = partial(_answer, served, query, values, language)
    result = await to_thread.run_sync(call, limiter=limiter)
    if isinstance(result, ZsgraphError):
        raise result
    served.answers[key] = result
    while len(served.answers) > _KEPT:
        served.answers.popitem(last=False)
    return result


def _answer(
    served: Served, query: NamedQuery, values: dict[str, str], language: str
) -> Answer | ZsgraphError:
    """Return the answer, or what failed without the frames that hold objects of the engine.

    Those may only be dropped by the thread that made them.
    """
    try:
        return answer(served.graph, query, values, language)
    except ZsgraphError as error:
        clear_frames(error.__traceback__)
        return error.with_traceback(None)
