"""Asking within limits: named queries and queries of one's own, through a query worker."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.answers import Answer, Row, Runner
from zsgraph.errors import QueryError
from zsgraph.execution.request import Request, selected
from zsgraph.execution.worker import DEFAULT_SECONDS, QueryWorker, Result
from zsgraph.findings import Message
from zsgraph.labels import labels_of
from zsgraph.queries import ColumnHead, NamedQuery
from zsgraph.sparql.bindings import bound
from zsgraph.store import Graph
from zsgraph.terms import Term
from zsgraph.views import View

_TRIPLE: Final = {
    "subject": Message("主语", "Subject"),
    "predicate": Message("谓语", "Predicate"),
    "object": Message("宾语", "Object"),
}
_ANSWER: Final = Message("答案", "Answer")
_SUMMARY: Final = Message("查询结果", "Result of a query")
_SENTENCE: Final = Message("{count} 行。", "{count} rows.")


@dataclass(frozen=True, slots=True)
class Question:
    """A query of one's own.

    Attributes
    ----------
    text
        SPARQL 1.1; the known prefixes need not be declared.
    bindings
        Terms in N-Triples syntax by the variable that they are the values of.
    selection
        Which graphs are read: one of :data:`zsgraph.execution.request.SELECTIONS`.
    limit
        Rows at most, or None.
    seconds
        Seconds it may take.
    """

    text: str
    bindings: Mapping[str, Term] = field(default_factory=dict)
    selection: str = "all"
    limit: int | None = None
    seconds: float = DEFAULT_SECONDS

    def request(self, worker: QueryWorker, solutions: str, triples: str) -> Request:
        """Return what is asked of a worker.

        Raises
        ------
        UsageError
            If there is no such selection, or a bound variable is not in the query.
        """
        text = bound(self.text, self.bindings)
        graphs = None if self.selection == "all" else selected(self.selection, worker.graphs)
        return Request(text, graphs, graphs, solutions, triples, self.limit)


def ask(graph: Graph, worker: QueryWorker, question: Question, language: str = "zh") -> Answer:
    """Ask a query of one's own and return its whole answer.

    Parameters
    ----------
    graph
        The graph, for labels.
    worker
        Runs the query.
    question
        What to ask.
    language
        ``zh`` or ``en``, for headings and labels.

    Raises
    ------
    ZsgraphError
        As :meth:`zsgraph.execution.worker.QueryWorker.run` does.
    """
    result = _run(worker, question)
    heads, rows = _read(result)
    query = _unnamed(question.text, heads)
    iris = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    return Answer(
        query=query,
        language=language,
        terms=rows,
        labels=labels_of(graph.store, iris, language),
        graph=graph.description,
        form=result.form,
        cut=result.cut,
    )


def _run(worker: QueryWorker, question: Question) -> Result:
    try:
        return worker.run(question.request(worker, "tsv", "ntriples"), question.seconds)
    except QueryError:
        if question.bindings:  # the place of a fault is that in the text as it was given
            worker.run(Request(question.text), question.seconds).close()
        raise


def runner(worker: QueryWorker, seconds: float) -> Runner:
    """Return what runs a named query within limits (see :func:`zsgraph.answers.answer`)."""

    def run(text: str) -> tuple[tuple[str, ...], list[Row]]:
        result = worker.run(Request(text), seconds)
        return result.variables, _solutions(result) if result.form == "solutions" else []

    return run


def _read(result: Result) -> tuple[tuple[ColumnHead, ...], list[Row]]:
    if result.form == "boolean":
        b"".join(result)
        truth = ox.Literal(bool(result.boolean))
        return (ColumnHead("answer", _ANSWER),), [(truth,)]
    if result.form == "triples":
        heads = tuple(ColumnHead(name, heading) for name, heading in _TRIPLE.items())
        quads = ox.parse(_file(result), ox.RdfFormat.N_TRIPLES, lenient=True)
        return heads, [(q.subject, q.predicate, q.object) for q in quads]
    heads = tuple(ColumnHead(name, Message(name, name)) for name in result.variables)
    return heads, _solutions(result)


def _solutions(result: Result) -> list[Row]:
    answers = ox.parse_query_results(_file(result), ox.QueryResultsFormat.TSV)
    assert isinstance(answers, ox.QuerySolutions)
    return [tuple(solution) for solution in answers]


def _file(result: Result) -> io.BufferedReader:
    return io.BufferedReader(_Stream(result), 1 << 16)


class _Stream(io.RawIOBase):
    """The chunks of a result as a file, which keeps one of them at a time."""

    def __init__(self, result: Result) -> None:
        self._chunks: Iterator[bytes] = iter(result)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = next(self._chunks, b"")
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def _unnamed(text: str, heads: tuple[ColumnHead, ...]) -> NamedQuery:
    return NamedQuery(
        name="sparql",
        folder="",
        path=Path("sparql.rq"),
        summary=_SUMMARY,
        description=_SUMMARY,
        answer=_SENTENCE,
        parameters=(),
        columns=heads,
        brief=(),
        view=View(),
        text=text,
    )
