"""Where a query stops being SPARQL.

The engine tells a place that may lie behind the true one by as many characters as the longest
keyword that it tried.  So it is asked again about the same tokens set far apart.
"""

import re
from typing import Final

import pyoxigraph as ox

from zsgraph.sparql.tokens import Token

_ENGINE: Final = re.compile(r"error at (\d+):(\d+): ")
#: More blanks than any keyword has letters.
_GAP: Final = " " * 32
#: No query holds it.
_END: Final = "\x01"
_BRACKETS: Final = "{}()[];,"


def failing_token(found: list[Token], prefixes: dict[str, str]) -> Token | None:
    """Return the token that the engine cannot read, None where the query ends too early.

    Parameters
    ----------
    found
        All tokens of a query that is not SPARQL.
    prefixes
        Prefixes that are known without being declared.

    Raises
    ------
    LookupError
        If the engine does not tell.
    """
    pieces: list[str] = []
    starts: list[tuple[int, Token]] = []
    length = 0
    for token in found:
        if token.kind in ("space", "comment"):
            piece = _GAP
        else:
            apart = token.kind == "sign" and token.text in _BRACKETS
            piece = f"{_GAP}{token.text}{_GAP}" if apart else token.text
            starts.append((length + len(_GAP) * apart, token))
        pieces.append(piece.replace("\n", " ").replace("\r", " "))
        length += len(piece)
    try:
        ox.Store().query(f"{''.join(pieces)}{_GAP}{_END}", prefixes=prefixes)
    except SyntaxError as error:
        told = _ENGINE.match(str(error))
        if told is None:
            raise LookupError(str(error)) from None
        reached = int(told[2]) - 1
        if reached >= length + len(_GAP):
            return None
        return next((token for start, token in reversed(starts) if start <= reached), None)
    raise AssertionError("no query ends so")
