"""A query worker: a child process that answers queries and can be stopped at any moment.

Why a process: the engine evaluates in native code that no signal handler and no thread interrupts,
and it knows no bound of time or memory.  Ending a process is the only way that always works.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from zsgraph.errors import (
    QueryFailedError,
    QueryMemoryError,
    QueryTimeoutError,
    UsageError,
)
from zsgraph.execution import child
from zsgraph.execution.frames import REQUEST, frame
from zsgraph.execution.request import Request
from zsgraph.execution.result import Result
from zsgraph.namespaces import PREFIXES
from zsgraph.sparql.checks import Examined, examine

__all__ = ["DEFAULT_MEMORY", "DEFAULT_SECONDS", "QueryWorker", "Result"]

DEFAULT_SECONDS: Final = 30.0
DEFAULT_MEMORY: Final = 1 << 30


class QueryWorker:
    """Answers queries over a store, one at a time, within bounds of time and memory.

    A worker starts its child when it is first needed, or at :meth:`start`; a child that was ended
    is replaced at the next query.  One thread at a time may use a worker.

    Parameters
    ----------
    store
        The folder of the store, which is opened for reading only.
    memory
        Bytes that the child may take beyond what an open store takes (on Linux).
    prefixes
        Prefixes that queries need not declare.

    Examples
    --------
    >>> from zsgraph.knowledge import locate
    >>> from zsgraph.store import home_of, store_path
    >>> with QueryWorker(store_path(home_of(locate()))) as worker:
    ...     result = worker.run(Request("ASK { ?s ?p ?o }", solutions="json"))
    ...     b"".join(result)
    b'{"head":{},"boolean":true}'
    """

    def __init__(
        self,
        store: Path,
        memory: int = DEFAULT_MEMORY,
        prefixes: dict[str, str] = PREFIXES,
    ) -> None:
        self.store = store
        self.memory = memory
        self.prefixes = prefixes
        self._process: subprocess.Popen[bytes] | None = None
        self._graphs: frozenset[str] | None = None
        self._running: Result | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the graphs in the store."""
        if self._graphs is None:
            import pyoxigraph as ox

            store = ox.Store.read_only(str(self.store))
            self._graphs = frozenset(str(graph.value) for graph in store.named_graphs())
        return self._graphs

    def start(self) -> None:
        """Start the child if there is none; returns at once, while it opens the store."""
        if self._process is not None and self._process.poll() is None:
            return
        self._process = subprocess.Popen(
            [sys.executable, "-P", child.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,  # an interrupt at the terminal is for the parent to handle
        )
        settings = {"store": str(self.store), "memory": self.memory, "prefixes": self.prefixes}
        self._send(settings)

    def run(self, request: Request, seconds: float = DEFAULT_SECONDS) -> Result:
        """Ask a query; returns as soon as it is known what the answer is.

        Parameters
        ----------
        request
            The query and how its answer is written.
        seconds
            Seconds that the child may take; the time a reader takes between chunks is not counted.

        Raises
        ------
        QuerySyntaxError
            If the query is not SPARQL.
        QueryRefusedError
            If it asks another service, for an update, or for a graph that is not ours.
        QueryTimeoutError, QueryMemoryError
            If a bound was reached, here or while the result is read.
        UsageError
            If the answer cannot be written as the request has it.
        """
        if not seconds > 0:
            raise UsageError(
                f"时限应当是大于 0 的秒数，不是 {seconds:g}。",
                f"The time limit is in seconds, more than 0, not {seconds:g}.",
            )
        if self._running is not None and not self._running.complete:
            self.close()
        query = examine(request.text, self.prefixes, _Known(self))
        self.start()
        self._send(_content(request, query, seconds))
        self._running = Result(self, request, seconds)
        return self._running

    def close(self) -> None:
        """End the child; a query that it is at is given up."""
        process, self._process, self._running = self._process, None, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def interrupt(self) -> None:
        """End the child from any thread; the thread that reads the answer then finds it ended."""
        process = self._process
        if process is not None:
            process.kill()

    def _send(self, content: dict[str, Any]) -> None:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # reading the answer finds that the child has ended
            pending = memoryview(frame(REQUEST, json.dumps(content).encode()))
            while pending:
                pending = pending[process.stdin.write(pending) :]

    def receive(self, size: int, seconds: float, deadline: float) -> bytes:
        """Return ``size`` bytes from the child.

        Parameters
        ----------
        size
            Bytes to read.
        seconds
            The limit, as it is told when it is reached.
        deadline
            When it is reached, on the monotonic clock.

        Raises
        ------
        QueryTimeoutError, QueryMemoryError, QueryFailedError
            If the bytes do not come.
        """
        process = self._process
        if process is None or process.stdout is None:
            raise QueryFailedError("查询已被放弃。", "The query was given up.")
        source = process.stdout.fileno()
        waiting = select.poll()  # unlike select, it takes any number of open files
        waiting.register(source, select.POLLIN)
        content = bytearray()
        while len(content) < size:
            if not waiting.poll(1000 * max(0.0, deadline - time.monotonic())):
                self.close()
                raise QueryTimeoutError(seconds)
            piece = os.read(source, size - len(content))
            if not piece:
                raise self._ended(seconds)
            content += piece
        return bytes(content)

    def _ended(self, seconds: float) -> Exception:
        process = self._process
        assert process is not None
        code = process.wait()
        self.close()
        if code == -signal.SIGALRM:
            return QueryTimeoutError(seconds)
        if code in (-signal.SIGABRT, -signal.SIGKILL):  # what allocators, and the kernel, do
            return QueryMemoryError(self.memory)
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return QueryFailedError(
                "引擎在这个查询上中断，它嵌套得太深。请写得简单些。",
                "The engine broke down at this query, which is nested too deeply. Make it simpler.",
            )
        return QueryFailedError(
            f"查询进程中途结束（{code}）。请再试一次。",
            f"The query process ended halfway ({code}). Try again.",
        )


class _Known:
    """The graphs of a worker's store, looked up only for a query that names one."""

    def __init__(self, worker: QueryWorker) -> None:
        self._worker = worker

    def __contains__(self, graph: object) -> bool:
        return graph in self._worker.graphs

    def __iter__(self) -> Iterator[str]:
        return iter(self._worker.graphs)

    def __len__(self) -> int:
        return len(self._worker.graphs)


def _content(request: Request, query: Examined, seconds: float) -> dict[str, Any]:
    own = query.has_dataset and request.default is None and request.named is None
    return {
        "text": query.text,
        "union": request.default is None and not own,
        "default": request.default,
        "named": request.named,
        "solutions": request.solutions,
        "triples": request.triples,
        "limit": request.limit,
        "seconds": seconds,
    }
