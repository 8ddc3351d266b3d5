"""Finding things by what they are called: names in any spelling, numbers of documents, ids.

Ranked by how the name matches (whole, from its beginning, whole words, somewhere, all words in any
order), then by whether it is the preferred name, then by the kind of thing and how often it is
referred to.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

import pyoxigraph as ox

from zsgraph.discovery.naming import Names, short_id
from zsgraph.discovery.search import (
    Match,
    by_address,
    matches,
    most_alike,
    nearest_names,
    open_index,
    things,
)
from zsgraph.errors import UnknownNameError, UsageError
from zsgraph.knowledge import Knowledge
from zsgraph.names import folded
from zsgraph.namespaces import OWL, RDF, SKOS
from zsgraph.store import Graph

LONGEST: Final = 200
#: What people call the kinds of terms and concepts, which are not classes of the domain.
_GENERAL_KINDS: Final = {
    "class": (OWL + "Class",),
    "类": (OWL + "Class",),
    "property": (OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property"),
    "属性": (OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property"),
    "concept": (SKOS + "Concept",),
    "概念": (SKOS + "Concept",),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found.

    Attributes
    ----------
    iri, id
        Its IRI, and its id with its folder or its prefixed name.
    label
        What it is called in the language asked for.
    kind, kind_label
        IRI and label of its class.
    matched
        The name that matches.
    match
        How it matches.
    """

    iri: str
    id: str
    label: str
    kind: str
    kind_label: str
    matched: str
    match: Match


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes
    ----------
    hits
        The best first.
    more
        Whether there are more than were asked for.
    others
        How many things match that are of another kind than asked for.
    near
        If nothing was found, the names that look most alike.
    """

    hits: list[Hit]
    more: bool
    others: int
    near: list[str]


def find(
    graph: Graph,
    text: str,
    *,
    kind: str = "",
    limit: int = 20,
    language: str = "zh",
    knowledge: Knowledge | None = None,
) -> Found:
    """Find things by their names.

    Parameters
    ----------
    graph
        The graph.
    text
        A name or a part of one, a number of a document, an id; up to 200 characters.
    kind
        Only things of this class, which is given by its name or prefixed name; ``class``,
        ``property`` and ``concept`` are known too.
    limit
        So many at most.
    language
        ``zh`` or ``en``, for the labels.
    knowledge
        The shapes, by which records without a name get a title; without it they go by their id.

    Raises
    ------
    UsageError
        If the text is empty or too long, or there is no such kind.
    """
    wanted = checked(text)
    classes = kinds_named(graph, kind) if kind else ()
    with open_index(graph) as index:
        best = _best(index, wanted)
        order = sorted(best, key=lambda thing: best[thing])
        rows = things(index, order)
        near = [] if order else nearest_names(index, folded(wanted))
    fitting = (
        thing for thing in order if not classes or _is_one_of(graph, rows[thing][0], classes)
    )
    chosen = list(islice(fitting, limit + 1))
    names = Names(graph.store, language)
    names.learn(part for thing in chosen[:limit] for part in rows[thing])
    title = _titles(graph, knowledge, names)
    hits = [
        Hit(
            iri=iri,
            id=short_id(iri),
            label=names.label(iri) or title(iri) or label,
            kind=cls,
            kind_label=names(cls),
            matched=label,
            match=Match(rank[0]),
        )
        for thing in chosen[:limit]
        for (iri, cls), (rank, label) in ((rows[thing], best[thing]),)
    ]
    others = len(order) if not hits else 0
    return Found(hits, len(chosen) > limit, others, near)


def _best(index: sqlite3.Connection, wanted: str) -> dict[int, tuple[tuple[int, ...], str]]:
    """Return the rank of each thing that matches, with the name that matches best."""
    best: dict[int, tuple[tuple[int, ...], str]] = {}
    for thing, match, weight, label in matches(index, wanted):
        respelt = match is Match.WHOLE and label != wanted
        rank = match.value, respelt, weight, thing, len(label)
        if thing not in best or rank < best[thing][0]:
            best[thing] = rank, label
    return best


def _titles(graph: Graph, knowledge: Knowledge | None, names: Names) -> Callable[[str], str]:
    """Return what gives titles to records without a name; the shapes are read when one comes."""

    @cache
    def titles() -> Callable[[str], str]:
        from zsgraph.discovery.provenance import Provenance
        from zsgraph.discovery.titles import Titles
        from zsgraph.reasoning.closed_graph import ClosedGraph

        assert knowledge
        closed = ClosedGraph(graph.store)
        return Titles(closed, Provenance(closed, knowledge, names), names)

    return lambda iri: titles()(iri) if knowledge else ""


def checked(text: str) -> str:
    """Return a text without what does not print.

    Raises
    ------
    UsageError
        If nothing is left, or it is too long.
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not plain:
        raise UsageError(
            "没有写要找什么。请给一个名称、文号或编号。",
            "There is nothing to look for. Give a name, a document number or an id.",
        )
    if len(plain) > LONGEST:
        raise UsageError(
            f"要找的文字有{len(plain)}个字，最多{LONGEST}个。请只写名称的一部分。",
            f"The text has {len(plain)} characters; {LONGEST} is the most. Give a part of a name.",
        )
    return plain


def kinds_named(graph: Graph, kind: str) -> tuple[str, ...]:
    """Return the IRIs of the classes that a text names.

    Raises
    ------
    UnknownNameError
        If there is none; ``nearest`` offers others.
    """
    known = _GENERAL_KINDS.get(kind.strip().casefold())
    if known:
        return known
    wanted = checked(kind)
    query = """SELECT DISTINCT iri, label FROM names JOIN things ON things.n = thing
        WHERE class = ?1 AND (?2 = '' OR folded = ?2) ORDER BY names.n"""
    with open_index(graph) as index:
        for form in (folded(wanted), folded(wanted).removesuffix("s")):
            rows = index.execute(query, (OWL + "Class", form)).fetchall()
            if rows:
                return tuple(dict.fromkeys(iri for iri, _ in rows))
        labels = [label for _, label in index.execute(query, (OWL + "Class", ""))]
    near = most_alike(folded(wanted), labels)
    raise UnknownNameError(
        f"没有叫“{wanted}”的种类。" + (f"最接近的是：{'、'.join(near)}。" if near else ""),
        f"There is no kind “{wanted}”." + (f" Nearest: {', '.join(near)}." if near else ""),
        nearest=tuple(near),
    )


def named(graph: Graph, text: str) -> list[str]:
    """Return the IRIs of the things that have exactly this name, number or id, however spelt."""
    wanted = checked(text)
    query = """SELECT DISTINCT iri, label = ?2, weight FROM names JOIN things ON things.n = thing
        WHERE folded = ?1 ORDER BY names.n"""
    with open_index(graph) as index:
        if addressed := by_address(index, wanted):
            return [iri for _, iri in addressed]
        rows = index.execute(query, (folded(wanted), wanted)).fetchall()
    exact = [row for row in rows if row[1]] or rows
    return list(dict.fromkeys(iri for iri, _, _ in exact))


def nearest(graph: Graph, text: str) -> list[str]:
    """Return known names that look most like a text."""
    wanted = checked(text)
    with open_index(graph) as index:
        return nearest_names(index, folded(wanted))


def _is_one_of(graph: Graph, iri: str, classes: tuple[str, ...]) -> bool:
    thing, kind = ox.NamedNode(iri), ox.NamedNode(RDF + "type")
    return any(
        next(iter(graph.store.quads_for_pattern(thing, kind, ox.NamedNode(cls), None)), None)
        for cls in classes
    )
