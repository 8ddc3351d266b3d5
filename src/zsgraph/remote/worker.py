"""A service in place of a query worker: queries of one's own, in any format, up to a limit."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, cast

import pyoxigraph as ox

from zsgraph.errors import UsageError
from zsgraph.execution.request import SOLUTION_FORMATS, TRIPLE_FORMATS, Request
from zsgraph.execution.worker import DEFAULT_SECONDS
from zsgraph.namespaces import PREFIXES
from zsgraph.remote.prologue import with_prefixes
from zsgraph.remote.store import RemoteStore
from zsgraph.sparql.checks import examine
from zsgraph.sparql.tokens import tokens

_SOLUTIONS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRIPLES: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_MAKES_TRIPLES: Final = ("CONSTRUCT", "DESCRIBE")
_FORMS: Final = ("SELECT", "ASK", *_MAKES_TRIPLES)


class RemoteResult:
    """An answer that a service gave as a whole (see :class:`zsgraph.execution.result.Result`)."""

    def __init__(
        self,
        form: str,
        content: bytes,
        variables: tuple[str, ...] = (),
        boolean: bool | None = None,
        cut: bool = False,
    ) -> None:
        self.form = form
        self.variables = variables
        self.boolean = boolean
        self.cut = cut
        self.complete = False
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        self.complete = True
        yield self._content

    def close(self) -> None:
        """Give up what was not read."""
        self.complete = True


class RemoteWorker:
    """Answers requests as :class:`zsgraph.execution.worker.QueryWorker` does, from a service.

    Parameters
    ----------
    store
        The service.
    """

    def __init__(self, store: RemoteStore) -> None:
        self._store = store
        self.graphs = frozenset(store.graphs)
        self.prefixes = PREFIXES

    def run(self, request: Request, seconds: float = DEFAULT_SECONDS) -> RemoteResult:
        """Ask a query.

        Raises
        ------
        RemoteError
            If the service does not answer it.
        QueryRefusedError
            If the query asks for another service or for graphs that are not ours.
        UsageError
            If the answer is not of the form that was asked for.
        """
        if _form(request.text) in _MAKES_TRIPLES:
            return self._triples(request, seconds)
        found = self._store.query(request.text, seconds=seconds, default=request.default)
        form = _SOLUTIONS.get(request.solutions)
        if form is None:
            raise _unsuitable("一张表或是否", "a table or a truth value", SOLUTION_FORMATS)
        out = io.BytesIO()
        if isinstance(found, ox.QueryBoolean):
            found.serialize(out, form)
            return RemoteResult("boolean", out.getvalue(), boolean=bool(found))
        names = tuple(variable.value for variable in found.variables)
        rows = list(found if request.limit is None else islice(found, request.limit))
        lines = ["\t".join(f"?{name}" for name in names)]
        lines += ("\t".join("" if t is None else str(t) for t in row) for row in rows)
        table = "\n".join([*lines, ""]).encode()
        again = ox.parse_query_results(table, ox.QueryResultsFormat.TSV)
        assert isinstance(again, ox.QuerySolutions)
        again.serialize(out, form)
        cut = request.limit is not None and next(found, None) is not None
        return RemoteResult("solutions", out.getvalue(), names, cut=cut)

    def _triples(self, request: Request, seconds: float) -> RemoteResult:
        form = _TRIPLES.get(request.triples)
        if form is None:
            raise _unsuitable("三元组", "triples", TRIPLE_FORMATS)
        examined = examine(request.text, PREFIXES, self.graphs)
        graphs = () if examined.has_dataset else (request.default or self._store.graphs)
        text = with_prefixes(request.text)
        body = self._store.client.construct(text, graphs, graphs, seconds=seconds)
        triples = [quad.triple for quad in ox.parse(body, ox.RdfFormat.TURTLE, lenient=True)]
        cut = request.limit is not None and len(triples) > request.limit
        out = ox.serialize(triples[: request.limit], format=form, prefixes=PREFIXES)
        return RemoteResult("triples", cast(bytes, out), cut=cut)


def _form(text: str) -> str:
    found = (token.keyword for token in tokens(text))
    return next((word for word in found if word in _FORMS), "")


def _unsuitable(zh: str, en: str, known: Any) -> UsageError:
    return UsageError(
        f"这个查询的结果是{zh}，不能写成所选的格式。可用：{'、'.join(known)}。",
        f"This query gives {en}, which the chosen format does not hold. Take one of: "
        f"{', '.join(known)}.",
    )
