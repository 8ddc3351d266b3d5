"""The answer to a query while it is being read from a worker's child."""

import json
import time
from collections.abc import Iterator
from typing import Protocol

from zsgraph.errors import QueryFailedError, QueryMemoryError, UsageError
from zsgraph.execution.frames import DATA, END, HEAD, HEADER
from zsgraph.execution.request import SOLUTION_FORMATS, TRIPLE_FORMATS, Request
from zsgraph.sparql.faults import syntax_error


class Worker(Protocol):
    """What a result needs of the worker that it comes from."""

    memory: int
    prefixes: dict[str, str]

    def receive(self, size: int, seconds: float, deadline: float) -> bytes:
        """Return bytes from the child, or raise what stopped it."""

    def close(self) -> None:
        """End the child."""


class Result:
    """The answer to a query, read in chunks of bytes while the child writes them.

    Attributes
    ----------
    form
        ``solutions``, ``boolean`` or ``triples``.
    variables
        Names of the variables of solutions, in order.
    boolean
        The truth value that ASK gives.
    cut
        Whether there was more than the request's limit.
    complete
        Whether all of it has been read.
    """

    def __init__(self, worker: Worker, request: Request, seconds: float) -> None:
        self._worker = worker
        self._request = request
        self._seconds = seconds
        self._left = seconds
        self.complete = False
        kind, content = self._frame()
        assert kind == HEAD
        head = json.loads(content)
        self.form: str = head["form"]
        self.variables: tuple[str, ...] = tuple(head.get("variables", ()))
        self.boolean: bool | None = head.get("boolean")
        self.cut: bool = head.get("cut", False)

    def __iter__(self) -> Iterator[bytes]:
        while not self.complete:
            kind, content = self._frame()
            if kind == DATA:
                yield content

    def close(self) -> None:
        """Give up what was not read; the worker's child is ended unless all was."""
        if not self.complete:
            self.complete = True
            self._worker.close()

    def _frame(self) -> tuple[bytes, bytes]:
        began = time.monotonic()
        try:
            header = self._worker.receive(HEADER.size, self._seconds, began + self._left)
            kind, size = HEADER.unpack(header)
            content = self._worker.receive(size, self._seconds, began + self._left)
        except BaseException:
            self.complete = True
            raise
        self._left -= time.monotonic() - began
        if kind in (HEAD, DATA):
            return kind, content
        self.complete = True
        if kind == END:
            return kind, content
        raise self._fault(**json.loads(content))

    def _fault(self, kind: str, detail: str) -> Exception:
        if kind == "syntax":
            return syntax_error(self._request.text, detail, self._worker.prefixes)
        if kind == "unsuitable":
            known = {"solutions": SOLUTION_FORMATS, "triples": TRIPLE_FORMATS}[detail]
            zh = {"solutions": "一张表或是否", "triples": "三元组"}[detail]
            en = {"solutions": "a table or a truth value", "triples": "triples"}[detail]
            return UsageError(
                f"这个查询的结果是{zh}，不能写成所选的格式。可用：{'、'.join(known)}。",
                f"This query gives {en}, which the chosen format does not hold. Take one of: "
                f"{', '.join(known)}.",
            )
        if kind == "memory":
            return QueryMemoryError(self._worker.memory)
        return QueryFailedError(f"引擎出错：{detail}", f"The engine failed: {detail}")
