"""What can be matched: the records that have a name, by type; and how like a name is to another."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from zsgraph.labels import labels_of, local_name
from zsgraph.names import folded
from zsgraph.namespaces import ID, SKOS, ZS
from zsgraph.schema import Column, Table
from zsgraph.store import Graph
from zsgraph.terms import iri
from zsgraph.web.served import Served

_PREFERRED: Final = SKOS + "prefLabel"
_NAMES: Final = """
SELECT ?thing ?label WHERE {
  ?thing a %s ; skos:prefLabel|skos:altLabel|skos:hiddenLabel|rdfs:label|skos:notation ?label .
}
"""
_LEAST: Final = 50
_CANDIDATES: Final = 200
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a name may mean.

    Attributes
    ----------
    iri
        Its IRI.
    type
        IRI of the class of its table.
    score
        How like its name is, from 0 to 100.
    """

    iri: str
    type: str
    score: float


@dataclass(frozen=True)
class Entities:
    """All things that can be matched.

    Attributes
    ----------
    tables
        By the IRI of their class, the tables whose records have a name.
    types
        By the IRI of a thing, the class of its table.
    """

    tables: dict[str, Table]
    types: dict[str, str]
    _things: list[str] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)

    def alike(self, name: str, wanted: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield the things whose name is most alike, the best first.

        Parameters
        ----------
        name
            What is written.
        wanted
            IRIs of the things to choose from, None for all.
        """
        query = folded(name[:_LONGEST])
        found = process.extract(
            query, self._names, scorer=fuzz.WRatio, limit=None, score_cutoff=_LEAST
        )
        seen: set[str] = set()
        for text, score, place in found:
            thing = self._things[place]
            if thing in seen or (wanted is not None and thing not in wanted):
                continue
            seen.add(thing)
            likeness = 100.0 if text == query else min(99.0, score * _share(query, text))
            yield Entity(thing, self.types[thing], round(likeness, 2))
            if len(seen) >= _CANDIDATES:
                return

    def starting(self, prefix: str) -> Iterator[str]:
        """Yield the things of which a name holds a text, at its beginning and short ones first."""
        query = folded(prefix[:_LONGEST])
        holding = (place for place, name in enumerate(self._names) if query in name)
        ordered = sorted(
            holding,
            key=lambda p: (not self._names[p].startswith(query), len(self._names[p])),
        )
        yield from dict.fromkeys(self._things[place] for place in ordered)


def entities_of(served: Served) -> Entities:
    """Return all things that can be matched; gathered once for a graph."""
    known = served.kept.get("entities")
    if not isinstance(known, Entities):
        served.kept["entities"] = known = _gathered(served)
    return known


def instances(graph: Graph, cls: str) -> set[str]:
    """Return the IRIs of the instances of a class, inferred ones included."""
    answers = graph.query(f"SELECT DISTINCT ?thing {{ ?thing a {iri(cls)} }}")
    assert isinstance(answers, ox.QuerySolutions)
    return {row["thing"].value for row in answers if isinstance(row["thing"], ox.NamedNode)}


def named_columns(table: Table) -> list[Column]:
    """Return the columns by whose values a record can be told from others."""
    seen: dict[str, Column] = {}
    for column in table.all_columns:
        if column.path != _PREFERRED:
            seen.setdefault(column.path, column)
    return list(seen.values())


def short(value: str) -> str:
    """Return the id of a thing, a type or a property within its space, else its whole IRI."""
    for base in (ID, ZS):
        if value.startswith(base):
            return value.removeprefix(base)
    return value


def whole_id(text: str) -> str:
    """Return the IRI of a thing by its id."""
    return text if "://" in text else ID + text


def whole_term(text: str) -> str:
    """Return the IRI of a type or a property by its id."""
    return text if "://" in text else ZS + text


def names_of(graph: Graph, iris: Collection[str], language: str) -> dict[str, str]:
    """Return what things are called, by IRI."""
    labels = labels_of(graph.store, iris, language)
    return {value: labels.get(value) or local_name(value) for value in iris}


def _gathered(served: Served) -> Entities:
    tables = {
        table.target: table
        for table in served.schema.tables.values()
        if any(column.path == _PREFERRED for column in table.columns)
    }
    found = Entities(tables, {})
    for cls in tables:
        answers = served.graph.query(_NAMES % iri(cls))
        assert isinstance(answers, ox.QuerySolutions)
        for thing, label in answers:
            if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                found.types.setdefault(thing.value, cls)
                found._things.append(thing.value)
                found._names.append(folded(label.value))
    return found


def _share(query: str, name: str) -> float:
    """Return how much of two names can be the same, by their lengths, softened."""
    least, most = sorted((len(query), len(name)))
    return 0.7 + 0.3 * (least / most if most else 1.0)
