"""Work that takes a while, done beside the event loop."""

from collections.abc import Callable
from traceback import clear_frames
from typing import TypeVar

from anyio import to_thread
from starlette.requests import Request

from zsgraph.errors import ZsgraphError

_Made = TypeVar("_Made")


async def beside(request: Request, call: Callable[[], _Made]) -> _Made:
    """Return what a call returns, run in one of the threads for named queries.

    Objects of the query engine may only be dropped by the thread that made them, so a failure is
    handed over without the frames that hold them.

    Parameters
    ----------
    request
        Whose application bounds how many run at the same time.
    call
        What to do.

    Raises
    ------
    ZsgraphError
        As the call does.
    """
    made = await to_thread.run_sync(_caught, call, limiter=request.app.state.limiter)
    if isinstance(made, ZsgraphError):
        raise made
    return made


def _caught(call: Callable[[], _Made]) -> _Made | ZsgraphError:
    try:
        return call()
    except ZsgraphError as error:
        clear_frames(error.__traceback__)
        return error.with_traceback(None)
