"""The server under load: the mix of its users, and SPARQL side by side with other endpoints.

``python -m benchmarks.serve [seconds]`` runs this part alone.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from benchmarks import endpoints
from benchmarks.load import Call, Load, put_load
from zsgraph.knowledge import locate
from zsgraph.namespaces import ID, PREFIXES
from zsgraph.queries import load_queries
from zsgraph.store import Graph, home_of, open_graph

CLIENTS = 32
_JSON = "application/sparql-results+json"
_DECLARED = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("zs", "skos", "rdf"))
_QUESTIONS = (
    "SELECT ?c (COUNT(*) AS ?n) {{ ?s a ?c }} GROUP BY ?c ORDER BY DESC(?n) LIMIT {n}",
    "SELECT ?s ?l {{ ?s a zs:Platform ; skos:prefLabel ?l }} ORDER BY ?s LIMIT {n}",
    "SELECT ?s ?l ?w {{ ?s a zs:PolicyDocument ; skos:prefLabel ?l ; zs:inForceIn ?r . "
    "?r skos:prefLabel ?w }} ORDER BY ?s LIMIT {n}",
)


def report(seconds: float = 20.0) -> list[str]:
    """Return the measurements as the lines of Markdown tables.

    Parameters
    ----------
    seconds
        How long each load lasts.
    """
    home = home_of(locate())
    graph = open_graph(home)
    lines = [
        f"{CLIENTS} clients, each over a connection of its own, on the machine of the server.",
        "",
        "| load on `zsgraph serve` | requests/s | p50, ms | p99, ms | errors |",
        "|---|---:|---:|---:|---:|",
    ]
    with endpoints.ours(home) as url:
        for name, calls in (("its users' mix", mix(graph)), ("SPARQL alone", sparql(graph, 1))):
            lines.append(_row(name, put_load(url, calls, CLIENTS, seconds)))
    return [*lines, "", *_side_by_side(home, graph, seconds)]


def mix(graph: Graph) -> list[Call]:
    """Return what people and programs ask: pages, named queries, linked data, SPARQL."""
    things = _things(graph)
    calls = [
        Call(f"{iri.removeprefix('https://w3id.org/zsgraph')}.html", "text/html") for iri in things
    ]
    calls += [Call(f"{iri.removeprefix('https://w3id.org/zsgraph')}.ttl") for iri in things[::4]]
    for name, query in load_queries(locate().queries).items():
        needed = "&".join(f"{p.name}={quote(p.example)}" for p in query.parameters if p.required)
        calls += [Call(f"/api/queries/{name}?limit={n}&{needed}".rstrip("&")) for n in (20, 100)]
    return calls + sparql(graph, 1)[:400]


def sparql(graph: Graph, spread: int) -> list[Call]:
    """Return SPARQL queries: mostly look-ups, some lists and aggregates.

    Parameters
    ----------
    graph
        Whose things are looked up.
    spread
        How many times each query is there, each time worded otherwise: an endpoint that
        remembers answers then has to work them out anew.
    """
    texts = [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri in _things(graph)]
    texts += [question.format(n=n) for question in _QUESTIONS for n in range(10, 60)]
    return [
        Call(f"/sparql?query={quote(f'{_DECLARED}{text} # {n}')}", _JSON)
        for text in texts
        for n in range(spread)
    ]


def _side_by_side(home: Path, graph: Graph, seconds: float) -> Iterator[str]:
    loads: dict[str, Load] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        graph.store.dump(str(data), ox.RdfFormat.N_QUADS)
        for name, start, spread in _endpoints(home, data, Path(folder)):
            with start() as url:
                loads[name] = put_load(url, sparql(graph, spread), CLIENTS, seconds)
    last, slowest = list(loads.items())[-1]
    yield f"| endpoint, same queries | requests/s | p50, ms | p99, ms | errors | × {last} |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, load in loads.items():
        yield f"{_row(name, load)} {load.rate / slowest.rate:.1f} |"


def _endpoints(
    home: Path, data: Path, folder: Path
) -> Iterator[tuple[str, Callable[[], AbstractContextManager[str]], int]]:
    yield "zsgraph, queries asked before", lambda: endpoints.ours(home), 1
    yield "zsgraph, every query a new one", lambda: endpoints.ours(home), 200
    if shutil.which("virtuoso-t"):
        yield "Virtuoso", lambda: endpoints.virtuoso(data, folder), 1
    if find_spec("rdflib_endpoint"):
        yield "rdflib-endpoint", lambda: endpoints.rdflib_endpoint(data), 1


def _row(name: str, load: Load) -> str:
    p50, p99 = (1000 * load.percentile(part) for part in (0.5, 0.99))
    return f"| {name} | {load.rate:,.0f} | {p50:.1f} | {p99:.1f} | {load.errors} |"


def _things(graph: Graph) -> list[str]:
    """Return every fifth thing of ours that has a label."""
    answers = graph.query(
        "SELECT DISTINCT ?s { ?s skos:prefLabel ?l "
        f'FILTER(STRSTARTS(STR(?s), "{ID}")) }} ORDER BY ?s'
    )
    assert isinstance(answers, ox.QuerySolutions)
    return [row["s"].value for row in answers][::5]


if __name__ == "__main__":
    print("\n".join(report(float(sys.argv[1]) if sys.argv[1:] else 20.0)))
