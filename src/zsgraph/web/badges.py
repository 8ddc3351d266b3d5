"""Sources as badges: who says so, how far it can be relied on, when it was last looked at."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from zsgraph.discovery.provenance import Source
from zsgraph.namespaces import REC
from zsgraph.web.served import Served

_CAUTION: Final = ox.NamedNode(REC + "caution")


@dataclass(frozen=True, slots=True)
class Badge:
    """A source in short.

    Attributes
    ----------
    iri
        Its record; empty where it is only named in words.
    short
        What it is of the pick-lists, such as its grade, and its id.
    text
        Its title or words, and what is known of it.
    address
        Where it can be read; empty where that is not known.
    weak
        Whether the knowledge says that what rests on it calls for caution.
    """

    iri: str
    short: str
    text: str
    address: str
    weak: bool


def badge(served: Served, source: Source) -> Badge:
    """Return a source as a badge."""
    known: dict[Source, Badge] = served.kept.setdefault("badges", {})  # type: ignore[assignment]
    if source not in known:
        told = [source.label, *(value for _, value in source.details)]
        address = next((a for a in source.addresses if a.startswith(("http:", "https:"))), "")
        text = " · ".join(filter(None, told)) or source.id
        short = " ".join([*_graded(served, source), source.id])
        weak = _calls_for_caution(served, source)
        known[source] = Badge(source.iri, short, text, address, weak)
    return known[source]


def _graded(served: Served, source: Source) -> list[str]:
    """Return the values that the source's record has chosen from pick-lists."""
    headings = {
        heading
        for table in served.schema.tables.values()
        if source.iri.startswith(table.base)
        for column in table.columns
        if column.reference
        for heading in (column.heading.zh, column.heading.en)
    }
    return [value for heading, value in source.details if heading in headings]


def _calls_for_caution(served: Served, source: Source) -> bool:
    """Tell whether a value of the source's record is annotated with ``rec:caution``."""
    if not source.iri:
        return False
    find = served.graph.store.quads_for_pattern
    return any(
        isinstance(quad.object, ox.NamedNode)
        and any(mark.object == ox.Literal(True) for mark in find(quad.object, _CAUTION, None))
        for quad in find(ox.NamedNode(source.iri), None, None)
    )
