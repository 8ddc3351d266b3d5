"""A query of others is answered within bounds, or stopped, and reaches nothing but the store."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from zsgraph.build import Summary
from zsgraph.errors import (
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    UsageError,
)
from zsgraph.execution.request import Request, selected
from zsgraph.execution.worker import QueryWorker, Result
from zsgraph.namespaces import GRAPH_INFERRED
from zsgraph.store import store_path

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT ?a ?c ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def worker(built: tuple[Path, Summary]) -> Iterator[QueryWorker]:
    with QueryWorker(store_path(built[0]), memory=1 << 28) as worker:
        yield worker


def number(result: Result) -> int:
    return int(b"".join(result).split()[1])


def process_of(worker: QueryWorker) -> int:
    assert worker._process is not None
    return worker._process.pid


def test_one_child_answers_one_query_after_another(worker: QueryWorker) -> None:
    first = worker.run(Request("ASK { ?s ?p ?o }", solutions="json"))
    assert first.form == "boolean"
    assert first.boolean is True
    assert json.loads(b"".join(first)) == {"head": {}, "boolean": True}
    child = process_of(worker)
    second = worker.run(Request("SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) } }", solutions="csv"))
    assert second.variables == ("x", "y")
    assert b"".join(second) == b"x,y\r\n1,\r\n"
    assert process_of(worker) == child


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_limit_cuts_and_says_so(worker: QueryWorker, form: str) -> None:
    query = 'SELECT ?x { VALUES ?x { "一\\n二" "b\\tc" <http://x/> } }'
    texts, cuts = [], []
    for limit in (2, 3, None):
        result = worker.run(Request(query, solutions=form, limit=limit))
        texts.append(b"".join(result))
        cuts.append(result.cut)
    assert cuts == [True, False, False]
    assert texts[0] != texts[1] == texts[2]


def test_triples_are_limited_and_written_with_prefixes(worker: QueryWorker) -> None:
    query = "CONSTRUCT WHERE { ?s skos:prefLabel ?o }"
    result = worker.run(Request(query, triples="turtle", limit=7))
    text = b"".join(result)
    assert result.form == "triples"
    assert result.cut
    assert b"skos:prefLabel" in text
    assert len(list(ox.parse(text, ox.RdfFormat.TURTLE))) == 7


def test_the_graphs_to_read_are_chosen(worker: QueryWorker) -> None:
    parts = {
        name: number(worker.run(Request(COUNT, default=selected(name, worker.graphs))))
        for name in ("all", "asserted", "inferred")
    }
    assert parts["all"] == parts["asserted"] + parts["inferred"]
    assert min(parts.values()) > 0
    dataset = COUNT.replace("{", "FROM graph:inferred {")
    assert number(worker.run(Request(dataset))) == parts["inferred"]
    over = Request(dataset, default=selected("asserted", worker.graphs))
    assert number(worker.run(over)) == parts["asserted"], "the protocol goes before the query"
    names = Request("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", named=(GRAPH_INFERRED,))
    assert b"".join(worker.run(names)).split() == [b"?g", f"<{GRAPH_INFERRED}>".encode()]


def test_a_query_that_does_not_end_is_stopped(worker: QueryWorker) -> None:
    with pytest.raises(QueryTimeoutError) as caught:
        worker.run(Request(ENDLESS), seconds=0.3)
    assert caught.value.seconds == 0.3
    assert number(worker.run(Request(COUNT))) > 0, "a new child answers"


def test_a_stream_that_does_not_end_is_stopped(worker: QueryWorker) -> None:
    with pytest.raises(QueryTimeoutError):
        for _ in worker.run(Request(ENDLESS.replace("(COUNT(*) AS ?n)", "*")), seconds=0.5):
            pass


def test_a_query_that_needs_too_much_memory_is_stopped(worker: QueryWorker) -> None:
    with pytest.raises(QueryMemoryError) as caught:
        worker.run(Request(GREEDY), seconds=60)
    assert caught.value.size == worker.memory
    assert number(worker.run(Request(COUNT))) > 0


def test_a_query_that_overflows_the_stack_is_told(worker: QueryWorker) -> None:
    deep = "ASK { FILTER(" + "(" * 300_000 + "1" + ")" * 300_000 + ") }"
    with pytest.raises(QueryFailedError, match="nested"):
        worker.run(Request(deep))
    assert number(worker.run(Request(COUNT))) > 0


def test_a_result_given_up_frees_the_worker(worker: QueryWorker) -> None:
    abandoned = worker.run(Request(ENDLESS.replace("(COUNT(*) AS ?n)", "*")))
    next(iter(abandoned))
    abandoned.close()
    assert number(worker.run(Request(COUNT))) > 0


def test_a_child_killed_by_others_is_replaced(worker: QueryWorker) -> None:
    worker.start()
    assert worker._process is not None
    worker._process.terminate()
    worker._process.wait(10)
    assert number(worker.run(Request(COUNT))) > 0


def test_a_child_whose_parent_has_gone_ends(built: tuple[Path, Summary]) -> None:
    worker = QueryWorker(store_path(built[0]))
    assert number(worker.run(Request(COUNT))) > 0
    process = worker._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("request_", "seconds"),
    [(Request("ASK {}", solutions=""), 5), (Request("ASK {}"), 0), (Request("ASK {}"), -1)],
)
def test_wrong_use_is_told(worker: QueryWorker, request_: Request, seconds: float) -> None:
    with pytest.raises(UsageError):
        worker.run(request_, seconds)


@pytest.mark.parametrize(
    ("query", "line", "column", "nearest"),
    [
        ("SELEC * { ?s ?p ?o }", 1, 1, ("SELECT",)),
        ("SELECT *\n{ ?s skoss:prefLabel ?o }", 2, 6, ("skos:",)),
        ("SELECT * {\n  # 注释\n  { ?s ?p ?o }", 1, 10, ()),
        ("SELECT * { ?s ?p '四川 }", 1, 18, ()),
        ("SELECT *\n{ ?s ?p ?o } LIMT 3", 2, 14, ("LIMIT",)),
        ("SELECT * { ?s ?p ?o OPTINAL { ?s a ?x } }", 1, 21, ("OPTIONAL",)),
        ("SELECT * { ?s rdfs:label '四川'@zh ; ?o }", 1, 39, ()),
        ("SELECT ?s ?t { ?s a ?t } GROUP BY ?s", 1, 11, ()),
        ("SELECT * { ?s a ?t } ORDER BY", 1, 30, ()),
        ("SELECT * { ?s a ?t # SERVICE\n <http://x/#y> ?z }", 2, 2, ()),
    ],
)
def test_a_query_that_is_not_sparql_is_told_where(
    worker: QueryWorker, query: str, line: int, column: int, nearest: tuple[str, ...]
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        worker.run(Request(query))
    error = caught.value
    assert (error.line, error.column, error.nearest) == (line, column, nearest)
    assert error.shown == query.split("\n")[line - 1]


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <a:a> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1/> { ?s ?p ?o }",
    ],
)
def test_what_is_not_ours_to_read_is_refused(worker: QueryWorker, query: str) -> None:
    with pytest.raises(QueryRefusedError):
        worker.run(Request(query))


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on a port; whoever connects is remembered."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            heard.append(connection.recv(100))
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], heard
    server.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?a ?b ?c } }",
        "SELECT * { service silent <URL> { ?a ?b ?c } }",
        "SELECT * { ?s ?p ?o . SERVICE ?o { ?a ?b ?c } } VALUES ?o { <URL> }",
        "PREFIX SERVICEx: <URL> SELECT * { SERVICEx:y { ?a ?b ?c } }",
        "SELECT * { ?s a trueSERVICE<URL> { ?a ?b ?c } }",
        "SELECT * { ?s a _:b.SERVICE<URL> { ?a ?b ?c } }",
        "SELECT * { ?s a zs:b.SERVICE<URL> { ?a ?b ?c } }",
        "SELECT * { BIND(<URL> AS ?v) FILTER(?v<1)SERVICE?v#>\n{ ?a ?b ?c } }",
        'SELECT * { FILTER(1<1#>"""\n) SERVICE <URL> { ?a ?b ?c } #"""\n}',
        'SELECT * { #\r"""\nSERVICE <URL> { ?a ?b ?c } #"""\n}',
    ],
)
def test_no_query_reaches_the_network(
    worker: QueryWorker, listener: tuple[int, list[bytes]], query: str
) -> None:
    port, heard = listener
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        b"".join(worker.run(Request(query.replace("URL", f"http://127.0.0.1:{port}/"))))
    assert heard == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?p != zs:Service) }",
        "# SERVICE is a word here\nSELECT (COUNT(*) AS ?n) { ?s ?p ?service }",
        'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o != "SERVICE <http://x/> {") }',
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?p != <http://x.org/#Service>) }",
        "PREFIX : <https://w3id.org/zsgraph/id/services/> "
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?s != :x) }",
    ],
)
def test_the_word_service_may_stand_where_it_is_no_keyword(worker: QueryWorker, query: str) -> None:
    assert number(worker.run(Request(query))) > 0


def test_a_child_ends_after_its_time_though_its_parent_was_killed(
    built: tuple[Path, Summary],
) -> None:
    code = f"""
import os, signal
from pathlib import Path
from zsgraph.execution import child
from zsgraph.execution.request import Request
from zsgraph.execution.worker import QueryWorker
worker = QueryWorker(Path({str(store_path(built[0]))!r}))
b"".join(worker.run(Request("ASK {{}}")))
worker._send({{"text": {ENDLESS!r}, "union": True, "default": None, "named": None,
  "solutions": "tsv", "triples": "", "limit": None, "seconds": 0.2 - child._GRACE}})
print(worker._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    orphan = int(killed.stdout)
    for _ in range(600):
        state = Path(f"/proc/{orphan}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the child goes on")
