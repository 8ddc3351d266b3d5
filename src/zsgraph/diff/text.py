"""A comparison as plain text for a terminal."""

from collections.abc import Iterator

from zsgraph.diff.words import MARKS, Told, ToldItem, cell_text


def write(told: Told) -> str:
    """Return the text."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    colon = "：" if told.language == "zh" else ": "
    yield told.headline
    if told.kinds:
        yield told.kinds
    for section in told.sections:
        yield ""
        yield f"{section.title}{colon}{section.counts}"
        for thing in section.things:
            if len(thing.items) == 1 and thing.items[0].item.iri == thing.iri:
                yield from _item(thing.items[0], told.language, "  ")
                continue
            yield f"  {thing.title}{colon}{thing.counts}"
            for item in thing.items:
                yield from _item(item, told.language, "    ")
    if told.terms:
        yield ""
        yield told.terms_title
    for item in told.terms:
        yield from _item(item, told.language, "  ")


def _item(told: ToldItem, language: str, indent: str) -> Iterator[str]:
    instead = f" → {told.replacement}" if told.replacement else ""
    yield f"{indent}{MARKS[told.item.change]} {told.kind} {told.title}{instead}"
    for cell in told.cells:
        yield f"{indent}    {cell_text(cell, language)}"
