"""Values that a spreadsheet keeps as numbers, dates or truth values, as the text of a cell."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_LARGEST_WHOLE: Final = 10**15


def as_text(value: object, number_format: str | None = None) -> str:
    """Return the text that stands for a value.

    A date is as precise as its format shows it: without a day it is a month, without a month a
    year.  Numbers are written without exponent.

    Parameters
    ----------
    value
        What the cell holds.
    number_format
        How the spreadsheet shows it.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime | date):
        return _date(value, number_format or "")
    if isinstance(value, time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _date(value: date, number_format: str) -> str:
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) != (0, 0, 0):
            return value.isoformat(sep=" ")
        value = value.date()
    shown = _QUOTED.sub("", number_format).lower()
    if "y" in shown and "d" not in shown:
        return value.isoformat()[: 7 if "m" in shown else 4]
    return value.isoformat()
