"""What attackers send is refused or bounded, and the server is well afterwards."""

import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from tests.web.live import Live, running
from zsgraph.build import Summary
from zsgraph.namespaces import ID
from zsgraph.store import load, new_store, publish
from zsgraph.terms import iri, literal

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT ?a ?c ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
SECONDS = 2


@pytest.fixture(scope="module")
def strict(built: tuple[Path, Summary]) -> Iterator[Live]:
    limits = ["--timeout", "2", "--client-timeout", "2", "--queries", "2", "--queue", "4"]
    options = [*limits, "--memory", "200", "--workers", "1"]
    with running(built[0], *options) as live:
        yield live


@pytest.fixture(autouse=True)
def well_afterwards(strict: Live) -> Iterator[None]:
    yield
    assert strict.is_well()
    assert strict.process.poll() is None
    assert not [line for line in strict.said if "Traceback" in line], "".join(strict.said[-60:])


def raw(live: Live, content: bytes, seconds: float = 10) -> bytes:
    """Send bytes as they are, and return what comes until the server closes or time is up."""
    with closing(socket.create_connection(("127.0.0.1", live.port), seconds)) as sock:
        sock.sendall(content)
        return rest(sock)


def rest(sock: socket.socket) -> bytes:
    got = b""
    try:
        while part := sock.recv(65536):
            got += part
    except (TimeoutError, ConnectionError):
        pass
    return got


def get(live: Live, query: str, **more: str) -> httpx.Response:
    return httpx.get(f"{live.url}/sparql", params={"query": query} | more, timeout=30)


def post(live: Live, content: bytes | Iterator[bytes], kind: str) -> httpx.Response:
    return httpx.post(
        f"{live.url}/sparql", content=content, headers={"Content-Type": kind}, timeout=30
    )


# --- Updates, and reaching out


