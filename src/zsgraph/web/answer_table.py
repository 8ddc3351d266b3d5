"""The rows of an answer as a page shows them: filtered, sorted, in pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from zsgraph.answers import LIST_SEPARATOR, Answer, Row, Value
from zsgraph.names import folded
from zsgraph.namespaces import XSD
from zsgraph.queries import ColumnHead

PAGE_ROWS: Final = 30
_NUMBERS: Final = {XSD + kind for kind in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Part:
    """A text in a cell, with the IRI of what it names; empty for a literal."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, whether it holds numbers, and how the table is sorted by it.

    ``sorting`` is what to ask for to sort by it next; ``sorted`` is ``ascending``, ``descending``
    or empty.
    """

    text: str
    quantity: bool
    sorting: str
    sorted: str


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A page of rows.

    Attributes
    ----------
    heads, rows
        Headings, and the parts of each cell.
    matching, total
        How many rows contain what was looked for, and how many there are in all.
    page, pages
        Number of this page, from 1, and how many there are.
    """

    heads: list[Head]
    rows: list[list[list[Part]]]
    matching: int
    total: int
    page: int
    pages: int


def answer_table(answer: Answer, contains: str, sort: str, page: int) -> AnswerTable:
    """Return a page of an answer.

    Parameters
    ----------
    answer
        The whole answer.
    contains
        Only rows with this text in a cell, in any spelling; empty for all.
    sort
        Name of a column, with ``-`` before it for the largest first; empty or unknown for the
        order of the query.
    page
        Number of the page, from 1; beyond the last it is the last.
    """
    rows = matching_rows(answer, contains)
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    names = [column.name for column in answer.columns]
    if name in names:
        rows = _sorted(answer, rows, names.index(name), backwards)
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    heads = [
        Head(
            column.heading.text(answer.language),
            _is_quantity(row[place] for row in answer.terms),
            f"-{column.name}" if sort == column.name else column.name,
            ("descending" if backwards else "ascending") if name == column.name else "",
        )
        for place, column in enumerate(answer.columns)
    ]
    cells = [
        [
            list(_parts(answer, column, value))
            for column, value in zip(answer.columns, row, strict=True)
        ]
        for row in shown
    ]
    return AnswerTable(heads, cells, len(rows), len(answer.terms), page, pages)


def matching_rows(answer: Answer, contains: str) -> list[Row]:
    """Return the rows with a text in one of their cells, in any spelling."""
    wanted = folded(contains)
    if not wanted:
        return answer.terms
    return [
        row
        for row, texts in zip(answer.terms, answer.texts(), strict=True)
        if any(wanted in folded(text) for text in texts)
    ]


def _sorted(answer: Answer, rows: list[Row], place: int, backwards: bool) -> list[Row]:
    """Return rows by a column, those without a value last."""
    column = answer.columns[place]
    known = [row for row in rows if row[place] is not None]
    without = [row for row in rows if row[place] is None]
    if _is_quantity(row[place] for row in known):
        known.sort(key=lambda row: float(row[place].value), reverse=backwards)  # type: ignore[union-attr]
    else:
        # GB 18030 has the common characters in the order of their pronunciation.
        known.sort(
            key=lambda row: answer.text(column, row[place]).encode("gb18030"), reverse=backwards
        )
    return known + without


def _is_quantity(values: Iterable[Value]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(
        isinstance(value, ox.Literal) and value.datatype.value in _NUMBERS for value in known
    )


def _parts(answer: Answer, column: ColumnHead, value: Value) -> Iterable[Part]:
    if isinstance(value, ox.NamedNode):
        yield Part(answer.label(value.value), value.value)
    elif column.list_of == "resources" and isinstance(value, ox.Literal):
        members = sorted({member for member in value.value.split(LIST_SEPARATOR) if member})
        yield from (Part(answer.label(member), member) for member in members)
    elif text := answer.text(column, value):
        yield Part(text)
