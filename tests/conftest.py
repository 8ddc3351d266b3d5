"""Fixtures shared by the tests: the shipped knowledge and the graph built from it, once."""

from pathlib import Path

import pytest

from zsgraph.build import Summary, build
from zsgraph.knowledge import Knowledge, locate
from zsgraph.store import Graph, open_graph

PROJECT = Path(__file__).parent.parent
GOLDEN = PROJECT / "tests" / "golden"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return locate(PROJECT)


@pytest.fixture(scope="session")
def built(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    home = tmp_path_factory.mktemp("home")
    return home, build(knowledge, home)


@pytest.fixture(scope="session")
def graph(built: tuple[Path, Summary]) -> Graph:
    return open_graph(built[0])
