"""However a SERVICE is dressed up, what passes the examination does not reach the network."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zsgraph.errors import QueryError
from zsgraph.namespaces import PREFIXES
from zsgraph.sparql.checks import examine

PIECES = (
    "", "", "", " ", "\n", "\r", "#", "#\n", "#\r", "<", ">", "<1)", "#>", '"', "'", '"""', "'''",
    "\\", "1", "true", "?v", "?s ?p ?o", "?s a zs:a", ".", ";", ")", "FILTER(?v", "FILTER(1<1#>",
    "SILENT ", "x:y", "x:", "_:b", "@en", '"a"@en', "^^", "{}", "OPTIONAL ", "UNION",
)  # fmt: skip
WORDS = ("SERVICE", "service", "Service", "trueSERVICE", "SERVICEx:y", "x:SERVICE", "?SERVICE")


@pytest.fixture(scope="module")
def network() -> Iterator[tuple[str, list[str]]]:
    """Give an address to reach, and who reached it."""
    reached: list[str] = []
    server = socket.create_server(("127.0.0.1", 0), backlog=64)

    def listen() -> None:
        with suppress(OSError):  # closed
            while True:
                connection, _ = server.accept()
                reached.append("reached")
                connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"<http://127.0.0.1:{server.getsockname()[1]}/>", reached
    server.close()


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=5, max_size=5),
    word=st.sampled_from(WORDS),
)
def test_nothing_that_passes_reaches_the_network(
    network: tuple[str, list[str]], pieces: list[str], word: str
) -> None:
    address, reached = network
    before, after, target, between, end = pieces
    text = (
        f"PREFIX x: {address} SELECT * {{ BIND({address} AS ?v) {before}{word}{after}"
        f"{target or address}{between}{{ ?a ?b ?c }}{end} }}"
    )
    try:
        examined = examine(text, PREFIXES, ())
    except QueryError:
        return
    with suppress(SyntaxError, OSError):
        list(ox.Store().query(examined.text, prefixes=PREFIXES))  # type: ignore[arg-type]
    assert reached == [], text


def test_the_engine_would_reach_the_network_unexamined(
    network: tuple[str, list[str]],
) -> None:
    address, reached = network
    with suppress(OSError):
        list(ox.Store().query(f"SELECT * {{ SERVICE {address} {{ ?a ?b ?c }} }}"))  # type: ignore[arg-type]
    assert reached.pop() == "reached"
