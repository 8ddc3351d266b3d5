"""Matching names in the index of a graph, and the names that look most like a text."""

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Final

import pyoxigraph as ox

from zsgraph.discovery.search_index import FILE, grams, write_search
from zsgraph.names import folded
from zsgraph.namespaces import GRAPH_INFERRED, shorten
from zsgraph.nodes import term_of
from zsgraph.store import Graph
from zsgraph.terms import Triple

_CANDIDATES: Final = 2000
_COMPARED: Final = 300
_NEAR: Final = 5
_LEAST_LIKENESS: Final = 0.5
_SHORT: Final = 4
_LAST: Final = "\U0010ffff"
_ADDRESS: Final = re.compile(r"\S*[/:#]([^/:#\s]+)")
_WORDS: Final = re.compile(r"[^\W_]+")


class Match(IntEnum):
    """How a name matches, the best first."""

    WHOLE = 0
    BEGINNING = 1
    WORDS = 2
    PART = 3
    ALL_WORDS = 4


@contextmanager
def open_index(graph: Graph) -> Iterator[sqlite3.Connection]:
    """Open the index of a graph; a graph without one is indexed in memory."""
    file = graph.folder / FILE if graph.folder else None
    if file and file.is_file():
        uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(uri, uri=True)
    else:  # an older zsgraph built it
        database = write_search(":memory:", _asserted(graph.store))
    with closing(database):
        yield database


def _asserted(store: ox.Store) -> Iterator[tuple[str, list[Triple]]]:
    for name in store.named_graphs():
        if isinstance(name, ox.NamedNode) and name.value != GRAPH_INFERRED:
            yield (
                name.value,
                [
                    (term_of(quad.subject), term_of(quad.predicate), term_of(quad.object))
                    for quad in store.quads_for_pattern(None, None, None, name)
                ],
            )


def matches(index: sqlite3.Connection, text: str) -> Iterator[tuple[int, Match, int, str]]:
    """Yield thing, way of matching, weight of the name and the name."""
    form = folded(text)
    words = _words(text)
    addressed = by_address(index, text)
    yield from ((thing, Match.WHOLE, 0, text) for thing, _ in addressed)
    found = bool(addressed)
    for thing, label, other, weight in _rows(index, form):
        found = True
        yield thing, _way(form, words, other, label), weight, label
    parts = [folded(part) for part in _WORDS.findall(text)]
    if not found and len(parts) > 1:
        for thing in _with_all(index, parts):
            query = "SELECT label, weight FROM names WHERE thing = ? ORDER BY n LIMIT 1"
            label, weight = index.execute(query, (thing,)).fetchone()
            yield thing, Match.ALL_WORDS, weight, label


def by_address(index: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """Return number and IRI of what a text names by folder and id, prefixed name or IRI."""
    local = _ADDRESS.match(text)
    if not local:
        return []
    query = "SELECT things.n, iri FROM names JOIN things ON things.n = thing WHERE folded = ?"
    rows = index.execute(query, (folded(local[1]),)).fetchall()
    return [(n, iri) for n, iri in rows if shorten(iri) == text or f"/{iri}".endswith(f"/{text}")]


def _rows(index: sqlite3.Connection, form: str) -> Iterator[tuple[int, str, str, int]]:
    columns = "SELECT thing, label, folded, weight FROM names"
    beginning = f"{columns} WHERE folded >= ? AND folded < ? ORDER BY n LIMIT ?"
    yield from index.execute(f"{columns} WHERE folded = ?", (form,))
    yield from index.execute(beginning, (form, form + _LAST, _CANDIDATES))
    if not any(char.isalnum() for char in form):
        return
    within = f"{columns} WHERE n IN (SELECT rowid FROM grams WHERE grams MATCH ? LIMIT ?)"
    yield from index.execute(within, (_phrase(form), _CANDIDATES))


def _phrase(form: str) -> str:
    """Return the full-text query for names that hold a folded text."""
    pieces = [piece for piece in grams(form) if "_" not in piece]
    return '"' + " ".join(pieces) + '"' if pieces else f'"{form}"*'


def _with_all(index: sqlite3.Connection, parts: list[str]) -> list[int]:
    query = "SELECT thing FROM names WHERE n IN (SELECT rowid FROM grams WHERE grams MATCH ?)"
    together = " INTERSECT ".join([query] * len(parts))
    rows = index.execute(f"{together} LIMIT ?", [*map(_phrase, parts), _CANDIDATES])
    return [thing for (thing,) in rows]


def _way(form: str, words: list[str], other: str, label: str) -> Match:
    if other == form:
        return Match.WHOLE
    if other.startswith(form):
        return Match.BEGINNING
    theirs = _words(label)
    places = range(len(theirs) - len(words) + 1)
    whole = any(theirs[place : place + len(words)] == words for place in places)
    return Match.WORDS if whole else Match.PART


def _words(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


def things(index: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return IRI and class of things by their numbers."""
    query = "SELECT iri, class FROM things WHERE n = ?"
    return {number: index.execute(query, (number,)).fetchone() for number in numbers}


def nearest_names(index: sqlite3.Connection, form: str) -> list[str]:
    """Return the names that share most grams with a folded text and look most like it."""
    shared: Counter[int] = Counter()
    pieces = {piece.rstrip("_") for piece in grams(form) if piece[0].isalnum()}
    if len(form) <= _SHORT:  # a slip in a short name may leave no whole gram
        pieces |= {piece[:2] for piece in pieces}
    for piece in pieces:
        query = "SELECT rowid FROM grams WHERE grams MATCH ? LIMIT ?"
        shared.update(n for (n,) in index.execute(query, (f'"{piece}"*', _CANDIDATES)))
    query = "SELECT label FROM names WHERE n = ?"
    best = sorted(shared, key=lambda n: (-shared[n], n))[:_COMPARED]
    return most_alike(form, [index.execute(query, (n,)).fetchone()[0] for n in best])


def most_alike(form: str, labels: Iterable[str]) -> list[str]:
    """Return the labels that look most like a folded text, the nearest first, one a spelling."""
    spelt: dict[str, str] = {}
    for label in labels:
        spelt.setdefault(folded(label), label)
    scored = {
        label: SequenceMatcher(None, form, other, autojunk=False).ratio()
        for other, label in spelt.items()
    }
    order = sorted(scored, key=lambda label: (-scored[label], len(label), label))
    return [label for label in order if scored[label] >= _LEAST_LIKENESS][:_NEAR]
