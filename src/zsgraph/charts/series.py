"""The categories that colours stand for, no more of them than can be told apart."""

from dataclasses import dataclass
from typing import Any, Final

from zsgraph.answers import Answer
from zsgraph.charts.frame import heading
from zsgraph.charts.rows import NOTHING, Item, Record, most_frequent
from zsgraph.charts.theme import CATEGORIES, OTHERS
from zsgraph.findings import Message

_LAST: Final = "\uffff"  # sorts behind every IRI


@dataclass(frozen=True, slots=True)
class Series:
    """What the colours of a chart stand for.

    Attributes
    ----------
    title
        Title of the legend.
    names
        The categories in the order of the colours.
    rest
        What those without a colour of their own are called; empty where there are none.
    """

    title: str
    names: list[str]
    rest: str
    notes: list[Message]

    def name(self, category: str) -> str:
        """Return the name under which a category is drawn."""
        return category if category in self.names else self.rest

    def encoding(self) -> dict[str, Any]:
        """Return the colour channel of a specification; no legend where colours mean nothing."""
        colours = [*CATEGORIES][: len(self.names)]
        if self.rest:
            colours[len(self.names) - 1 :] = [OTHERS]
        return {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": self.names, "range": colours},
            "legend": {"title": self.title or None, "orient": "top", "columns": self._across()}
            if self.title or len(self.names) > 1
            else None,
        }

    def _across(self) -> int:
        longest = max(map(len, self.names))
        wide = any(ord(char) > 0x2E80 for name in self.names for char in name)
        return max(1, min(len(self.names), 700 // (40 + longest * (13 if wide else 7))))


def category_of(answer: Answer, record: Record, column: str | None) -> Item:
    """Return what colours a record: the value of a column, or that it is not stated."""
    if column is None:
        return NOTHING
    if not record[column].text:
        return Item(_LAST, {"zh": "未注明", "en": "not stated"}[answer.language])
    return record[column]


def series_of(answer: Answer, column: str | None, values: list[Item]) -> Series:
    """Return the series of a chart.

    Colours go by what the categories are, not by what they are called, so that a category has
    the same one in either language.

    Parameters
    ----------
    answer
        The answer.
    column
        The column whose values they are.
    values
        The values, one for each mark; where there are too many, the most frequent get a colour.
    """
    rest = {"zh": "其余", "en": "others"}[answer.language]
    named = [item.text for item in sorted(dict.fromkeys(values), key=lambda item: item.key)]
    title = heading(answer, column)
    if len(named) <= len(CATEGORIES):
        return Series(title, named, "", [])
    kept = set(most_frequent([item.text for item in values], len(CATEGORIES) - 1))
    names = [name for name in named if name in kept]
    left = len(named) - len(names)
    note = Message(
        f"灰色合并了其余 {left} 种“{title}”。",
        f"Grey stands for {left} further values of “{title}”.",
    )
    return Series(title, [*names, rest], rest, [note])
