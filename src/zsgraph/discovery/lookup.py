"""From what a person writes to the one thing that is meant."""

from typing import Final

import pyoxigraph as ox

from zsgraph.deprecation import DEPRECATED
from zsgraph.discovery.find import checked, named, nearest
from zsgraph.discovery.naming import STANDARD, Names, short_id
from zsgraph.errors import UnknownNameError
from zsgraph.labels import local_name
from zsgraph.namespaces import OWL, PREFIXES, RDF, RDFS
from zsgraph.store import Graph
from zsgraph.terms import iri_value

_LISTED: Final = 8
_TYPE_WORDS: Final = frozenset({"a", "type", "is a", "是", "类型"})


def meant(graph: Graph, text: str) -> list[str]:
    """Return the IRIs of the things that a text may mean.

    Parameters
    ----------
    graph
        The graph.
    text
        An IRI, a prefixed name, an id, an id with its folder, or a name in any spelling.

    Raises
    ------
    UsageError
        If the text is empty or too long.
    """
    plain = checked(text)
    whole = plain.removeprefix("<").removesuffix(">")
    prefix, colon, local = plain.partition(":")
    for known in (
        whole if "://" in whole else "",
        PREFIXES[prefix] + local if colon and prefix in PREFIXES else "",
    ):
        if known and (known.startswith((RDF, RDFS, OWL)) or _is_used(graph, known)):
            return [known]
    return named(graph, plain) or _replaced(graph, plain)


def _replaced(graph: Graph, text: str) -> list[str]:
    """Return the deprecated things that have this id; no index knows those without a record."""
    mark = ox.NamedNode(iri_value(DEPRECATED))
    quads = graph.store.quads_for_pattern(None, mark, None, None)
    found = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return [iri for iri in found if text in (local_name(iri), short_id(iri))]


def meant_property(graph: Graph, text: str) -> list[str]:
    """Return the IRIs of the properties that a text may mean; ``a`` is ``rdf:type``."""
    plain = checked(text)
    if plain in _TYPE_WORDS:
        return [RDF + "type"]
    if standard := [iri for iri in STANDARD if plain in (local_name(iri), *_texts(iri))]:
        return standard
    return [thing for thing in meant(graph, text) if _is_predicate(graph, thing)]


def _texts(standard: str) -> tuple[str, str]:
    message = STANDARD[standard]
    return message.zh, message.en


def the_one(graph: Graph, text: str, language: str) -> str:
    """Return the IRI of the thing that a text means.

    Raises
    ------
    UnknownNameError
        If nothing or more than one thing is meant; ``nearest`` offers what there is.
    """
    found = meant(graph, text)
    if len(found) != 1:
        raise unclear(graph, text, found, language)
    return found[0]


def unclear(graph: Graph, text: str, found: list[str], language: str) -> UnknownNameError:
    """Return the failure that a text means nothing, or more than one thing."""
    plain = checked(text)
    if not found:
        near = nearest(graph, plain)
        return UnknownNameError(
            f"没有叫“{plain}”的事物。"
            + (f"最接近的名称：{'、'.join(near)}。" if near else "可用 zsgraph find 查找。"),
            f"There is nothing called “{plain}”. "
            + (f"Nearest: {', '.join(near)}." if near else "zsgraph find looks for things."),
            nearest=tuple(near),
        )
    listed = [_described(graph, thing, language) for thing in found[:_LISTED]]
    more = "…" if len(found) > _LISTED else ""
    return UnknownNameError(
        f"“{plain}”可以指{len(found)}个：{'、'.join(listed)}{more}。请改写编号。",
        f"“{plain}” may mean {len(found)}: {', '.join(listed)}{more}. Write the id instead.",
        nearest=tuple(short_id(thing) for thing in found[:_LISTED]),
    )


def _described(graph: Graph, thing: str, language: str) -> str:
    names = Names(graph.store, language)
    kinds = graph.store.quads_for_pattern(
        ox.NamedNode(thing), ox.NamedNode(RDF + "type"), None, None
    )
    labels = sorted(
        {names.label(quad.object.value) for quad in kinds if isinstance(quad.object, ox.NamedNode)}
        - {""}
    )
    kind = labels[0] if labels else ""
    return f"{short_id(thing)}（{kind}）" if language == "zh" else f"{short_id(thing)} ({kind})"


def _is_used(graph: Graph, thing: str) -> bool:
    try:
        node = ox.NamedNode(thing)
    except ValueError:
        return False
    found = graph.store.quads_for_pattern
    places = (
        found(node, None, None, None),
        found(None, node, None, None),
        found(None, None, node, None),
    )
    return any(next(iter(quads), None) for quads in places)


def _is_predicate(graph: Graph, thing: str) -> bool:
    node = ox.NamedNode(thing)
    if next(iter(graph.store.quads_for_pattern(None, node, None, None)), None):
        return True
    kinds = graph.store.quads_for_pattern(node, ox.NamedNode(RDF + "type"), None, None)
    return any(str(quad.object).endswith("Property>") for quad in kinds)
