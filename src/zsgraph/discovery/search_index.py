"""An index of what things are called, beside the store of a built graph.

Substrings of Chinese names have no word boundaries to go by, so each folded name is indexed by its
grams, pieces of three characters; the end is padded so that shorter pieces are the beginning of
some gram.  Names are numbered by importance: the first rows that match are the best ones.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from zsgraph.labels import local_name
from zsgraph.names import folded
from zsgraph.namespaces import (
    DCT,
    GENID,
    GRAPH_DATA,
    GRAPH_ONTOLOGY,
    GRAPH_SCHEMES,
    PREFIXES,
    RDFS,
    SKOS,
)
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri, is_literal, literal_parts

FILE: Final = "search.sqlite"
PREFERRED, ALIAS, NUMBER = range(3)
_GRAM: Final = 3
_PAD: Final = "_" * (_GRAM - 1)  # no folded name has an underscore
_SUB_PROPERTY: Final = f"<{RDFS}subPropertyOf>"
#: Standard properties whose values, and those of properties below them, are names.
_NAMING: Final[dict[Term, int]] = {
    f"<{SKOS}prefLabel>": PREFERRED,
    f"<{RDFS}label>": PREFERRED,
    f"<{DCT}title>": PREFERRED,
    f"<{SKOS}altLabel>": ALIAS,
    f"<{SKOS}hiddenLabel>": ALIAS,
    f"<{SKOS}notation>": NUMBER,
    f"<{DCT}identifier>": NUMBER,
    f"<{PREFIXES['eli']}number>": NUMBER,
}
#: Records with names go before concepts, then terms, then records that only have an id.
_NAMED_RECORD, _CONCEPT, _TERM, _OTHER = range(4)
_TABLES: Final = """
PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;
CREATE TABLE things (n INTEGER PRIMARY KEY, iri TEXT NOT NULL, class TEXT NOT NULL,
    rank INTEGER NOT NULL, uses INTEGER NOT NULL);
CREATE TABLE names (n INTEGER PRIMARY KEY, thing INTEGER NOT NULL, label TEXT NOT NULL,
    folded TEXT NOT NULL, weight INTEGER NOT NULL);
CREATE VIRTUAL TABLE grams USING fts5(text, content='', columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M* S*' tokenchars '_'");
"""
_INDEXES: Final = """
CREATE INDEX names_by_folded ON names (folded);
CREATE INDEX names_by_thing ON names (thing);
CREATE INDEX things_by_iri ON things (iri);
"""


@dataclass(slots=True)
class _Thing:
    iri: str
    cls: str
    rank: int
    names: dict[tuple[str, str], int] = field(default_factory=dict)


def grams(text: str) -> list[str]:
    """Return the pieces by which a folded name is indexed."""
    padded = text + _PAD
    return [padded[place : place + _GRAM] for place in range(len(text))]


def write_search(
    path: Path | str, graphs: Iterable[tuple[str, Iterable[Triple]]]
) -> sqlite3.Connection:
    """Write an index.

    Parameters
    ----------
    path
        The file, or ``:memory:``.
    graphs
        The asserted named graphs, each given by its IRI and its triples.

    Returns
    -------
    sqlite3.Connection
        The open index.
    """
    database = sqlite3.connect(path)
    database.executescript(_TABLES)
    things, uses = _gathered([(name, list(triples)) for name, triples in graphs])
    order = sorted(things, key=lambda thing: (thing.rank, -uses[thing.iri], thing.iri))
    database.executemany(
        "INSERT INTO things VALUES (?, ?, ?, ?, ?)",
        ((n, t.iri, t.cls, t.rank, uses[t.iri]) for n, t in enumerate(order)),
    )
    names = sorted(
        (weight, n, len(label), label, form)
        for n, thing in enumerate(order)
        for (label, form), weight in thing.names.items()
    )
    database.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
        ((n, thing, label, form, weight)
         for n, (weight, thing, _, label, form) in enumerate(names)),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO grams (rowid, text) VALUES (?, ?)",
        ((n, " ".join(grams(form))) for n, (*_, form) in enumerate(names)),
    )
    database.executescript(_INDEXES)
    database.commit()
    return database


def _gathered(
    graphs: list[tuple[str, list[Triple]]],
) -> tuple[list[_Thing], Counter[str]]:
    naming = _naming([t for name, triples in graphs if name == GRAPH_ONTOLOGY for t in triples])
    things: dict[str, _Thing] = {}
    uses: Counter[str] = Counter()
    for name, triples in graphs:
        if name not in (GRAPH_ONTOLOGY, GRAPH_SCHEMES) and not name.startswith(GRAPH_DATA):
            continue
        for subject, predicate, obj in triples:
            if predicate == RDF_TYPE and is_iri(subject) and is_iri(obj):
                _add(things, name, iri_value(subject), iri_value(obj))
            elif is_iri(obj):
                uses[iri_value(obj)] += 1
    for _, triples in graphs:
        for subject, predicate, obj in triples:
            if predicate in naming and (thing := things.get(subject[1:-1])) and is_literal(obj):
                _name(thing, literal_parts(obj)[0], naming[predicate])
    for thing in things.values():
        if thing.rank == _NAMED_RECORD and all(w == NUMBER for w in thing.names.values()):
            thing.rank = _OTHER
        _name(thing, local_name(thing.iri), NUMBER)
    return list(things.values()), uses


def _add(things: dict[str, _Thing], graph: str, iri: str, cls: str) -> None:
    if iri.startswith(GENID):
        return
    rank = {GRAPH_ONTOLOGY: _TERM, GRAPH_SCHEMES: _CONCEPT}.get(graph, _NAMED_RECORD)
    known = things.setdefault(iri, _Thing(iri, cls, rank))
    if not cls.startswith(SKOS) and known.cls.startswith(SKOS):
        known.cls = cls  # a concept is called by its own kind


def _naming(ontology: Iterable[Triple]) -> dict[Term, int]:
    """Return the weights of the naming properties and of those below them."""
    below: dict[Term, list[Term]] = {}
    for subject, predicate, obj in ontology:
        if predicate == _SUB_PROPERTY:
            below.setdefault(obj, []).append(subject)
    found = dict(_NAMING)
    pending = list(found)
    while pending:
        upper = pending.pop()
        for lower in below.get(upper, ()):
            if lower not in found:
                found[lower] = found[upper]
                pending.append(lower)
    return found


def _name(thing: _Thing, label: str, weight: int) -> None:
    key = label, folded(label)
    thing.names[key] = min(weight, thing.names.get(key, weight))
