"""Work on whole documents, which takes time and memory: a few at a time, beside the event loop."""

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

AT_ONCE: Final = 2
_Made = TypeVar("_Made")


async def in_thread(request: Request, call: Callable[[], _Made]) -> _Made:
    """Return what a call gives that works on a document.

    Parameters
    ----------
    request
        Whose application bounds how many such calls run.
    call
        The work.
    """
    limiter: CapacityLimiter = request.app.state.documents
    return await to_thread.run_sync(call, limiter=limiter)
