"""Query workers of a process of the server: shared, bounded in number, following the graph."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from zsgraph.errors import ZsgraphError
from zsgraph.execution.request import Request
from zsgraph.execution.worker import QueryWorker, Result
from zsgraph.store import STORE
from zsgraph.web.problems import busy
from zsgraph.web.served import Served
from zsgraph.web.settings import MEBIBYTE, Settings

#: Bytes of an answer that are gathered before it is sent; what is longer goes out in pieces.
_AT_ONCE: Final = 512 * 1024
_Made = TypeVar("_Made")


class Running:
    """A query whose answer has begun.

    Attributes
    ----------
    result
        What the worker knows of the answer; not to be read from here.
    whole
        The answer, if it was short; else None, and :meth:`stream` gives it.
    """

    def __init__(self, pool: "WorkerPool", worker: QueryWorker, result: Result) -> None:
        self.result = result
        self.whole: bytes | None = None
        self._pool = pool
        self._worker = worker
        self._chunks = iter(result)
        self._first = _piece(self._chunks)
        if result.complete:
            self.whole = self._first

    async def stream(self, most: int) -> AsyncIterator[bytes]:
        """Yield the answer; the worker is free again when it has been read or given up.

        Parameters
        ----------
        most
            Bytes at most.

        Raises
        ------
        ZsgraphError
            If the answer is longer, or the query is stopped meanwhile.
        """
        sent, piece = 0, self._first
        try:
            while piece:
                sent += len(piece)
                if sent > most:
                    raise ZsgraphError(
                        f"答案超过 {most} 字节，已中断。请加 LIMIT。",
                        f"The answer is longer than {most} bytes and was broken off. Add LIMIT.",
                    )
                yield piece
                piece = await self._pool.in_thread(partial(_piece, self._chunks))
        finally:
            self.close()

    def close(self) -> None:
        """Give the worker back, ending its child unless all was read."""
        self.result.close()
        self._pool.release(self._worker)


class WorkerPool:
    """Runs queries of others in a bounded number of workers.

    Parameters
    ----------
    settings
        The limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free = [self._worker(Path()) for _ in range(settings.queries)]
        self._turn = asyncio.Semaphore(settings.queries)
        self._threads = CapacityLimiter(settings.queries)
        self._waiting = 0

    def warm(self, served: Served) -> None:
        """Start the children of all workers, so that the first query need not wait."""
        self._free = [self._worker(served.folder / STORE) for _ in self._free]
        for worker in self._free:
            worker.start()

    async def run(self, served: Served, request: Request) -> Running:
        """Run a query; returns when its answer has begun, or is there as a whole.

        Raises
        ------
        ProblemError
            503 if too many queries wait, or none ended in time.
        ZsgraphError
            If the query is faulty, refused or stopped.
        """
        worker = await self._take(served)
        begin = partial(self._begin, worker, request)
        asked = asyncio.ensure_future(self.in_thread(begin))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:  # the client has gone
            worker.interrupt()
            asked.add_done_callback(partial(self._give_up, worker))
            raise
        except BaseException:
            self.release(worker)
            raise

    async def in_thread(self, call: Callable[[], _Made]) -> _Made:
        """Run a call beside the event loop."""
        return await to_thread.run_sync(call, limiter=self._threads)

    def release(self, worker: QueryWorker) -> None:
        """Take a worker back."""
        self._free.append(worker)
        self._turn.release()

    def close(self) -> None:
        """End all children."""
        for worker in self._free:
            worker.close()

    async def _take(self, served: Served) -> QueryWorker:
        if self._turn.locked() and self._waiting >= self._settings.queue:
            raise busy("等候的查询太多，请稍后再试。", "Too many queries wait; try again shortly.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.timeout):
                await self._turn.acquire()
        except TimeoutError:
            raise busy(
                f"等了 {self._settings.timeout:g} 秒还没轮到，请稍后再试。",
                f"No turn came in {self._settings.timeout:g} s; try again shortly.",
            ) from None
        finally:
            self._waiting -= 1
        worker = self._free.pop()
        if worker.store == served.folder / STORE:
            return worker
        worker.close()
        return self._worker(served.folder / STORE)

    def _worker(self, store: Path) -> QueryWorker:
        return QueryWorker(store, self._settings.memory * MEBIBYTE)

    def _begin(self, worker: QueryWorker, request: Request) -> Running:
        return Running(self, worker, worker.run(request, self._settings.timeout))

    def _give_up(self, worker: QueryWorker, asked: "asyncio.Future[Running]") -> None:
        if asked.exception() is None:
            asked.result().close()
        else:
            self.release(worker)


def _piece(chunks: Iterator[bytes]) -> bytes:
    """Return the next part of an answer, large enough to be worth sending; empty at its end."""
    piece = bytearray()
    for chunk in chunks:
        piece += chunk
        if len(piece) >= _AT_ONCE:
            break
    return bytes(piece)
