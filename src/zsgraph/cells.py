"""Cells as RDF literals: which form each datatype takes, and its canonical text.

Standard: XML Schema Definition Language 1.1 Part 2, https://www.w3.org/TR/xmlschema11-2/
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from zsgraph.findings import Message
from zsgraph.namespaces import RDF, XSD
from zsgraph.terms import Term, literal

_TRUE, _FALSE = {"yes", "true", "是", "1"}, {"no", "false", "否", "0"}
# ASCII digits only: full-width ones match \d but are no lexical form of a number or date.
_DECIMAL = re.compile(r"([+-]?)0*(\d+)(?:\.(\d+))?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_YEAR_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def _string(text: str) -> str | None:
    return text


def _boolean(text: str) -> str | None:
    word = text.lower()
    return "true" if word in _TRUE else "false" if word in _FALSE else None


def _decimal(text: str) -> str | None:
    match = _DECIMAL.fullmatch(text)
    if not match:
        return None
    sign, whole, fraction = match.groups()
    fraction = (fraction or "").rstrip("0")
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if sign == "-" and number != "0" else number


def _integer(text: str) -> str | None:
    number = _decimal(text)
    return number if number is not None and "." not in number else None


def _date(text: str) -> str | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        date(*map(int, match.groups()))
    except ValueError:
        return None
    return text


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


#: For each datatype IRI the function from a cell to its canonical lexical form, or to None.
CANONICAL: Final[dict[str, Callable[[str], str | None]]] = {
    XSD + "string": _string,
    RDF + "langString": _string,
    XSD + "boolean": _boolean,
    XSD + "decimal": _decimal,
    XSD + "integer": _integer,
    XSD + "date": _date,
    XSD + "gYearMonth": _matching(_YEAR_MONTH),
    XSD + "gYear": _matching(_YEAR),
    XSD + "anyURI": _matching(_URI),
}

_FORMS: Final[dict[str, Message]] = {
    XSD + "boolean": Message("请写“是”或“否”", "write yes or no"),
    XSD + "decimal": Message(
        "请只写数字，如 1200 或 0.5，不带逗号和单位",
        "write digits only, such as 1200 or 0.5, without commas or unit",
    ),
    XSD + "integer": Message("请写整数，如 12", "write a whole number such as 12"),
    XSD + "date": Message("日期请写作 2024-05-31", "write a date as 2024-05-31"),
    XSD + "gYear": Message("请写年份，如 2024", "write a year such as 2024"),
    XSD + "gYearMonth": Message("请写年月，如 2024-05", "write a month as 2024-05"),
    XSD + "anyURI": Message(
        "请写完整的网址，如 https://www.gov.cn/", "write a whole address, as https://www.gov.cn/"
    ),
}

_PARTIAL_DATES: Final = {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}
_ANY_PRECISION: Final = Message(
    "日期请写作 2024-05-31、2024-05 或 2024", "write a date as 2024-05-31, 2024-05 or 2024"
)


def to_literal(text: str, datatypes: tuple[str, ...], language: str = "") -> Term | None:
    """Return the literal that a cell stands for.

    Parameters
    ----------
    text
        The cell, without surrounding white space.
    datatypes
        Datatype IRIs; the first whose form the text has is taken.
    language
        BCP 47 tag of a tagged text.

    Returns
    -------
    Term or None
        None where the text has the form of none of the datatypes.
    """
    for datatype in datatypes:
        canonical = CANONICAL.get(datatype, _string)(text)
        if canonical is not None:
            return literal(canonical, "" if language else datatype, language)
    return None


def right_form(datatypes: tuple[str, ...]) -> Message | None:
    """Return how values of these datatypes are to be written."""
    if set(datatypes) == _PARTIAL_DATES:
        return _ANY_PRECISION
    known = [_FORMS[datatype] for datatype in datatypes if datatype in _FORMS]
    return known[-1] if known else None


def advice_on_form(datatypes: tuple[str, ...], text: str = "") -> Message | None:
    """Return how values of these datatypes are to be written, as a sentence.

    Parameters
    ----------
    datatypes
        Datatype IRIs.
    text
        What was written; of a date in the right form is told that there is no such day.
    """
    match = _DATE.fullmatch(text)
    if match and XSD + "date" in datatypes:
        return _no_such_day(*map(int, match.groups()))
    form = right_form(datatypes)
    return form and Message(f"{form.zh}。", f"{form.en[0].upper()}{form.en[1:]}.")


def _no_such_day(year: int, month: int, day: int) -> Message:
    if not 1 <= month <= 12:
        return Message(f"没有{month}月，请核对。", f"There is no month {month}. Look it up again.")
    return Message(
        f"{year}年{month}月没有{day}日，请核对。",
        f"Month {month} of {year} has no day {day}. Look it up again.",
    )
