"""A comparison as Markdown."""

import re
from collections.abc import Iterator
from typing import Final

from zsgraph.diff.words import NAMES, Told, ToldItem, cell_text

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#])")


def write(told: Told) -> str:
    """Return the page."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    yield f"# {_plain(told.headline)}"
    if told.kinds:
        yield ""
        yield _plain(told.kinds)
    for section in told.sections:
        yield ""
        yield f"## {_plain(section.title)}"
        yield ""
        yield _plain(section.counts)
        for thing in section.things:
            yield ""
            yield f"### {_plain(thing.title)}"
            yield ""
            for item in thing.items:
                yield from _item(item, told.language)
    if told.terms:
        yield ""
        yield f"## {_plain(told.terms_title)}"
        yield ""
    for item in told.terms:
        yield from _item(item, told.language)


def _item(told: ToldItem, language: str) -> Iterator[str]:
    change = NAMES[told.item.change].text(language)
    instead = f" → {_plain(told.replacement)}" if told.replacement else ""
    yield f"- **{change}** {_plain(told.kind)} [{_plain(told.title)}](<{told.item.iri}>){instead}"
    for cell in told.cells:
        yield f"  - {_plain(cell_text(cell, language))}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