@pytest.mark.parametrize(
    "update",
    [
        "DROP ALL",
        "CLEAR DEFAULT",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "LOAD <http://127.0.0.1/>",
        "CREATE GRAPH <urn:x>",
    ],
)
def test_updates_are_refused_however_they_are_sent(strict: Live, update: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } #"
    before = get(strict, count).json()
    answers = [
        get(strict, update),
        httpx.get(f"{strict.url}/sparql", params={"update": update}),
        httpx.post(f"{strict.url}/sparql", data={"update": update}),
        httpx.post(f"{strict.url}/sparql", data={"query": update}),
        post(strict, update.encode(), "application/sparql-update"),
        post(strict, update.encode(), "application/sparql-query"),
    ]
    assert {answer.status_code for answer in answers} <= {400, 403}
    assert get(strict, count + "#").json() == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:PORT/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:PORT/#x> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX x: <file:///etc/> SELECT * FROM x:passwd { ?s ?p ?o }",
    ],
)
def test_a_query_reaches_neither_files_nor_the_network(strict: Live, query: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as trap:
        trap.settimeout(0.2)
        answer = get(strict, query.replace("PORT", str(trap.getsockname()[1])))
        assert answer.status_code in (400, 403)
        assert "root:" not in answer.text
        with pytest.raises(TimeoutError):
            trap.accept()


# --- Paths and headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/..%2fsettings.py",
        "/static/%2e%2e/%2e%2e/errors.py",
        "/static//etc/passwd",
        "/static/....//settings.py",
        "/static/..\\settings.py",
        "/graph/../../../../etc/passwd",
        "/graph/data/..%2f..%2f..%2fetc%2fpasswd.ttl",
        "/id/%00/etc/passwd.html",
        "/../../../../etc/passwd",
    ],
)
def test_paths_lead_nowhere_else(strict: Live, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    got = raw(strict, head.encode())
    assert re.match(rb"HTTP/1.1 (400|404) ", got), got[:80]
    assert b"root:" not in got
    assert b"dataclass" not in got


def test_no_header_can_be_put_into_an_answer(strict: Live) -> None:
    evil = "%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>"
    thing = "/id/platforms/plt-sn-rare-metals"
    for path in (
        f"{thing}?lang=en&x={evil}",
        f"{thing}{evil}",
        f"/api/queries/x{evil}",
        f"/api/queries/q6-platforms?region={evil}",
        f"/?lang={evil}",
    ):
        answer = strict.get(path)
        assert "set-cookie" not in answer.headers
        assert answer.status_code in (303, 400, 404)


def test_a_request_cannot_forge_lines_of_the_log(strict: Live) -> None:
    strict.get('/nothing%0a{"status":200}', User_Agent='x"}\t{"status": 200')
    time.sleep(0.2)
    lines = [line for line in strict.said if line.startswith("{")]
    assert all(set(json.loads(line)) >= {"time", "method", "path", "status"} for line in lines)
    assert json.loads(lines[-1])["status"] == 404


@pytest.mark.parametrize(
    "accept",
    [
        "",
        ",",
        ";q=",
        "text/html;q=nan",
        "*/*;q=-1",
        "a" * 5000,
        "text/" * 999,
        "*/*;" * 500,
    ],
)
def test_a_malformed_accept_header_is_passed_over(strict: Live, accept: str) -> None:
    for path in ("/sparql?query=ASK{}", "/ontology", "/api/queries/q6-platforms", "/nothing"):
        assert strict.get(path, accept).status_code in (200, 404, 406)


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        b"\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_not_http_is_refused(strict: Live, content: bytes) -> None:
    got = raw(strict, content)
    assert not got or re.match(rb"HTTP/1.1 4\d\d ", got), got[:80]


# --- Queries that cost


def test_an_endless_query_is_stopped_in_time(strict: Live) -> None:
    begin = time.monotonic()
    answer = get(strict, ENDLESS)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert time.monotonic() - begin < SECONDS * 5


def test_a_greedy_query_is_stopped(strict: Live) -> None:
    assert get(strict, GREEDY).status_code == 503


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 50_000 + "}" * 50_000,
        "ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }",
        "ASK { ?s " + "!" * 50_000 + "<urn:p> ?o }",
        "ASK { FILTER(" + "!" * 100_000 + "true) }",
        "ASK { ?s ?p " + "(" * 20_000 + ")" * 20_000 + " }",
        "SELECT * {" + "{} UNION " * 20_000 + "{} }",
    ],
    ids=["groups", "parentheses", "path", "negations", "lists", "unions"],
)
def test_deep_nesting_breaks_nothing(strict: Live, query: str) -> None:
    answer = post(strict, query.encode(), "application/sparql-query")
    assert answer.status_code in (200, 400, 503)
    assert get(strict, "ASK {} #after").json()["boolean"] is True


def test_many_costly_queries_do_not_stop_others(strict: Live) -> None:
    with ThreadPoolExecutor(16) as clients:
        costly = [clients.submit(get, strict, f"{ENDLESS} # {n}") for n in range(16)]
        time.sleep(0.5)
        assert strict.is_well()
        assert strict.get("/api/queries/q6-platforms?limit=1").status_code == 200
        answers = [future.result() for future in costly]
    assert {answer.status_code for answer in answers} == {503}
    assert all("retry-after" in answer.headers for answer in answers)


def test_a_query_is_stopped_when_its_client_leaves(strict: Live) -> None:
    for n in range(2):
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(
                f"{strict.url}/sparql", params={"query": f"{ENDLESS} # left {n}"}, timeout=0.3
            )
    begin = time.monotonic()
    assert get(strict, "ASK {} # soon").status_code == 200
    assert time.monotonic() - begin < SECONDS


# --- Sizes and slowness


def test_large_bodies_are_refused(strict: Live) -> None:
    large = b"ASK { } #" + b"x" * 10_000_000
    got = raw(
        strict,
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query"
        b"\r\nContent-Length: %d\r\n\r\n" % len(large),
    )
    assert got.startswith(b"HTTP/1.1 413 ")

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(large), 100_000):
            yield large[start : start + 100_000]

    with suppress(httpx.TransportError):  # the server may close before all is sent
        assert post(strict, pieces(), "application/sparql-query").status_code == 413


