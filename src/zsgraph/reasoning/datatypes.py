"""Values of literals: which datatypes a literal belongs to, and whether two values differ.

Standards: XML Schema 1.1 Part 2 for lexical forms and value spaces; OWL 2 RL/RDF rules dt-type2,
dt-eq, dt-diff and dt-not-type.  As OWL 2 asks, decimals, floats and doubles are disjoint, and
times with different zone offsets are different values.
"""

import base64
import binascii
import re
import struct
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

from zsgraph.namespaces import RDF, XSD
from zsgraph.terms import Term, literal_parts

#: Kind of the value (the primitive datatype) and the value itself.
Value = tuple[str, object]

_STRING: Final = "string"
_LANG: Final = "langString"
_DECIMAL: Final = "decimal"
_OPAQUE: Final = frozenset({"XMLLiteral", "HTML"})

_INTEGERS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "nonPositiveInteger": (None, 0),
    "positiveInteger": (1, None),
    "negativeInteger": (None, -1),
    **{name: (-(2 ** (n - 1)), 2 ** (n - 1) - 1)
       for name, n in (("long", 64), ("int", 32), ("short", 16), ("byte", 8))},
    **{name: (0, 2**n - 1)
       for name, n in (("unsignedLong", 64), ("unsignedInt", 32),
                       ("unsignedShort", 16), ("unsignedByte", 8))},
}  # fmt: skip

_NAME_START: Final = r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF" \
    r"\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD" \
    r"\U00010000-\U000EFFFF"  # fmt: skip
_NAME_REST: Final = _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
#: Compiled at their first use, since names take long to compile and are rare.
_STRINGS: Final[dict[str, str]] = {
    "string": r"(?s:.*)",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": f"[:{_NAME_START}][:{_NAME_REST}]*",
    "NCName": f"[{_NAME_START}][{_NAME_REST}]*",
    "NMTOKEN": f"[:{_NAME_REST}]+",
}

_YEAR: Final = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?P<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_ZONE: Final = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)"
_TIMES: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern)
    for name, pattern in (
        ("dateTime", f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}?"),
        ("dateTimeStamp", f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}"),
        ("date", f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}?"),
        ("time", f"{_TIME}{_ZONE}?"),
        ("gYear", f"{_YEAR}{_ZONE}?"),
        ("gYearMonth", f"{_YEAR}-{_MONTH}{_ZONE}?"),
        ("gMonth", f"--{_MONTH}{_ZONE}?"),
        ("gMonthDay", f"--{_MONTH}-{_DAY}{_ZONE}?"),
        ("gDay", f"---{_DAY}{_ZONE}?"),
    )
}
_DECIMAL_FORM: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_INTEGER_FORM: Final = re.compile(r"[+-]?\d+")
_FLOAT_FORM: Final = re.compile(r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|INF)|NaN")
_BASE64_FORM: Final = re.compile(r"(?:[A-Za-z0-9+/] ?)*(?:= ?)?=?")


@lru_cache(maxsize=65536)
def value_of(term: Term) -> Value | None:
    """Return kind and value of a literal, or None if its datatype is unknown.

    Raises
    ------
    ValueError
        If the lexical form is not one of the datatype's.
    """
    text, datatype, language = literal_parts(term)
    if language:
        return _LANG, (text, language.lower())
    if not datatype:
        return _STRING, text
    base, name = (XSD, datatype[len(XSD) :]) if datatype.startswith(XSD) else (RDF, "")
    if base == RDF:
        name = datatype.removeprefix(RDF)
        return (name, text) if name in _OPAQUE else None
    if name in _TIMES:
        return _time(name, text)
    if name in _INTEGERS or name == _DECIMAL:
        return _number(name, text)
    if name in _STRINGS:
        return _STRING, _checked(_compiled(_STRINGS[name]), text)
    reader = _READERS.get(name)
    return (name, reader(text)) if reader else None


_compiled = cache(re.compile)


