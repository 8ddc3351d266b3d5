"""Answers of named queries: rows of terms, resources shown by their label in one language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.errors import KnowledgeError
from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import XSD
from zsgraph.parameters import terms_of
from zsgraph.queries import ColumnHead, NamedQuery
from zsgraph.query_checks import PLACEHOLDER
from zsgraph.query_header import syntax_fault
from zsgraph.store import Graph

LIST_SEPARATOR: Final = "|"
Value = ox.NamedNode | ox.Literal | ox.BlankNode | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a named query.

    Attributes
    ----------
    query
        What was asked.
    language
        ``zh`` or ``en``: the language of headings and labels.
    rows
        The terms, a tuple a row in the order of ``columns``.
    labels
        Labels in ``language`` (else in Chinese) by IRI.
    values
        The texts that were given, by parameter name.
    graph
        What the build told of the graph that was asked.
    """

    query: NamedQuery
    language: str
    rows: list[Row]
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    graph: dict[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[ColumnHead, ...]:
        """The columns in order."""
        return self.query.columns

    @property
    def headings(self) -> list[str]:
        """The headings in the language of the answer."""
        return [column.heading.text(self.language) for column in self.columns]

    def texts(self) -> list[list[str]]:
        """Return all rows as people read them: labels for resources, lists joined."""
        return [
            [self.text(column, value) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    def text(self, column: ColumnHead, value: Value) -> str:
        """Return one value as people read it."""
        if value is None:
            return ""
        if isinstance(value, ox.NamedNode):
            return self.label(value.value)
        if not isinstance(value, ox.Literal):
            return str(value)
        if column.list_of:
            joint = "；" if self.language == "zh" else "; "
            items = self._items(column, value.value)
            shown = items[: column.most or None]
            return joint.join(shown) + (" …" if len(shown) < len(items) else "")
        if value.datatype.value == XSD + "boolean":
            words = {"zh": ("是", "否"), "en": ("yes", "no")}[self.language]
            return words[value.value != "true"]
        return value.value

    def label(self, iri: str) -> str:
        """Return the label of a resource, else the end of its IRI."""
        return self.labels.get(iri) or local_name(iri)

    def sentence(self) -> str:
        """Return the answer in one sentence, as the header of the query words it."""
        if not self.rows:
            return {"zh": "没有符合条件的结果。", "en": "Nothing matches."}[self.language]
        return PLACEHOLDER.sub(self._fill, self.query.answer.text(self.language))

    def _items(self, column: ColumnHead, text: str) -> list[str]:
        parts = [part for part in text.split(LIST_SEPARATOR) if part]
        if column.list_of == "resources":
            return [self.label(part) for part in sorted(set(parts))]
        return sorted(set(parts))

    def _fill(self, match: re.Match[str]) -> str:
        kind, name, number = match.groups()
        if kind == "count":
            return str(len(self.rows))
        place = [column.name for column in self.columns].index(name)
        column = self.columns[place]
        values = [self.text(column, row[place]) for row in self.rows if row[place] is not None]
        distinct = list(dict.fromkeys(filter(None, values)))
        if kind == "distinct":
            return str(len(distinct))
        if kind == "sum":
            return f"{sum(float(value) for value in values):g}"
        joint = "、" if self.language == "zh" else ", "
        return joint.join(distinct[: int(number or 1)])


def answer(
    graph: Graph, query: NamedQuery, values: dict[str, str] | None = None, language: str = "zh"
) -> Answer:
    """Ask a named query.

    Parameters
    ----------
    graph
        The graph to ask.
    query
        What to ask.
    values
        Texts by parameter name.
    language
        ``zh`` or ``en``, for headings and labels.

    Raises
    ------
    UsageError
        If a parameter or its value is not known.
    KnowledgeError
        If the query is not SPARQL, or selects other columns than its header names.
    """
    text = query.bound(terms_of(graph, query, values or {}))
    try:
        answers = graph.query(text)
    except SyntaxError as error:
        raise syntax_fault(query.path, text, error) from None
    names = [column.name for column in query.columns]
    if not isinstance(answers, ox.QuerySolutions) or names != [v.value for v in answers.variables]:
        raise KnowledgeError(
            f"查询 {query.path.name} 选出的列与头部的 columns 不一致。",
            f"Query {query.path.name} selects other columns than its header names.",
        )
    rows: list[Row] = [tuple(solution[name] for name in names) for solution in answers]
    labels = labels_of(graph.store, _resources(query, rows), language)
    return Answer(query, language, rows, labels, dict(values or {}), graph.description)


def _resources(query: NamedQuery, rows: list[Row]) -> Iterable[str]:
    for row in rows:
        for column, value in zip(query.columns, row, strict=True):
            if isinstance(value, ox.NamedNode):
                yield value.value
            elif column.list_of == "resources" and isinstance(value, ox.Literal):
                yield from (part for part in value.value.split(LIST_SEPARATOR) if part)
