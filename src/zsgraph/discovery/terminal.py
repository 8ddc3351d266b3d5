"""Text for a terminal, where a Chinese character is two columns wide."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from zsgraph.formats import display_width, shortened

Style = Callable[[str], str]
_LEAST: Final = 8
#: What may not be parted: a run of letters or one Chinese character, with the marks around it.
_PIECES: Final = re.compile(
    r"\s+|[“‘（《【〔(]*(?:[\x21-\x7e\u00a0-\u024f]+|[^\s“‘（《【〔(])[，。、；：？！）】》」』”’%〕…]*|.",
    re.DOTALL,
)


def plain(text: str) -> str:
    """Return a text unstyled."""
    return text


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` columns, between words or Chinese characters."""
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        rest = piece
        if lines[-1] and display_width(lines[-1] + rest) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        while display_width(rest) > width:
            cut = max(1, width - display_width(lines[-1]))
            lines[-1] += rest[:cut]
            rest = rest[cut:]
            lines.append("")
        if lines[-1] or not rest.isspace():
            lines[-1] += rest
    return [line.rstrip() for line in lines]


def padded(text: str, width: int) -> str:
    """Return a text filled up to ``width`` columns."""
    return text + " " * max(0, width - display_width(text))


def hanging(head: str, text: str, indent: int, width: int, style: Style = plain) -> list[str]:
    """Return a heading and, beside it, a text whose further lines are indented.

    Parameters
    ----------
    head
        What stands in the first ``indent`` columns; on a line of its own if it is longer.
    text
        The text.
    indent, width
        Columns of the indentation and of the whole.
    style
        How the heading looks.
    """
    lines = wrapped(text, max(_LEAST, width - indent))
    if display_width(head) >= indent:
        return [style(head), *(" " * indent + line for line in lines)]
    first = style(head) + " " * (indent - display_width(head)) + lines[0]
    return [first, *(" " * indent + line for line in lines[1:])]


def table(rows: Sequence[Sequence[str]], width: int, whole: int = -1) -> list[str]:
    """Return rows, the first of which are headings, as aligned columns within ``width``.

    Parameters
    ----------
    rows
        Rows of equal length.
    width
        Columns of the terminal.
    whole
        Place of a column that is shortened only when all others are as narrow as can be.
    """
    widths = [max(display_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    room = width - 2 * (len(widths) - 1)
    while sum(widths) > room:
        spare = [w if place != whole else 0 for place, w in enumerate(widths)]
        widest = spare.index(max(spare)) if max(spare) > _LEAST else whole
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    lines = [_row(row, widths) for row in rows]
    return [lines[0], "  ".join("─" * w for w in widths), *lines[1:]]


def _row(cells: Iterable[str], widths: list[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return "  ".join(padded(shortened(cell, width), width) for cell, width in pairs).rstrip()
