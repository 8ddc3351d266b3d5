"""Texts of charts cut into lines: between any two Chinese characters, else between words."""

import re
from typing import Final

from zsgraph.formats import display_width

#: A Latin word with the blank after it, or a single character of another script.
_PIECE: Final = re.compile(r"[!-~\u00a1-\u024f\u2010-\u2014]+\s*|.\s*", re.DOTALL)
_NEVER_FIRST: Final = "，。、；：！？）》」』】”’…,.;:!?)"
_NEVER_LAST: Final = "（《「『【“‘("
_STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")


def straight(text: str, language: str) -> str:
    """Return a text with straight quotes where it is English.

    A font for Chinese has curly ones as wide as a character.
    """
    return text.translate(_STRAIGHT) if language == "en" else text


def lines(text: str, width: int, most: int = 0) -> list[str]:
    """Cut a text into lines.

    Parameters
    ----------
    text
        The text.
    width
        Columns of a line; a Chinese character takes two.
    most
        How many lines at most, the last ending in an ellipsis where something is left out; 0 for
        any number.
    """
    cut = [""]
    for piece in _pieces(text):
        if cut[-1] and display_width((cut[-1] + piece).rstrip()) > width:
            cut.append("")
        cut[-1] += piece
    if most and len(cut) > most:
        cut[most - 1 :] = [ellipsis(cut[most - 1] + cut[most], width)]
    return [line.rstrip() for line in cut]


def ellipsis(text: str, width: int) -> str:
    """Return a text cut to ``width`` columns with an ellipsis where something is left out."""
    if display_width(text) <= width:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) > width - 1:
            break
        kept += char
    return kept.rstrip() + "…"


def label(text: str, width: int = 40, most: int = 2) -> str:
    """Return the label of an item on an axis; its lines are parted by a line feed."""
    return "\n".join(lines(text, width, most))


def pixels(text: str, size: float = 12) -> float:
    """Return about how wide a text is, in pixels."""
    return max((display_width(line) for line in text.split("\n")), default=0) * size * 0.53


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECE.findall(" ".join(text.split())):
        sticks = pieces and (piece[0] in _NEVER_FIRST or pieces[-1].rstrip()[-1:] in _NEVER_LAST)
        if sticks and not pieces[-1].endswith(" "):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
