"""The built graph on disk: where it lies, opening it, asking it.

A home folder holds the graphs, each in a folder of its own, and the link ``current`` to the one
that answers.  A graph is complete when its ``build.json``, written last, is there.
"""

import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from zsgraph import __version__
from zsgraph.errors import GraphMissingError
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import PREFIXES
from zsgraph.terms import Triple

CURRENT: Final = "current"
DESCRIPTION: Final = "build.json"
STORE: Final = "store"
_BATCH: Final = 10_000
_KEPT: Final = 2  # a reader may still have the graph of before open
Answers = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class Graph:
    """An opened graph, in the folder that it was built in, if it lies in one."""

    store: ox.Store
    description: dict[str, Any]
    folder: Path | None = None

    def query(self, text: str) -> Answers:
        """Ask a SPARQL query over the union of all named graphs.

        Parameters
        ----------
        text
            A SPARQL 1.1 query; the prefixes of :data:`zsgraph.namespaces.PREFIXES` are known.

        Raises
        ------
        SyntaxError
            If the query is not SPARQL.
        """
        return ask(self.store, text)


def ask(store: ox.Store, text: str) -> Answers:
    """Ask a SPARQL query over the union of all named graphs of ``store``."""
    return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)


def home_of(knowledge: Knowledge) -> Path:
    """Return the folder in which graphs are built.

    ``ZSGRAPH_HOME`` goes before all; a checkout builds into its ``build`` folder, an installed
    package into the user's cache (XDG Base Directory Specification).
    """
    named = os.environ.get("ZSGRAPH_HOME")
    if named:
        return Path(named)
    if (knowledge.root / "pyproject.toml").is_file():
        return knowledge.root / "build"
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "zsgraph" / __version__


def is_built(home: Path) -> bool:
    """Tell whether there is a complete graph in ``home``."""
    return (home / CURRENT / DESCRIPTION).is_file()


def current_folder(home: Path) -> Path:
    """Return the folder of the current graph.

    The link is followed once: a graph built meanwhile does not change what is at hand.

    Raises
    ------
    GraphMissingError
        If nothing was built yet.
    """
    if not is_built(home):
        raise GraphMissingError(
            f"{home} 中还没有建好的图。请先运行 zsgraph build。",
            f"There is no built graph in {home}. Run zsgraph build first.",
        )
    return (home / CURRENT).resolve()


def open_graph(home: Path) -> Graph:
    """Open the current graph for reading.

    Raises
    ------
    GraphMissingError
        If nothing was built yet.
    """
    return open_folder(current_folder(home))


def open_folder(folder: Path) -> Graph:
    """Open a complete graph by its own folder, whether it is the current one or not."""
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    return Graph(open_store(folder), description, folder)


def open_store(folder: Path) -> ox.Store:
    """Open the store of a graph for reading."""
    return ox.Store.read_only(str(folder / STORE))


def store_path(home: Path) -> Path:
    """Return the folder of the current graph's store, for a reader of its own.

    Raises
    ------
    GraphMissingError
        If nothing was built yet.
    """
    return current_folder(home) / STORE


def new_store(folder: Path) -> ox.Store:
    """Make an empty store in a folder of its own."""
    folder.mkdir(parents=True)
    return ox.Store(str(folder / STORE))


def load(store: ox.Store, graphs: Iterable[tuple[str, Iterable[Triple]]]) -> None:
    """Load named graphs, each given by its IRI and its triples, in bulk and as a stream."""
    lines: Any = _Stream(_lines(graphs))  # all that is asked of a file is that it can be read
    store.bulk_load(input=lines, format=ox.RdfFormat.N_QUADS, lenient=True)
    store.optimize()
    store.flush()


def _lines(graphs: Iterable[tuple[str, Iterable[Triple]]]) -> Iterator[bytes]:
    for name, triples in graphs:
        end = f" <{name}> .\n"
        for batch in batched(triples, _BATCH):
            yield "".join([f"{s} {p} {o}{end}" for s, p, o in batch]).encode()


class _Stream(io.RawIOBase):
    """A file whose content comes from an iterator, piece by piece."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        end = len(self._rest) if size < 0 else size
        found, self._rest = bytes(self._rest[:end]), self._rest[end:]
        return found


def batched(items: Iterable[Triple], size: int) -> Iterator[list[Triple]]:
    """Yield the items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def publish(home: Path, folder: Path, description: dict[str, Any]) -> None:
    """Mark a graph complete and make it the current one, in one step that a kill cannot halve."""
    (folder / DESCRIPTION).write_text(
        json.dumps(description, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    link = home / f".{folder.name}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    os.replace(link, home / CURRENT)
    _remove_old(home)


def _remove_old(home: Path) -> None:
    current = (home / CURRENT).resolve()
    graphs = sorted(home.glob("graph-*"), key=lambda path: path.stat().st_mtime)
    halves = [graph for graph in graphs if not (graph / DESCRIPTION).is_file()]  # of killed builds
    spare = [graph for graph in graphs if graph.resolve() != current and graph not in halves]
    for graph in [*halves, *spare[: max(0, len(spare) - _KEPT + 1)]]:
        shutil.rmtree(graph, ignore_errors=True)
    for link in home.glob(".graph-*"):  # of a build that was killed before it became current
        link.unlink(missing_ok=True)


@contextmanager
def build_lock(home: Path) -> Iterator[bool]:
    """Keep other builds out of ``home``; gives whether one had to be waited for."""
    import fcntl

    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            waited = False
        except BlockingIOError:
            fcntl.flock(lock, fcntl.LOCK_EX)
            waited = True
        yield waited
