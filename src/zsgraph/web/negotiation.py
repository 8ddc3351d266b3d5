"""What a client would like to have: media type and language.

Standard: RFC 9110, 12 Content Negotiation (https://www.rfc-editor.org/rfc/rfc9110#section-12)
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from starlette.requests import Request

from zsgraph.errors import UsageError

LANGUAGES: Final = ("zh", "en")
_RANGE: Final = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)$")
_TAG: Final = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*((?:;[^,]*)?)$")
_QUALITY: Final = re.compile(r";\s*q\s*=\s*([^;\s]*)", re.IGNORECASE)
_WEIGHT: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$")
_LONGEST: Final = 4096


def media_type(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that an ``Accept`` header likes best.

    Parameters
    ----------
    accept
        Value of the header.  Malformed members are passed over; without a well-formed one
        anything is accepted.
    offered
        Media types, the server's favourite first.

    Returns
    -------
    str or None
        None if none of them is acceptable.
    """
    ranges = list(_ranges(accept)) or [("*", "*", 1.0)]
    best, best_quality = None, 0.0
    for offer in offered:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def language(request: Request) -> str:
    """Return ``zh`` or ``en``: by ``lang``, else by ``Accept-Language``, else Chinese.

    Raises
    ------
    UsageError
        If ``lang`` is another language.
    """
    asked = request.query_params.get("lang")
    if asked is None:
        return _preferred(request.headers.get("accept-language", ""))
    if asked not in LANGUAGES:
        raise UsageError("参数 lang 只能是 zh 或 en。", "The parameter lang takes zh or en.")
    return asked


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    for member in accept[:_LONGEST].lower().split(","):
        match = _RANGE.match(member)
        quality = _weight(match[3]) if match else None
        if match and quality is not None:
            yield match[1], match[2], quality


def _quality(offer: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """Return the weight of the most specific range that an offer falls in."""
    kind, _, form = offer.partition("/")
    matching = [
        ((range_kind != "*") + (range_form != "*"), weight)
        for range_kind, range_form, weight in ranges
        if range_kind in ("*", kind) and range_form in ("*", form)
    ]
    return max(matching)[1] if matching else 0.0


def _preferred(header: str) -> str:
    best, best_quality = LANGUAGES[0], 0.0
    for member in header[:_LONGEST].lower().split(","):
        match = _TAG.match(member)
        quality = _weight(match[2]) if match else None
        if match and match[1] in LANGUAGES and quality is not None and quality > best_quality:
            best, best_quality = match[1], quality
    return best


def _weight(parameters: str) -> float | None:
    match = _QUALITY.search(parameters)
    if not match:
        return 1.0
    return float(match[1]) if _WEIGHT.match(match[1]) else None
