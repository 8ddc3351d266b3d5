"""Each named query on us, on Virtuoso and on rdflib, over the same graph: answers, then times."""

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import rdflib

from benchmarks import endpoints
from benchmarks.generator import scaled
from zsgraph.answers import LIST_SEPARATOR, answer
from zsgraph.build import build
from zsgraph.knowledge import Knowledge, locate
from zsgraph.namespaces import PREFIXES
from zsgraph.queries import NamedQuery, load_queries
from zsgraph.store import Graph, open_graph

Rows = list[tuple[str, ...]]
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the clock that a query took, and whether its answer is ours."""

    median: float
    p95: float
    rows: Rows | None


def report(scale: int = 1, runs: int = 7, reference: bool = True) -> list[str]:
    """Return the measurements as the lines of a Markdown page.

    Parameters
    ----------
    scale
        How many times the shipped records.
    runs
        How often we and Virtuoso are asked each query; rdflib is asked once.
    reference
        Whether rdflib is asked.
    """
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        knowledge = scaled(locate(), scale, folder / "records")
        summary = build(knowledge, folder / "home")
        assert summary.published, summary.findings[:3]
        graph = open_graph(folder / "home")
        asked = _engines(graph, folder, stack, reference)
        lines = [
            f"The records {scale} times over, {len(graph.store):,} quads. Ours is the whole answer "
            "with its labels; Virtuoso's goes over HTTP. Milliseconds of the clock; “differs” where"
            " the rows are not ours.",
            "",
            f"| query | rows | ours, median | p95 | {' | '.join(asked)} |",
            "|---|---:|---:|---:|" + "---:|" * len(asked),
        ]
        lines += _lines(knowledge, graph, asked, runs)
        return lines


def _lines(
    knowledge: Knowledge,
    graph: Graph,
    asked: dict[str, tuple[Callable[[str], Rows], int]],
    runs: int,
) -> Iterator[str]:
    means: dict[str, list[float]] = {name: [] for name in ("ours", *asked)}
    slowest = ("", 0.0)
    for name, query in load_queries(knowledge.queries).items():
        ours = _timed(lambda query=query: _ours(graph, query), runs)  # type: ignore[misc]
        assert ours.rows is not None
        slowest = max(slowest, (name, ours.median), key=lambda pair: pair[1])
        cells = []
        for engine, (ask, times) in asked.items():
            theirs = _timed(lambda ask=ask, text=query.text: ask(text), times)  # type: ignore[misc]
            cells.append(_cell(theirs, ours.rows))
            if theirs.rows is not None:
                means[engine].append(theirs.median / ours.median)
        means["ours"].append(ours.median)
        yield (
            f"| `{name}` | {len(ours.rows)} | {ours.median:.1f} | {ours.p95:.1f} | "
            f"{' | '.join(cells)} |"
        )
    yield ""
    yield f"Geometric mean of ours {_mean(means['ours']):.1f} ms; the slowest is `{slowest[0]}` "
    yield f"with {slowest[1]:.0f} ms. Geometric mean of the other engine's time by ours: "
    yield "; ".join(f"{engine} {_mean(means[engine]):.1f}" for engine in asked) + "."


def _cell(theirs: Timing, ours: Rows) -> str:
    if theirs.rows is None:
        return "fails"
    same = _comparable(theirs.rows) == _comparable(ours)
    return f"{theirs.median:.1f}" + ("" if same else " (differs)")


def _engines(
    graph: Graph, folder: Path, stack: ExitStack, reference: bool
) -> dict[str, tuple[Callable[[str], Rows], int]]:
    data = folder / "data.nq"
    graph.store.dump(str(data), ox.RdfFormat.N_QUADS)
    engines: dict[str, tuple[Callable[[str], Rows], int]] = {}
    if shutil.which("virtuoso-t"):
        url = stack.enter_context(endpoints.virtuoso(data, folder))
        engines["Virtuoso"] = (lambda text: _over_http(f"{url}/sparql", text)), 7
    if reference:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data, format="nquads")
        engines["rdflib"] = (lambda text: _by_rdflib(dataset, text)), 1
    return engines


def _timed(ask: Callable[[], Rows], runs: int) -> Timing:
    taken, rows = [], None
    for _ in range(runs):
        begin = time.perf_counter()
        try:
            rows = ask()
        except OSError:  # an endpoint that refuses the query
            return Timing(0, 0, None)
        taken.append(1000 * (time.perf_counter() - begin))
    ordered = sorted(taken)
    return Timing(statistics.median(taken), ordered[int(0.95 * (runs - 1) + 0.5)], rows)


def _ours(graph: Graph, query: NamedQuery) -> Rows:
    found = answer(graph, query)
    return [tuple("" if v is None else str(getattr(v, "value", v)) for v in r) for r in found.terms]


def _by_rdflib(dataset: rdflib.Dataset, text: str) -> Rows:
    found = dataset.query(_PROLOGUE + text)
    return [tuple("" if v is None else str(v) for v in row) for row in found]  # type: ignore[union-attr]


def _over_http(address: str, text: str) -> Rows:
    body = urlencode({"query": _PROLOGUE + text}).encode()
    accept = {"Accept": "application/sparql-results+json"}
    with urlopen(Request(address, body, accept), timeout=60) as answered:
        told = json.load(answered)
    names = told["head"]["vars"]
    return [
        tuple(row[name]["value"] if name in row else "" for name in names)
        for row in told["results"]["bindings"]
    ]


def _comparable(rows: Rows) -> Rows:
    """Sort rows and the members of lists, whose order SPARQL leaves open, and even out numbers."""
    return sorted(tuple(_even(value) for value in row) for row in rows)


def _even(value: str) -> str:
    parts = sorted(filter(None, value.split(LIST_SEPARATOR)))
    try:
        return f"{float(value):.6g}"
    except ValueError:
        return {"true": "1", "false": "0"}.get(value, LIST_SEPARATOR.join(parts))


def _mean(values: list[float]) -> float:
    return exp(sum(map(log, values)) / len(values)) if values else float("nan")
