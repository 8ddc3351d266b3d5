"""Answers of queries: rows of terms, resources shown by their label in one language."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from zsgraph.errors import KnowledgeError, QueryError
from zsgraph.findings import Message
from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import PREFIXES, XSD
from zsgraph.parameters import terms_of
from zsgraph.queries import ColumnHead, NamedQuery
from zsgraph.query_checks import PLACEHOLDER
from zsgraph.query_header import QueryFile
from zsgraph.sparql.faults import in_file, syntax_error
from zsgraph.store import Graph
from zsgraph.values import Resource, value_of
from zsgraph.views import view_of

if TYPE_CHECKING:
    import pandas
    import polars
    import rdflib

    from zsgraph.charts import Chart

LIST_SEPARATOR: Final = "|"
Value = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None
Row = tuple[Value, ...]
#: Runs a query; returns the variables in order and the rows.
Runner = Callable[[str], tuple[tuple[str, ...], list[Row]]]


@dataclass(frozen=True, repr=False)
class Answer:
    """The answer to a query.

    Iterating gives :attr:`rows`, dictionaries of Python values by variable; ``len`` counts them.

    Attributes
    ----------
    query
        What was asked.
    language
        ``zh`` or ``en``: the language of headings and labels.
    terms
        The rows as RDF terms, a tuple a row in the order of ``columns``; :attr:`rows` has them
        as Python values.
    labels
        Labels in ``language`` (else in Chinese) by IRI.
    values
        The texts that were given, by parameter name.
    graph
        What the build told of the graph that was asked.
    form
        ``solutions``; ``boolean`` for ASK, whose only row holds the truth value; ``triples`` for
        CONSTRUCT and DESCRIBE, whose rows are subject, predicate and object.
    cut
        Whether there was more than the limit allowed.

    Examples
    --------
    >>> import zsgraph
    >>> with zsgraph.open() as graph:
    ...     answer = graph.query("SELECT ?one ?two { VALUES (?one ?two) { (1 'x') (2 UNDEF) } }")
    >>> len(answer)
    2
    >>> answer.rows
    [{'one': 1, 'two': 'x'}, {'one': 2, 'two': None}]
    """

    query: NamedQuery
    language: str
    terms: list[Row]
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    graph: dict[str, Any] = field(default_factory=dict)
    form: str = "solutions"
    cut: bool = False

    def __repr__(self) -> str:
        return f"<Answer to {self.query.name}: {len(self.terms)} rows, {len(self.columns)} columns>"

    def __str__(self) -> str:
        from zsgraph.formats import to_table

        return to_table(self)

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __getitem__(self, place: int) -> dict[str, Any]:
        return self.rows[place]

    def __bool__(self) -> bool:
        """Tell what ASK found; another answer is true if it has rows."""
        if self.form == "boolean":
            return bool(self.rows[0][self.columns[0].name])
        return bool(self.terms)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as Python values by variable: resources, numbers, dates, texts, lists."""
        return [
            {
                column.name: self._value(column, term)
                for column, term in zip(self.columns, row, strict=True)
            }
            for row in self.terms
        ]

    def to_pandas(self, *, labels: bool = True) -> "pandas.DataFrame":
        """Return a data frame of pandas with real types (needs the extra ``pandas``).

        Parameters
        ----------
        labels
            Whether resources are shown by what they are called, else by their IRI.
        """
        from zsgraph.dataframes import to_pandas

        return to_pandas(self, labels=labels)

    def to_polars(self, *, labels: bool = True) -> "polars.DataFrame":
        """Return a data frame of polars with real types (needs the extra ``polars``).

        Parameters
        ----------
        labels
            Whether resources are shown by what they are called, else by their IRI.
        """
        from zsgraph.dataframes import to_polars

        return to_polars(self, labels=labels)

    def to_rdf(self) -> "rdflib.Graph":
        """Return the triples of CONSTRUCT and DESCRIBE; a table or truth value as a result set.

        Standard of the latter: the result set vocabulary of the SPARQL tests
        (http://www.w3.org/2001/sw/DataAccess/tests/result-set#).
        """
        from zsgraph.answer_rdf import to_rdf

        return to_rdf(self)

    def chart(self, theme: str = "light", *, title: str = "", **view: Any) -> "Chart":
        """Return a chart of the answer; a notebook shows it.

        Parameters
        ----------
        theme
            ``light`` or ``dark``.
        title
            What stands above it; by default what the query asks.
        **view
            What to draw, as in the header of a named query: ``type`` and the columns it is made
            of, for example ``type="bar", category="region", sum="amount"``.  By default what the
            header of the query says.

        Raises
        ------
        UsageError, KnowledgeError
            If the view has no chart, or names what is no column.
        """
        from zsgraph.charts import chart

        query = self.query
        if title:
            query = replace(query, summary=Message(title, title))
        if view:
            names = [column.name for column in self.columns]
            file = QueryFile(query.path, {"view": view}, query.text)
            query = replace(query, view=view_of(file, names))
        return chart(replace(self, query=query), theme)

    def _repr_html_(self) -> str:
        from zsgraph.answer_html import to_html

        return to_html(self)

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
            for row in self.terms
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

    def _value(self, column: ColumnHead, term: Value) -> Any:
        if column.list_of and isinstance(term, ox.Literal):
            parts = sorted({part for part in term.value.split(LIST_SEPARATOR) if part})
            resources = column.list_of == "resources"
            return [Resource(part, self.label(part)) for part in parts] if resources else parts
        return value_of(term, self.label)

    def label(self, iri: str) -> str:
        """Return the label of a resource, else the end of its IRI."""
        return self.labels.get(iri) or local_name(iri)

    def sentence(self) -> str:
        """Return the answer in one sentence, as the header of the query words it."""
        if not self.terms:
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
            return str(len(self.terms))
        place = [column.name for column in self.columns].index(name)
        column = self.columns[place]
        values = [self.text(column, row[place]) for row in self.terms if row[place] is not None]
        distinct = list(dict.fromkeys(filter(None, values)))
        if kind == "distinct":
            return str(len(distinct))
        if kind == "sum":
            return f"{sum(float(value) for value in values):g}"
        joint = "、" if self.language == "zh" else ", "
        return joint.join(distinct[: int(number or 1)])


