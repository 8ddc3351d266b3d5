"""Forms in which people write dates, numbers and codes, and what they can only mean.

Each function returns the right form, or None where a text has not the form that it knows.

Standard: ISO 8601-1:2019 for dates; Unicode Standard Annex #15 (NFKC) for full-width characters.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from zsgraph.cells import to_literal
from zsgraph.namespaces import RDF, XSD

#: Characters without width that come along when a text is copied from a page.
_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TEXTS: Final = {XSD + "string", RDF + "langString", XSD + "anyURI"}
_DATES: Final = {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}
_NUMBERS: Final = {XSD + "decimal", XSD + "integer"}
_YEAR_FIRST: Final = (
    re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日?)?)?", re.ASCII),
    re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", re.ASCII),
    re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?)?", re.ASCII),
    # 2024.1 may be January or what a spreadsheet made of 2024.10, so a month alone has two digits.
    re.compile(r"(\d{4})\.(?:(\d{1,2})\.(\d{1,2})|(\d\d))", re.ASCII),
    re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII),
)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def trimmed(text: str) -> str:
    """Return a text without white space, or characters without width, around it."""
    while (shorter := text.strip().strip("\u200b\u2060\ufeff")) != text:
        text = shorter
    return text


def half_width(text: str) -> str:
    """Return a code with full-width characters made usual ones, and unseen characters left out."""
    return trimmed(unicodedata.normalize("NFKC", text.translate(_UNSEEN)))


def iso_date(text: str) -> str | None:
    """Return a date, month or year in which the year stands first, as ISO 8601 writes it."""
    for pattern in _YEAR_FIRST:
        match = pattern.fullmatch(text)
        if match:
            year, *rest = (part for part in match.groups() if part)
            return "-".join([year, *(part.zfill(2) for part in rest)])
    return None


def plain_number(text: str) -> str | None:
    """Return a number without the commas between its thousands, if they stand where they must."""
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else None


def right_literal(text: str, datatypes: tuple[str, ...], pattern: str = "") -> str | None:
    """Return the right form of a value that is not a text of its own.

    Parameters
    ----------
    text
        The value as it was written.
    datatypes
        IRIs of the datatypes that it may have.
    pattern
        Regular expression that it must match, if any.

    Returns
    -------
    str or None
        The text itself where it is right already, None where nothing certain is known.
    """
    if _is_right(text, datatypes, pattern):
        return text
    if _TEXTS.issuperset(datatypes) and not pattern:
        return None
    code = half_width(text)
    forms: list[Callable[[str], str | None]] = [lambda text: text]
    if _DATES.intersection(datatypes):
        forms.append(iso_date)
    if _NUMBERS.intersection(datatypes):
        forms.append(plain_number)
    right = (form(code) for form in forms)
    return next((text for text in right if text and _is_right(text, datatypes, pattern)), None)


def _is_right(text: str, datatypes: tuple[str, ...], pattern: str) -> bool:
    if pattern and not re.search(pattern, text):
        return False
    return to_literal(text, datatypes) is not None
