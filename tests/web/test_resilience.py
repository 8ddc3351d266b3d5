"""Processes are killed and graphs swapped under load: no wrong answer, the service goes on."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.toys import Library, copy_of_toy
from tests.web.live import Live, running

COUNT = "PREFIX lib: <https://example.org/library#> SELECT (COUNT(?b) AS ?n) { ?b a lib:Book } #"
FRONT, WORKER = "spawn_main", "execution/child.py"
NEW_BOOK = "nb-3,New Book,,novel,2001,,,yes,,\n"


@dataclass
class Seen:
    """What the clients saw: when each request began and ended, and the number it gave."""

    numbers: list[tuple[float, float, int]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    broken: int = 0


@pytest.fixture
def books(tmp_path: Path) -> Library:
    library = copy_of_toy(tmp_path)
    assert library.build().published
    return library


@contextmanager
def load(live: Live, clients: int = 6) -> Iterator[Seen]:
    """Let clients ask for the number of books until the block ends."""
    seen, end = Seen(), Event()

    def client(name: int) -> None:
        turn = 0
        while not end.is_set():
            turn += 1
            query = f"{COUNT} {name} {turn}" if turn % 2 else COUNT  # a new one, or a known one
            begin = time.monotonic()
            try:
                answer = httpx.get(f"{live.url}/sparql", params={"query": query}, timeout=30)
            except httpx.TransportError:
                seen.broken += 1
                continue
            seen.statuses.append(answer.status_code)
            if answer.status_code == 200:
                seen.numbers.append((begin, time.monotonic(), number(answer)))

    with ThreadPoolExecutor(clients) as pool:
        running_clients = [pool.submit(client, name) for name in range(clients)]
        try:
            while not seen.statuses:
                time.sleep(0.05)
            yield seen
        finally:
            end.set()
        for future in running_clients:
            future.result()


def number(answer: httpx.Response) -> int:
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def wait_for(live: Live, word: str, count: int) -> list[int]:
    end = time.monotonic() + 20
    while len(found := live.processes(word)) < count and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_killed_query_workers_are_replaced(books: Library) -> None:
    with running(books.home, "--workers", "1", root=books.root) as live:
        with load(live) as seen:
            for _ in range(5):
                for process in wait_for(live, WORKER, 2):
                    os.kill(process, signal.SIGKILL)
                time.sleep(0.3)
        assert {count for _, _, count in seen.numbers} == {2}
        assert set(seen.statuses) <= {200, 503}
        assert seen.broken == 0
        assert live.is_well()


def test_a_killed_process_of_the_server_is_replaced(books: Library) -> None:
    with running(books.home, "--workers", "2", root=books.root) as live:
        first = set(wait_for(live, FRONT, 2))
        with load(live) as seen:
            time.sleep(0.5)
            os.kill(min(first), signal.SIGKILL)
            time.sleep(4)
        assert {count for _, _, count in seen.numbers} == {2}
        assert set(seen.statuses) <= {200, 503}
        assert len(set(wait_for(live, FRONT, 2)) - first) == 1
        assert live.is_well()


def test_no_process_is_left_when_the_first_one_is_killed(books: Library) -> None:
    with running(books.home, "--workers", "2", root=books.root) as live:
        left = [*wait_for(live, FRONT, 2), *wait_for(live, WORKER, 4)]
        live.process.kill()
        end = time.monotonic() + 20
        while any(Path(f"/proc/{process}").exists() for process in left):
            assert time.monotonic() < end
            time.sleep(0.2)


def test_records_of_another_domain_are_shown_too(books: Library) -> None:
    book = "https://example.org/id/books/fc-1"
    with running(books.home, "--workers", "1", root=books.root) as live:
        page = live.get(f"/resource?iri={book}&lang=en", "text/html").text
        assert "Fortress Besieged" in page
        assert "/resource?iri=https%3A%2F%2Fexample.org%2Fid" in page
        assert book in live.get(f"/resource?iri={book}", "text/turtle").text
        assert live.get("/resource?iri=urn:x").status_code == 404
        names = live.get("/reconcile").json()["defaultTypes"]
        assert "https://example.org/library#Book" in [kind["id"] for kind in names]


def test_a_new_build_is_seen_by_new_requests_only_and_breaks_none(books: Library) -> None:
    with running(books.home, "--workers", "2", root=books.root) as live:
        with load(live) as seen:
            time.sleep(0.5)
            swaps = []
            for turn in range(3):
                path = books.root / "data" / "books.csv"
                path.write_text(path.read_text() + NEW_BOOK.replace("3", str(3 + turn), 1))
                assert books.build().published
                swaps.append(time.monotonic())
                time.sleep(0.7)
        assert seen.broken == 0
        assert set(seen.statuses) == {200}
        counts = {count for _, _, count in seen.numbers}
        assert {2, 5} <= counts <= {2, 3, 4, 5}
        for begin, _, count in seen.numbers:
            published = sum(begin > swap for swap in swaps)
            assert count >= 2 + published, "a graph of before answered a later request"


def test_a_running_query_ends_on_the_graph_it_began_with(books: Library) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . VALUES ?x { 1 2 3 4 5 6 7 8 } }"
    with (
        running(books.home, "--workers", "1", root=books.root) as live,
        ThreadPoolExecutor(1) as pool,
    ):
        before = live.get("/health").json()["graph"]
        asked = pool.submit(httpx.get, f"{live.url}/sparql", params={"query": slow}, timeout=60)
        time.sleep(0.05)
        assert books.build().published
        assert asked.result().status_code == 200
        assert live.get("/health").json()["graph"] != before


def test_an_answer_that_breaks_off_is_no_whole_answer(books: Library) -> None:
    endless = "SELECT (COUNT(*) AS ?s) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    query = f"SELECT * {{ {{ ?s ?p ?o . ?q ?r ?t }} UNION {{ {endless} }} }}"
    options = ["--workers", "1", "--timeout", "8", "--no-access-log"]
    with running(books.home, *options, root=books.root) as live:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{live.url}/sparql", params={"query": query}, timeout=60)
        assert live.get("/sparql?query=ASK{}").status_code == 200
        assert not any("Traceback" in line for line in live.said)


def test_answers_have_a_limit_of_rows_and_bytes(books: Library) -> None:
    options = ["--workers", "1", "--max-rows", "10", "--max-bytes", "1000"]
    with running(books.home, *options, root=books.root) as live:
        assert live.get("/sparql?query=SELECT * {?s ?p ?o} LIMIT 10").status_code == 200
        answer = live.get("/sparql?query=SELECT * {?s ?p ?o} LIMIT 11")
        assert answer.status_code == 403
        assert "10" in answer.json()["messages"]["en"]
