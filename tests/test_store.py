"""Where graphs lie, which one answers, and what a reader sees while others build."""

import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.toys import Library
from zsgraph import __version__
from zsgraph.errors import GraphMissingError
from zsgraph.knowledge import Knowledge
from zsgraph.store import (
    ask,
    build_lock,
    home_of,
    is_built,
    load,
    new_store,
    open_graph,
    publish,
)

TITLES = (
    "SELECT ?title WHERE { ?book a <https://example.org/library#Book> ; skos:prefLabel ?title }"
)
A, P, B = "<https://example.org/a>", "<https://example.org/p>", "<https://example.org/b>"


def titles(answers: object) -> set[str]:
    assert isinstance(answers, ox.QuerySolutions)
    return {solution["title"].value for solution in answers}


def made(home: Path, name: str) -> Path:
    folder = home / f"graph-{name}"
    load(new_store(folder), [("https://example.org/g", [(A, P, f'"{name}"')])])
    publish(home, folder, {"name": name})
    return folder


def test_zsgraph_home_goes_before_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, knowledge: Knowledge
) -> None:
    monkeypatch.setenv("ZSGRAPH_HOME", str(tmp_path / "graphs"))
    assert home_of(knowledge) == tmp_path / "graphs"


def test_a_checkout_builds_into_its_build_folder(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    monkeypatch.delenv("ZSGRAPH_HOME", raising=False)
    assert home_of(knowledge) == knowledge.root / "build"


@pytest.mark.parametrize("cache", ["set", "unset"])
def test_an_installed_package_builds_into_the_cache_of_the_user(
    monkeypatch: pytest.MonkeyPatch, library: Library, tmp_path: Path, cache: str
) -> None:
    monkeypatch.delenv("ZSGRAPH_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    expected = tmp_path / "me" / ".cache"
    if cache == "set":
        expected = tmp_path / "cache"
        monkeypatch.setenv("XDG_CACHE_HOME", str(expected))
    assert home_of(library.knowledge) == expected / "zsgraph" / __version__


def test_nothing_is_built_until_a_graph_is_published(tmp_path: Path) -> None:
    load(new_store(tmp_path / "graph-1"), [("https://example.org/g", [(A, P, B)])])
    assert not is_built(tmp_path)
    with pytest.raises(GraphMissingError, match="zsgraph build"):
        open_graph(tmp_path)


def test_the_last_published_graph_answers_and_one_older_is_kept(tmp_path: Path) -> None:
    folders = [made(tmp_path, name) for name in ("one", "two", "three")]
    assert open_graph(tmp_path).description == {"name": "three"}
    assert [folder.exists() for folder in folders] == [False, True, True]


def test_an_open_graph_stays_as_it_was_when_another_is_built(library: Library) -> None:
    library.build()
    before = open_graph(library.home)
    library.replace("data/books.csv", "Animal Farm", "Farm of Animals")
    library.build()
    assert titles(before.query(TITLES)) == {"Fortress Besieged", "Animal Farm"}
    assert titles(open_graph(library.home).query(TITLES)) == {
        "Fortress Besieged",
        "Farm of Animals",
    }


def test_queries_see_all_named_graphs_and_can_tell_them_apart() -> None:
    store = ox.Store()
    load(store, [("https://example.org/g1", [(A, P, B)]), ("https://example.org/g2", [(B, P, A)])])
    assert bool(ask(store, f"ASK {{ {A} {P} {B} . {B} {P} {A} }}"))
    assert not bool(ask(store, f"ASK {{ GRAPH <https://example.org/g2> {{ {A} {P} {B} }} }}"))


def test_a_second_builder_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with build_lock(tmp_path) as waited:
            order.append(f"second waited: {waited}")

    with build_lock(tmp_path) as waited:
        order.append(f"first waited: {waited}")
        other = threading.Thread(target=second)
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive()
        order.append("first done")
    other.join(timeout=10)
    assert order == ["first waited: False", "first done", "second waited: True"]


def test_what_a_killed_build_left_is_removed_and_does_not_count(tmp_path: Path) -> None:
    before = made(tmp_path, "before")
    half = tmp_path / "graph-half"
    load(new_store(half), [("https://example.org/g", [(A, P, B)])])
    now = made(tmp_path, "now")
    assert [folder.exists() for folder in (before, half, now)] == [True, False, True]
