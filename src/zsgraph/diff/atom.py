"""A comparison as a feed, an entry for each record or term that changed.

Standard: The Atom Syndication Format, RFC 4287 (https://www.rfc-editor.org/rfc/rfc4287).
"""

import uuid
from collections.abc import Iterator
from itertools import chain
from typing import Final
from xml.etree import ElementTree as ET

from zsgraph.diff.words import NAMES, Told, ToldItem, cell_text
from zsgraph.namespaces import BASE

_ATOM: Final = "http://www.w3.org/2005/Atom"
_AUTHOR: Final = "zsgraph"


def write(told: Told, updated: str) -> str:
    """Return the feed.

    Parameters
    ----------
    told
        The comparison.
    updated
        When the new state came to be, as RFC 3339 wants it.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": told.language}
    )
    _add(feed, "id", f"urn:uuid:{told.comparison.patch.id}")
    _add(feed, "title", told.headline)
    _add(feed, "updated", updated)
    _add(_add(feed, "author"), "name", _AUTHOR)
    _add(feed, "link", rel="alternate", href=BASE)
    for place, item in _entries(told):
        _entry(feed, told, place, item, updated)
    ET.indent(feed, " ")
    text = ET.tostring(feed, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n"


def _entries(told: Told) -> Iterator[tuple[str, ToldItem]]:
    records = (
        (section.title, item)
        for section in told.sections
        for thing in section.things
        for item in thing.items
    )
    return chain(records, ((told.terms_title, item) for item in told.terms))


def _entry(feed: ET.Element, told: Told, place: str, item: ToldItem, updated: str) -> None:
    entry = _add(feed, "entry")
    name = uuid.uuid5(uuid.UUID(told.comparison.patch.id), item.item.iri)
    change = NAMES[item.item.change].text(told.language)
    joint = "：" if told.language == "zh" else ": "
    _add(entry, "id", f"urn:uuid:{name}")
    _add(entry, "title", f"{place} · {item.kind} {change}{joint}{item.title}")
    _add(entry, "updated", updated)
    _add(entry, "link", rel="alternate", href=item.item.iri)
    _add(entry, "category", term=item.item.change.value, label=change)
    lines = [cell_text(cell, told.language) for cell in item.cells]
    if item.replacement:
        lines.insert(0, f"→ {item.replacement}")
    _add(entry, "content", "\n".join(lines), type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text:
        element.text = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return element
