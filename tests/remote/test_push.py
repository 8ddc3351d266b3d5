"""A push fills a service; stopped at any moment, it leaves nothing half-visible and goes on."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.remote.virtuoso import Virtuoso
from zsgraph.findings import Message
from zsgraph.namespaces import GRAPH
from zsgraph.remote.client import Client
from zsgraph.remote.credentials import Credentials
from zsgraph.remote.endpoint import Endpoint
from zsgraph.remote.faults import RemoteError, UnreachableError
from zsgraph.remote.graphs import served_graphs
from zsgraph.remote.marker import Marker, marking, read_marker
from zsgraph.remote.push import push
from zsgraph.remote.store import remote_graph

A, B = GRAPH + "data/push-a", GRAPH + "data/push-b"


def _store(count: int, *, changed: int = 0) -> ox.Store:
    store = ox.Store()
    for graph in (A, B):
        for number in range(count):
            value = f"值{number}" if number >= changed else f"新值{number}"
            store.add(
                ox.Quad(
                    ox.NamedNode(f"https://example.org/s{number}"),
                    ox.NamedNode("https://example.org/p"),
                    ox.Literal(value, language="zh"),
                    ox.NamedNode(graph),
                )
            )
    return store


def _hear(said: list[str]):  # type: ignore[no-untyped-def]
    def tell(message: Message) -> None:
        said.append(message.en)

    return tell


def _count(endpoint: Endpoint) -> int:
    answers = remote_graph(endpoint).query(
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <https://example.org/p> ?o } }"
    )
    assert isinstance(answers, ox.QuerySolutions)
    return int(next(answers)["n"].value)  # type: ignore[union-attr]


class Interrupted(Client):
    """Does something before the update of a number is sent, as a fault would."""

    def __init__(self, endpoint: Endpoint, number: int, fault) -> None:  # type: ignore[no-untyped-def]
        super().__init__(endpoint, pause=lambda seconds: None)
        self.updates = 0
        self._number, self._fault = number, fault

    def update(self, text: str) -> None:
        self.updates += 1
        if self.updates == self._number:
            self._fault()
        super().update(text)


@pytest.fixture(autouse=True)
def clean(endpoint: Endpoint) -> None:
    drops = " ; ".join(f"DROP SILENT GRAPH <{g}>" for g in (A, B, GRAPH + "push"))
    Client(endpoint).update(drops)


def test_second_push_sends_only_the_difference(endpoint: Endpoint, tmp_path: Path) -> None:
    client, said = Client(endpoint), list[str]()
    assert push(client, _store(50), {}, tmp_path, _hear(said)).triples == 100
    assert push(client, _store(50), {}, tmp_path, _hear(said)).sent == 0
    done = push(client, _store(50, changed=2), {}, tmp_path, _hear(said))
    assert done.triples == 8, "two values removed and two added, in each of two graphs"
    assert "difference: -2 +2" in said[-4]
    assert _count(endpoint) == 100


def test_another_machine_sends_whole_graphs_that_changed(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    push(Client(endpoint), _store(5), {}, tmp_path / "here", print)
    done = push(Client(endpoint), _store(5, changed=1), {}, tmp_path / "there", print)
    assert done.triples == 10
    assert _count(endpoint) == 10


def test_dry_run_changes_nothing(endpoint: Endpoint, tmp_path: Path) -> None:
    assert push(Client(endpoint), _store(5), {}, tmp_path, print, dry_run=True).sent == 2
    assert read_marker(Client(endpoint)) is None


def test_engine_killed_in_the_middle_leaves_the_old_graph_and_a_second_try_completes(
    virtuoso: Virtuoso, endpoint: Endpoint, tmp_path: Path
) -> None:
    push(Client(endpoint), _store(10), {}, tmp_path / "old", print)
    killed = Interrupted(endpoint, 5, virtuoso.kill)
    with pytest.raises(UnreachableError, match="cannot be reached"):
        push(killed, _store(3000), {}, tmp_path / "new", print)
    virtuoso.start()
    assert _count(endpoint) == 20, "readers see the graph of before, whole"
    push(Client(endpoint), _store(3000), {}, tmp_path / "new", print)
    assert _count(endpoint) == 6000


def test_network_refused_halfway_is_resumed_where_it_stopped(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    def refuse() -> None:
        raise UnreachableError("断", "cut")

    with pytest.raises(UnreachableError):
        push(Interrupted(endpoint, 4, refuse), _store(3000), {}, tmp_path, print)
    again = Interrupted(endpoint, 0, refuse)
    push(again, _store(3000), {}, tmp_path, print)
    whole = 2 * (1 + 3) + 2 + 2  # per graph a DROP and three batches; moves; marks
    assert again.updates < whole
    assert _count(endpoint) == 6000


def test_readers_wait_while_graphs_are_moved_and_a_push_completes_it(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    client = Client(endpoint)
    push(client, _store(5), {}, tmp_path, print)
    marker = read_marker(client)
    assert marker is not None
    client.update(marking(Marker(marker.graphs, {}, moving=True)))
    with pytest.raises(RemoteError, match="push once more"):
        served_graphs(client, pause=lambda seconds: None)
    push(client, _store(5), {}, tmp_path, print)
    assert served_graphs(client).graphs == (A, B)


class Unmoving(Client):
    """Talks to an engine that loses a MOVE."""

    def update(self, text: str) -> None:
        if not text.startswith("MOVE"):
            super().update(text)


def test_a_move_that_fails_is_told_as_begun_and_a_second_push_completes_it(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    client = Client(endpoint)
    push(client, _store(5), {}, tmp_path, print)
    with pytest.raises(RemoteError, match="The move had begun"):
        push(Unmoving(endpoint), _store(6), {}, tmp_path, print)
    with pytest.raises(RemoteError, match="push once more"):
        served_graphs(client, pause=lambda seconds: None)
    push(client, _store(6), {}, tmp_path, print)
    assert _count(endpoint) == 12


def test_wrong_password_is_told_without_it(endpoint: Endpoint, tmp_path: Path) -> None:
    from dataclasses import replace

    wrong = replace(endpoint, credentials=Credentials("digest", "tester", "hunter2"))
    with pytest.raises(RemoteError, match="does not accept the credentials") as error:
        push(Client(wrong), _store(1), {}, tmp_path, print)
    assert "hunter2" not in f"{error.value} {error.value.message} {wrong}"
