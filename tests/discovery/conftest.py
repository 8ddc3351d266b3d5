"""Graphs to look around in: the toy's, and the shipped one from the command line."""

from pathlib import Path

import pytest

from tests.shell import Shell, shell
from tests.toys import Library
from zsgraph.build import Summary
from zsgraph.store import Graph, open_graph

__all__ = ["shell"]


@pytest.fixture
def toy(library: Library) -> Graph:
    library.build()
    return open_graph(library.home)


@pytest.fixture
def at_home(shell: Shell, built: tuple[Path, Summary]) -> Shell:
    """Return a shell that asks the shipped graph."""
    shell.monkeypatch.setenv("ZSGRAPH_HOME", str(built[0]))
    shell.monkeypatch.setenv("COLUMNS", "100")
    return shell
