"""What a push has to send: graph by graph, whole or as a difference."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from zsgraph.patch import Patch, difference_of_sorted
from zsgraph.remote.marker import GraphState, Marker

#: How a sent graph is kept beside the built ones, to know the difference next time.
_ENDING: Final = ".nt"


@dataclass(frozen=True, slots=True)
class Part:
    """A named graph to be sent.

    Attributes
    ----------
    name
        Its IRI.
    file
        Its triples as sorted lines of N-Triples.
    state
        Their number and hash.
    patch
        What changes if the service has an older state that is known here; None to send all.
    """

    name: str
    file: Path
    state: GraphState
    patch: Patch | None = None

    @property
    def size(self) -> int:
        """Return how many triples are sent or removed."""
        return self.state.count if self.patch is None else len(self.patch)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push does: graphs to send, graphs that stay, graphs that go."""

    parts: tuple[Part, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]
    states: dict[str, GraphState]


class Kept:
    """The graphs as they were sent to a service, by their hash.

    Parameters
    ----------
    folder
        Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, store: ox.Store) -> dict[str, tuple[Path, GraphState]]:
        """Write each named graph of a store as sorted lines; return file and state by IRI."""
        self.folder.mkdir(parents=True, exist_ok=True)
        found: dict[str, tuple[Path, GraphState]] = {}
        for graph in store.named_graphs():
            if not isinstance(graph, ox.NamedNode):
                continue
            quads = store.quads_for_pattern(None, None, None, graph)
            lines = sorted(f"{q.subject} {q.predicate} {q.object} .\n".encode() for q in quads)
            digest = hashlib.sha256(b"".join(lines)).hexdigest()
            path = self.folder / (digest + _ENDING)
            if not path.is_file():
                half = path.with_suffix(f".{os.getpid()}")
                half.write_bytes(b"".join(lines))
                half.replace(path)
            found[graph.value] = path, GraphState(len(lines), digest)
        return found

    def of(self, state: GraphState) -> Path | None:
        """Return the file of a state; None if it is not here."""
        path = self.folder / (state.sha256 + _ENDING)
        return path if path.is_file() else None

    def forget(self, states: Mapping[str, GraphState]) -> None:
        """Remove what is not among the given states."""
        wanted = {state.sha256 for state in states.values()}
        for path in self.folder.glob(f"*{_ENDING}"):
            if path.stem not in wanted:
                path.unlink(missing_ok=True)


def plan_of(store: ox.Store, before: Marker | None, kept: Kept) -> Plan:
    """Return what a push has to do.

    Parameters
    ----------
    store
        The graphs as they should be.
    before
        What the service says it holds.
    kept
        What was sent earlier.
    """
    files = kept.write(store)
    held = before.graphs if before is not None else {}
    whole = before is None or not before.moving
    parts: list[Part] = []
    same: list[str] = []
    for name, (file, state) in sorted(files.items()):
        if whole and held.get(name) == state:
            same.append(name)
            continue
        old = kept.of(held[name]) if whole and name in held else None
        parts.append(Part(name, file, state, _difference(old, file) if old else None))
    gone = tuple(sorted(held.keys() - files.keys()))
    return Plan(tuple(parts), tuple(same), gone, {n: state for n, (_, state) in files.items()})


def _difference(old: Path, new: Path) -> Patch:
    with old.open("rb") as before, new.open("rb") as after:
        return difference_of_sorted(before, after)


def batches(file: Path, size: int) -> Iterator[bytes]:
    """Yield the lines of a file in pieces of ``size`` lines."""
    with file.open("rb") as lines:
        piece: list[bytes] = []
        for line in lines:
            piece.append(line)
            if len(piece) == size:
                yield b"".join(piece)
                piece = []
        if piece:
            yield b"".join(piece)


class Progress:
    """How far a push has come, in a file that outlives it.

    Parameters
    ----------
    file
        The file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._sent: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._sent = {}

    def sent(self, key: str) -> int:
        """Return how many lines of a graph were sent."""
        return self._sent.get(key, 0)

    def put(self, key: str, count: int) -> None:
        """Note how many lines of a graph were sent."""
        self._sent[key] = count
        half = self._file.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(self._sent), encoding="utf-8")
        half.replace(self._file)

    def clear(self) -> None:
        """Forget all: the push is complete."""
        self._file.unlink(missing_ok=True)
