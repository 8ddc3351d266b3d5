"""Rows of an answer made ready for a chart: lists taken apart, values counted or added up."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

import pyoxigraph as ox

from zsgraph.answers import LIST_SEPARATOR, Answer, Value
from zsgraph.charts.lettering import straight
from zsgraph.errors import KnowledgeError
from zsgraph.labels import local_name
from zsgraph.views import View


class Item(NamedTuple):
    """A value: what tells it from others, and what people read."""

    key: str
    text: str


NOTHING: Final = Item("", "")
Record = dict[str, Item]


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of an answer, one for each combination of the members of the lists used.

    Attributes
    ----------
    records
        For each record its items by column name.
    left_out
        How many rows lack a value that the chart needs.
    lacking
        The name of the column whose value they lack.
    """

    records: list[Record]
    left_out: int = 0
    lacking: str = ""


def rows_of(answer: Answer, columns: Iterable[str], needed: Iterable[str]) -> Rows:
    """Return the records of an answer.

    Parameters
    ----------
    answer
        The answer.
    columns
        The columns that the chart uses.
    needed
        Those of them without which a row cannot be drawn.
    """
    names = list(dict.fromkeys(columns))
    places = {column.name: place for place, column in enumerate(answer.columns)}
    required = list(dict.fromkeys(needed))
    records: list[Record] = []
    left_out, lacking = 0, ""
    for row in answer.terms:
        members = [_members(answer, places[name], row[places[name]]) for name in names]
        missing = [n for n, m in zip(names, members, strict=True) if n in required and not m]
        if missing:
            left_out, lacking = left_out + 1, lacking or missing[0]
            continue
        for combination in product(*(m or [NOTHING] for m in members)):
            records.append(dict(zip(names, combination, strict=True)))
    return Rows(_told_apart(records), left_out, lacking)


def _members(answer: Answer, place: int, value: Value) -> list[Item]:
    column = answer.columns[place]
    if value is None:
        return []
    if isinstance(value, ox.Literal) and column.list_of:
        parts = sorted({part for part in value.value.split(LIST_SEPARATOR) if part})
        resources = column.list_of == "resources"
        items = [Item(part, answer.label(part) if resources else part) for part in parts]
    else:
        text = answer.text(column, value)
        key = value.value if isinstance(value, ox.NamedNode | ox.Literal) else text
        items = [Item(key, text)] if text else []
    return [Item(key, straight(text, answer.language)) for key, text in items]


def _told_apart(records: list[Record]) -> list[Record]:
    """Add its id to a label that several things of a column share."""
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in records:
        for name, item in record.items():
            keys[name, item.text].add(item.key)
    shared = {place for place, found in keys.items() if len(found) > 1}
    if not shared:
        return records
    return [
        {
            name: Item(item.key, f"{item.text} [{local_name(item.key)}]")
            if (name, item.text) in shared
            else item
            for name, item in record.items()
        }
        for record in records
    ]


def number(item: Item, answer: Answer) -> float:
    """Return the number that an item holds.

    Raises
    ------
    KnowledgeError
        If it holds none: the view of the query names a column that is not one of numbers.
    """
    try:
        return float(item.text)
    except ValueError:
        name = answer.query.path.name
        raise KnowledgeError(
            f"查询文件 {name}：view 要数值，却得到“{item.text}”。请改用另一列或 count。",
            f"Query file {name}: the view wants a number but got “{item.text}”. Name another "
            "column or use count.",
        ) from None


def is_number(text: str) -> bool:
    """Tell whether a text is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def measured(
    answer: Answer, view: View, records: Iterable[Record], key: Callable[[Record], tuple[str, ...]]
) -> dict[tuple[str, ...], float]:
    """Return the measure of each group of records.

    Parameters
    ----------
    answer
        The answer that the records are of.
    view
        The view; its measure says what is computed.
    records
        The records.
    key
        Gives the group of a record.
    """
    column = view.column(view.measure) if view.measure else None
    if view.measure in (None, "count"):
        seen: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for place, record in enumerate(records):
            value = record[column].key if column else str(place)
            if value:
                seen[key(record)].add(value)
        return {group: float(len(values)) for group, values in seen.items()}
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for record in records:
        assert column is not None
        groups[key(record)].append(number(record[column], answer))
    combine: Callable[[list[float]], float] = max if view.measure == "max" else sum
    return {group: combine(values) for group, values in groups.items()}


def largest(totals: dict[str, float], limit: int) -> list[str]:
    """Return the names with the highest totals, highest first, else in the order given."""
    order = {name: place for place, name in enumerate(totals)}
    return sorted(totals, key=lambda name: (-totals[name], order[name]))[:limit]


def most_frequent(names: Iterable[str], limit: int) -> list[str]:
    """Return the most frequent names, those that come first where equally frequent."""
    return [name for name, _ in Counter(names).most_common(limit)]


def joined(record: Record, columns: Iterable[str]) -> str:
    """Return the texts of some columns of a record as one label."""
    return " · ".join(record[name].text for name in columns if record[name].text)


def tidy(value: float) -> int | float:
    """Return a whole number as such, so that it is written without a point."""
    return int(value) if value == int(value) else round(value, 6)
