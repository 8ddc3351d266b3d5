"""Things by facets: which there are, which a choice leaves, and how many each value would leave.

What can be explored stands in ``queries/explore.yaml``; this module knows no property of any
domain.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.charts.tile_map import Tile, read_tiles
from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message
from zsgraph.labels import labels_of, local_name
from zsgraph.queries import expand
from zsgraph.views import TILES_FOLDER
from zsgraph.web.served import Served

FILE: Final = "explore.yaml"
_SHOWN: Final = ("map", "list", "years")
_YEAR: Final = 4  # characters
_VALUES: Final = "SELECT DISTINCT ?thing ?value WHERE { ?thing a <%s> ; %s ?value }"
_THINGS: Final = "SELECT DISTINCT ?thing WHERE { ?thing a <%s> }"


@dataclass(frozen=True, slots=True)
class Facet:
    """An aspect by which things are chosen.

    Attributes
    ----------
    name, label
        What it is called in the address and on the page.
    show
        ``map``, ``list`` or ``years``.
    tiles
        The tile grid of a map.
    cls
        IRI of the class of the things on the map; empty if their pages show no map.
    """

    name: str
    label: Message
    show: str
    tiles: tuple[Tile, ...]
    cls: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things with its class and, by facet, the path to the values."""

    name: str
    label: Message
    cls: str
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be explored."""

    facets: dict[str, Facet]
    kinds: dict[str, Kind]


@dataclass(frozen=True)
class Collection:
    """All things of a kind.

    Attributes
    ----------
    values
        By facet and thing, the ids of its values.
    labels
        What things and values are called, by IRI or id of a value.
    """

    things: list[str]
    values: dict[str, dict[str, frozenset[str]]]
    labels: dict[str, str]

    def chosen(self, choice: Mapping[str, str], but: str = "") -> list[str]:
        """Return the things that a choice of a value a facet leaves.

        Parameters
        ----------
        choice
            Id of a value by facet.
        but
            A facet that is left out of account.
        """
        wanted = [(self.values[name], value) for name, value in choice.items() if name != but]
        return [
            thing
            for thing in self.things
            if all(value in values.get(thing, frozenset()) for values, value in wanted)
        ]

    def counts(self, facet: str, choice: Mapping[str, str]) -> list[tuple[str, int]]:
        """Return how many things each value of a facet would leave, the most first."""
        left = self.chosen(choice, but=facet)
        found: Counter[str] = Counter()
        for thing in left:
            found.update(self.values[facet].get(thing, frozenset()))
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    @cached_property
    def ordered(self) -> dict[str, int]:
        """The place of each thing in the order of names."""
        named = sorted(self.things, key=lambda t: self.labels[t].encode("gb18030", "replace"))
        return {thing: place for place, thing in enumerate(named)}


def offer(served: Served) -> Offer | None:
    """Return what can be explored; None if the knowledge offers nothing.

    Raises
    ------
    KnowledgeError
        If the file is faulty; the message names what is wrong.
    """
    path = served.knowledge.queries / FILE
    if "explore" not in served.kept:
        served.kept["explore"] = _read(path) if path.is_file() else None
    kept: Offer | None = served.kept["explore"]  # type: ignore[assignment]
    return kept


def collection(served: Served, kind: Kind, language: str) -> Collection:
    """Return all things of a kind with the values of their facets.

    Raises
    ------
    KnowledgeError
        If a path is no SPARQL property path.
    """
    key = f"explore {kind.name} {language}"
    if key not in served.kept:
        served.kept[key] = _collected(served, kind, language)
    kept: Collection = served.kept[key]  # type: ignore[assignment]
    return kept


def _collected(served: Served, kind: Kind, language: str) -> Collection:
    offered = offer(served)
    assert offered
    things = sorted(thing for (thing,) in _rows(served, kind, _THINGS % kind.cls))
    values: dict[str, dict[str, frozenset[str]]] = {}
    resources: dict[str, str] = {}
    for name, path in kind.paths.items():
        facet = offered.facets[name]
        codes = {tile.code for tile in facet.tiles}
        found: dict[str, set[str]] = {}
        for thing, value in _rows(served, kind, _VALUES % (kind.cls, path)):
            if facet.show == "years":
                short = value[:_YEAR]
            else:
                short = local_name(value)
                if codes and short not in codes:
                    continue
                resources[value] = short
            found.setdefault(thing, set()).add(short)
        values[name] = {thing: frozenset(some) for thing, some in found.items()}
    labels = labels_of(served.graph.store, [*things, *resources], language)
    named = {thing: labels.get(thing) or local_name(thing) for thing in things}
    named |= {short: labels.get(value) or short for value, short in resources.items()}
    return Collection(things, values, named)


def _rows(served: Served, kind: Kind, query: str) -> Iterable[tuple[str, ...]]:
    try:
        answers = served.graph.query(query)
    except SyntaxError as error:
        raise _fault(f"kinds.{kind.name}: {error}") from None
    assert isinstance(answers, ox.QuerySolutions)
    for row in answers:
        values = tuple(row)
        if all(isinstance(value, ox.NamedNode | ox.Literal) for value in values):
            yield tuple(value.value for value in values)


def _read(path: Path) -> Offer:
    import yaml

    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        facets = {name: _facet(path.parent, name, facet) for name, facet in told["facets"].items()}
        kinds = {
            name: Kind(name, _message(kind), expand(kind["class"]), dict(kind["paths"]))
            for name, kind in told["kinds"].items()
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise _fault(str(error)) from None
    unknown = {name for kind in kinds.values() for name in kind.paths} - facets.keys()
    if unknown:
        raise _fault(f"paths: {min(unknown)}")
    return Offer(facets, kinds)


def _facet(folder: Path, name: str, told: dict[str, Any]) -> Facet:
    if told["show"] not in _SHOWN:
        raise _fault(f"facets.{name}.show: {told['show']}")
    tiles = folder / TILES_FOLDER / f"{told.get('tiles')}.csv"
    grid = tuple(read_tiles(tiles)) if told["show"] == "map" else ()
    return Facet(name, _message(told), told["show"], grid, expand(told.get("class", "")))


def _message(told: dict[str, Any]) -> Message:
    return Message(str(told["label"]["zh"]), str(told["label"]["en"]))


def _fault(what: str) -> KnowledgeError:
    return KnowledgeError(
        f"queries/{FILE} 有错：{what}。请照文件开头的说明改正。",
        f"queries/{FILE} is faulty: {what}. Mend it as its first lines tell.",
    )
