"""Texts that a spreadsheet must not take for formulas.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line end, or with the full-width form
of a sign, is run as a formula by common spreadsheets.  An apostrophe is put before it, as OWASP
advises (https://owasp.org/www-community/attacks/CSV_Injection); a text that has apostrophes there
already gets one more, so that taking one away gives back what was there.
"""

import re
from typing import Final

_SIGNS: Final = "=+-@\t\r\n＝＋－＠"
_DANGER: Final = f"[{re.escape(_SIGNS)}]"
_FIRST: Final = frozenset(_SIGNS + "'")
_NEUTRALISE: Final = re.compile(f"'*{_DANGER}")
_NEUTRALISED: Final = re.compile(f"'+{_DANGER}")


def neutralised(text: str) -> str:
    """Return a text so that no spreadsheet runs it."""
    if text[:1] in _FIRST and _NEUTRALISE.match(text):
        return f"'{text}"
    return text


def restored(text: str) -> str:
    """Return the text that was neutralised."""
    return text[1:] if _NEUTRALISED.match(text) else text