def _checked(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _number(name: str, text: str) -> Value:
    form = _DECIMAL_FORM if name == _DECIMAL else _INTEGER_FORM
    number = Fraction(_checked(form, text))
    if name != _DECIMAL and not _within(number, name):
        raise ValueError(text)
    return _DECIMAL, number


def _within(number: Fraction, name: str) -> bool:
    low, high = _INTEGERS[name]
    return (
        number.denominator == 1
        and (low is None or number >= low)
        and (high is None or number <= high)
    )


def _float(text: str) -> bytes:
    number = float(_checked(_FLOAT_FORM, text).replace("INF", "inf"))
    try:
        return struct.pack(">f", number)
    except OverflowError:
        return struct.pack(">f", float("inf") if number > 0 else float("-inf"))


def _double(text: str) -> bytes:
    return struct.pack(">d", float(_checked(_FLOAT_FORM, text).replace("INF", "inf")))


def _boolean(text: str) -> bool:
    if text not in {"true", "false", "1", "0"}:
        raise ValueError(text)
    return text in {"true", "1"}


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(_checked(_BASE64_FORM, text).replace(" ", ""), validate=True)
    except binascii.Error as fault:
        raise ValueError(text) from fault


def _hex(text: str) -> bytes:
    return bytes.fromhex(_checked(re.compile(r"(?:[0-9A-Fa-f]{2})*"), text))


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "float": _float,
    "double": _double,
    "boolean": _boolean,
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": str,
}


def _time(name: str, text: str) -> Value:
    match = _TIMES[name].fullmatch(text)
    if match is None:
        raise ValueError(text)
    part = match.groupdict()
    if "day" in part and "month" in part and int(part["day"]) > _days(part):
        raise ValueError(text)
    zone = part.get("zone")
    if zone in {"+00:00", "-00:00"}:
        zone = "Z"
    time = part.get("time")
    if time and "." in time:
        time = time.rstrip("0").rstrip(".")
    if time == "24:00:00" and name == "time":
        time = "00:00:00"
    kind = "dateTime" if name == "dateTimeStamp" else name
    return kind, (part.get("year"), part.get("month"), part.get("day"), time, zone)


def _days(part: dict[str, str]) -> int:
    month = int(part["month"])
    if month != 2:
        return 30 if month in {4, 6, 9, 11} else 31
    year = int(part.get("year", "4"))
    return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28


def well_typed(term: Term) -> bool:
    """Tell whether a literal's lexical form is one of its datatype's, as far as that is known."""
    try:
        value_of(term)
    except ValueError:
        return False
    return True


def belongs(term: Term, datatype: str) -> bool:
    """Tell whether a literal's value lies in the value space of a known datatype.

    A literal of an unknown datatype is given the benefit of the doubt; an ill-typed one
    belongs nowhere.

    Parameters
    ----------
    term
        A literal.
    datatype
        IRI of one of ``vocabulary.DATATYPES``.
    """
    try:
        value = value_of(term)
    except ValueError:
        return False
    if value is None:
        return True
    kind, content = value
    name = datatype.removeprefix(XSD).removeprefix(RDF)
    if name in _INTEGERS:
        return isinstance(content, Fraction) and _within(content, name)
    if name in _STRINGS:
        return kind == _STRING and bool(_compiled(_STRINGS[name]).fullmatch(str(content)))
    if name == "PlainLiteral":
        return kind in {_STRING, _LANG}
    if name == "dateTimeStamp":
        return kind == "dateTime" and isinstance(content, tuple) and content[-1] is not None
    return kind == name


def known_value(term: Term) -> Value | None:
    """Return kind and value of a literal, or None if the datatype is unknown or misused."""
    try:
        return value_of(term)
    except ValueError:
        return None


def different(x: Term, y: Term) -> bool:
    """Tell whether two literals are known to have different values (dt-diff)."""
    left, right = known_value(x), known_value(y)
    if left is None or right is None or left == right:
        return False
    return not (left[0] == right[0] and left[0] in _OPAQUE)


def equal(x: Term, y: Term) -> bool:
    """Tell whether two literals are known to have the same value (dt-eq)."""
    left = known_value(x)
    return x == y or (left is not None and left == known_value(y))
