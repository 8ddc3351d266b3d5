"""The child process of a query worker: opens a store once and answers one request after another.

Run as a script.  It imports little, so that it starts quickly, and holds no secrets: all that it
can do is read one store.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from zsgraph.execution.frames import DATA, END, FAULT, HEAD, HEADER, frame

_CHUNK: Final = 1 << 16
#: Seconds after which the kernel ends a child whose parent has gone without ending it.
_GRACE: Final = 5.0
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


class _Pipe:
    """Sends frames; what is written to it goes out in chunks while it is being made."""

    def __init__(self, out: BinaryIO, seconds: float) -> None:
        self._out = out
        self._seconds = seconds
        self._buffer = bytearray()

    def write(self, content: bytes) -> int:
        self._buffer += content
        if len(self._buffer) >= _CHUNK:
            self.flush()
        return len(content)

    def flush(self) -> None:
        if self._buffer:
            self.send(DATA, bytes(self._buffer))
            self._buffer.clear()

    def send(self, kind: bytes, content: bytes = b"") -> None:
        self._out.write(frame(kind, content))
        self._out.flush()
        _set_alarm(self._seconds)


class _UnsuitableError(Exception):
    """No format was named for an answer of this form."""


def main() -> None:
    """Answer the requests on standard input until it ends."""
    requests, out = sys.stdin.buffer, sys.stdout.buffer
    settings = json.loads(_read(requests) or b"{}")
    try:
        store = ox.Store.read_only(settings["store"])
    except OSError as error:
        out.write(frame(FAULT, _fault("store", str(error))))
        out.flush()
        return
    _bound_memory(settings["memory"])
    while (content := _read(requests)) is not None:
        request = json.loads(content)
        pipe = _Pipe(out, request["seconds"])
        _set_alarm(request["seconds"])
        try:
            _answer(store, request, settings["prefixes"], pipe)
        except BrokenPipeError:
            return
        except BaseException as error:  # a panic of the engine is no Exception
            pipe.send(FAULT, _fault(_kind(error), str(error)))
        _set_alarm(None)


def _answer(
    store: ox.Store, request: dict[str, Any], prefixes: dict[str, str], pipe: _Pipe
) -> None:
    result = store.query(
        request["text"],
        prefixes=prefixes,
        use_default_graph_as_union=request["union"],
        default_graph=_graphs(request["default"]),
        named_graphs=_graphs(request["named"]),
    )
    if isinstance(result, ox.QueryTriples):
        _send_triples(result, request, prefixes, pipe)
    else:
        form = _SOLUTIONS.get(request["solutions"])
        if form is None:
            raise _UnsuitableError("solutions")
        if isinstance(result, ox.QueryBoolean):
            _head(pipe, "boolean", boolean=bool(result))
            result.serialize(_file(pipe), form)
        else:
            _send_solutions(result, form, request["limit"], pipe)
    pipe.flush()
    pipe.send(END)


def _send_solutions(
    result: ox.QuerySolutions, form: ox.QueryResultsFormat, limit: int | None, pipe: _Pipe
) -> None:
    names = [variable.value for variable in result.variables]
    if limit is None:
        _head(pipe, "solutions", variables=names)
        result.serialize(_file(pipe), form)
        return
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ("\t".join("" if t is None else str(t) for t in row) for row in islice(result, limit))
    cut = next(result, None) is not None
    _head(pipe, "solutions", variables=names, cut=cut)
    text = "\n".join([*lines, ""]).encode()
    again = ox.parse_query_results(text, ox.QueryResultsFormat.TSV)
    assert isinstance(again, ox.QuerySolutions)
    again.serialize(_file(pipe), form)


def _send_triples(
    result: ox.QueryTriples, request: dict[str, Any], prefixes: dict[str, str], pipe: _Pipe
) -> None:
    form = _TRIPLES.get(request["triples"])
    if form is None:
        raise _UnsuitableError("triples")
    triples: Iterator[ox.Triple] = result
    if request["limit"] is None:
        _head(pipe, "triples")
    else:
        first = list(islice(result, request["limit"]))
        _head(pipe, "triples", cut=next(result, None) is not None)
        triples = iter(first)
    ox.serialize(triples, _file(pipe), format=form, prefixes=prefixes)


def _head(pipe: _Pipe, form: str, **more: Any) -> None:
    pipe.send(HEAD, json.dumps({"form": form} | more).encode())


def _file(pipe: _Pipe) -> Any:
    """Return the pipe as the file that the engine asks for; it only ever writes to it."""
    return pipe


def _graphs(names: list[str] | None) -> Any:
    return None if names is None else [ox.NamedNode(name) for name in names]


def _read(requests: BinaryIO) -> bytes | None:
    header = requests.read(HEADER.size)
    return requests.read(HEADER.unpack(header)[1]) if len(header) == HEADER.size else None


def _kind(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return "syntax"
    if isinstance(error, MemoryError):
        return "memory"
    return "unsuitable" if isinstance(error, _UnsuitableError) else "engine"


def _fault(kind: str, detail: str) -> bytes:
    return json.dumps({"kind": kind, "detail": detail}).encode()


def _bound_memory(size: int) -> None:
    """Let this process grow by ``size`` bytes from here; the engine aborts beyond."""
    try:
        import resource

        pages = int(open("/proc/self/statm").read().split()[0])  # noqa: SIM115
        bound = pages * os.sysconf("SC_PAGE_SIZE") + size
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):  # not Linux: the time limit has to do
        pass


def _set_alarm(seconds: float | None) -> None:
    """Have the kernel end this process should nobody else do; SIGALRM needs no interpreter."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + _GRACE)


if __name__ == "__main__":
    main()