def test_long_addresses_and_headers_are_refused(strict: Live) -> None:
    assert strict.get("/sparql?query=" + "x" * 20_000).status_code == 414
    head = b"GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + b"x" * 200_000 + b"\r\n\r\n"
    got = raw(strict, head)
    assert not got or got.startswith(b"HTTP/1.1 4")
    many = "&".join(f"a{n}=1" for n in range(1500))
    assert strict.get(f"/sparql?{many}").status_code == 400


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 500\r\n\r\nASK",
    ],
    ids=["nothing", "header", "body"],
)
def test_a_client_that_sends_slowly_is_left(strict: Live, start: bytes) -> None:
    begin = time.monotonic()
    with closing(socket.create_connection(("127.0.0.1", strict.port), 20)) as sock:
        try:
            sock.sendall(start)
            while time.monotonic() - begin < 15:
                sock.settimeout(0.5)
                try:
                    if not sock.recv(1000):
                        break
                except TimeoutError:
                    sock.sendall(b"a" if start else b"")
        except ConnectionError:
            pass
    assert time.monotonic() - begin < 10


def test_a_client_that_reads_slowly_is_left_and_frees_the_worker(strict: Live) -> None:
    head = b"GET /sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D%23slow HTTP/1.1\r\nHost: x\r\n\r\n"
    socks = []
    for _ in range(3):
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", strict.port))
        sock.sendall(head)
        socks.append(sock)
    time.sleep(SECONDS + 2)
    assert get(strict, "ASK {} # free again").status_code == 200
    for sock in socks:
        sock.close()


# --- A hostile record


SCRIPT = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Serve a graph with a script for label, value and address."""
    home = tmp_path_factory.mktemp("hostile")
    folder = home / "graph-1"
    store = new_store(folder)
    thing, label = iri(ID + "things/evil"), "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    triples = [
        (thing, label, literal(SCRIPT, language="zh")),
        (thing, "<https://schema.org/description>", literal(SCRIPT)),
        (thing, "<http://xmlns.com/foaf/0.1/page>", "<javascript:alert(3)>"),
        (thing, "<http://www.w3.org/2000/01/rdf-schema#comment>", literal("\"'<!--{{ 7*7 }}")),
    ]
    load(store, [("https://w3id.org/zsgraph/graph/data/things", triples)])
    del store
    publish(home, folder, {"version": "1", "fingerprint": "0" * 64, "rows": {"things": 1}})
    with running(home, "--workers", "1") as live:
        yield live


def test_scripts_in_a_record_stay_text(hostile: Live) -> None:
    for path in ("/id/things/evil.html", "/graph/data/things.html"):
        answer = hostile.get(path, "text/html")
        assert answer.status_code == 200
        page = answer.text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript:' not in page
        assert "49" not in re.findall(r"<!--.*", page)
        assert "script-src" in (policy := answer.headers["content-security-policy"]) or (
            "default-src 'self'" in policy and "unsafe" not in policy
        )
        block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert json.loads(block)["@context"] == "https://schema.org/"


def test_scripts_in_a_request_stay_text(hostile: Live) -> None:
    for path in (f"/{SCRIPT}", f"/id/{SCRIPT}.html", f"/api/queries/{SCRIPT}", f"/?lang={SCRIPT}"):
        answer = hostile.get(path, "text/html")
        assert answer.status_code in (400, 404)
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text


def test_programs_read_hostile_text_as_it_is(hostile: Live) -> None:
    told = hostile.get("/id/things/evil.jsonld").json()
    assert SCRIPT in json.dumps(told, ensure_ascii=False).replace('\\"', '"')
    rows = get(hostile, "SELECT ?o { ?s skos:prefLabel ?o }").json()["results"]["bindings"]
    assert rows[0]["o"]["value"] == SCRIPT
    assert hostile.is_well()
