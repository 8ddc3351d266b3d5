"""The chosen statements as sorted files of canonical N-Triples, from which each format is written.

The store gives its statements in an order of its own.  They are dumped and sorted once, graph by
graph, into a working folder; formats stream from there, so that neither order nor memory depends
on the store.  Since no blank node is published, sorted canonical N-Quads are the RDF dataset's
canonical form (RDFC-1.0, https://www.w3.org/TR/rdf-canon/) and their SHA-256 is its hash.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from zsgraph.export.selection import Part, Selection
from zsgraph.export.sorting import sort_lines
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import PREFIXES
from zsgraph.schema import Schema
from zsgraph.terms import Term, Triple

_TURTLE_PREFIXES = {name: base for name, base in PREFIXES.items() if name != "id"}


@dataclass(slots=True)
class Extract:
    """The statements of a selection, sorted, in a working folder.

    Attributes
    ----------
    store
        The built graph, for what lies outside of the selection, such as labels.
    """

    store: ox.Store
    knowledge: Knowledge
    schema: Schema
    selection: Selection
    folder: Path
    _files: dict[Part, Path] = field(default_factory=dict)
    _sorted: dict[str, tuple[Path, int]] = field(default_factory=dict)

    def file(self, part: Part) -> Path:
        """Return the file of sorted N-Triples of one part."""
        if part not in self._files:
            number = hashlib.sha256(repr(part).encode()).hexdigest()[:16]
            path = self.folder / f"{number}.nt"
            if not path.exists():
                self._dump(part, path)
            self._files[part] = path
        return self._files[part]

    def quads(self) -> tuple[Path, int]:
        """Return the file of canonical N-Quads and how many statements it has."""
        return self._once("nq", (self._with_graph(part) for part in self.selection.parts))

    def triples(self) -> tuple[Path, int]:
        """Return the file of canonical N-Triples, the graphs merged, and how many it has."""
        return self._once("nt", (self._lines(part) for part in self.selection.parts))

    def parsed(self, path: Path) -> Iterator[ox.Quad]:
        """Return the statements of a file of N-Triples in its order."""
        return iter(ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES, lenient=True))

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes for readable forms."""
        return _TURTLE_PREFIXES | {table.name: table.base for table in self.schema.tables.values()}

    def _dump(self, part: Part, path: Path) -> None:
        raw = path.with_suffix(".raw")
        self.store.dump(raw, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(part.graph))
        starts = tuple(f"<{base}".encode() for base in part.subjects)
        with raw.open("rb", buffering=2**20) as stream:
            lines: Iterable[bytes] = stream
            if starts:
                lines = (line for line in stream if line.startswith(starts))
            sort_lines([lines], path)
        raw.unlink()

    def _lines(self, part: Part) -> Iterator[bytes]:
        with self.file(part).open("rb", buffering=2**20) as stream:
            yield from stream

    def _with_graph(self, part: Part) -> Iterator[bytes]:
        end = f"<{part.graph}> .\n".encode()
        return (line[:-2] + end for line in self._lines(part))

    def _once(self, kind: str, inputs: Iterable[Iterable[bytes]]) -> tuple[Path, int]:
        if kind not in self._sorted:
            path = self.folder / f"{self.selection.stem}.{kind}"
            _, count = sort_lines(inputs, path)
            self._sorted[kind] = path, count
        return self._sorted[kind]


def read_triples(path: Path) -> Iterator[Triple]:
    """Return the triples of a file of canonical N-Triples as terms."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            subject, predicate, obj = line[:-3].split(" ", 2)
            yield subject, predicate, obj


def by_subject(triples: Iterable[Triple]) -> Iterator[tuple[Term, list[Triple]]]:
    """Group sorted triples by their subject."""
    for subject, group in groupby(triples, key=lambda triple: triple[0]):
        yield subject, list(group)


def canonical_hash(path: Path) -> str:
    """Return the RDFC-1.0 hash (SHA-256) of a file of sorted canonical N-Quads or N-Triples."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