def answer(
    graph: Graph,
    query: NamedQuery,
    values: dict[str, str] | None = None,
    language: str = "zh",
    run: Runner | None = None,
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
    run
        Runs the bound query within limits of time and memory, and returns the variables and rows;
        by default it runs here, without limits.

    Raises
    ------
    UsageError
        If a parameter or its value is not known.
    QueryFileError
        If the query is not SPARQL.
    KnowledgeError
        If the query selects other columns than its header names.
    """
    text = query.bound(terms_of(graph, query, values or {}))
    try:
        names, rows = (run or _run_here(graph))(text)
    except SyntaxError as error:
        raise in_file(query.path, syntax_error(text, str(error), PREFIXES)) from None
    except QueryError as error:
        raise in_file(query.path, error) from None
    if names != tuple(column.name for column in query.columns):
        raise KnowledgeError(
            f"查询 {query.path.name} 选出的列与头部的 columns 不一致。",
            f"Query {query.path.name} selects other columns than its header names.",
        )
    labels = labels_of(graph.store, _resources(query, rows), language)
    return Answer(query, language, rows, labels, dict(values or {}), graph.description)


def _run_here(graph: Graph) -> Runner:
    def run(text: str) -> tuple[tuple[str, ...], list[Row]]:
        answers = graph.query(text)
        if not isinstance(answers, ox.QuerySolutions):
            return (), []
        names = tuple(variable.value for variable in answers.variables)
        return names, [tuple(solution) for solution in answers]

    return run


def _resources(query: NamedQuery, rows: list[Row]) -> Iterable[str]:
    for row in rows:
        for column, value in zip(query.columns, row, strict=True):
            if isinstance(value, ox.NamedNode):
                yield value.value
            elif column.list_of == "resources" and isinstance(value, ox.Literal):
                yield from (part for part in value.value.split(LIST_SEPARATOR) if part)
