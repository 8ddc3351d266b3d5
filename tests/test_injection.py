"""Whatever is given for a parameter is a value: it never becomes a part of the query."""

import string
from functools import cache
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import PROJECT
from zsgraph.errors import UsageError
from zsgraph.namespaces import PREFIXES
from zsgraph.parameters import terms_of
from zsgraph.queries import load_queries
from zsgraph.query_binding import bind
from zsgraph.sparql.bindings import bound
from zsgraph.sparql.tokens import tokens
from zsgraph.store import Graph
from zsgraph.terms import iri, literal
from zsgraph.values import Resource, term_of

QUERIES = load_queries(PROJECT / "queries")
PARAMETERS = [(query, p) for query in QUERIES.values() for p in query.parameters]
HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\"'<>{}\\?$#%@^`|\n\r\t .;,:uU0123" + string.ascii_letters),
    st.sampled_from(
        [
            '" } . ?s ?p ?o } #',
            "> } UNION { ?s ?p ?o } #",
            "\\u0022 } #",
            '"""',
            "'''",
            "UNDEF } VALUES ?x { 1",
            "<http://x/> } SERVICE <http://x/> {",
            "\\",
            '\\"',
        ]
    ),
)


@cache
def skeleton(text: str) -> list[tuple[str, str]]:
    """Return the tokens of a query but for literals and IRIs, which stand for values."""
    return [
        (token.kind, "" if token.kind in ("string", "iri") else token.text)
        for token in tokens(text)
        if token.kind not in ("space", "comment")
    ]


@pytest.mark.parametrize(
    ("query", "parameter"), PARAMETERS, ids=[f"{q.name}-{p.name}" for q, p in PARAMETERS]
)
@settings(max_examples=40, deadline=None)
@given(value=HOSTILE)
def test_a_hostile_value_is_bound_as_a_term(query: Any, parameter: Any, value: str) -> None:
    benign = bind(query.text, {parameter.name: literal("x")})
    hostile = bind(query.text, {parameter.name: literal(value)})
    assert skeleton(hostile) == skeleton(benign)
    store = ox.Store()
    answers = store.query(hostile, prefixes=PREFIXES)
    assert isinstance(answers, ox.QuerySolutions)
    assert [v.value for v in answers.variables] == [column.name for column in query.columns]


@pytest.mark.parametrize(
    ("query", "parameter"), PARAMETERS, ids=[f"{q.name}-{p.name}" for q, p in PARAMETERS]
)
@settings(max_examples=5, deadline=None)
@given(value=HOSTILE)
def test_a_value_that_is_none_is_refused_or_is_a_term(
    graph: Graph, query: Any, parameter: Any, value: str
) -> None:
    given_ = {p.name: p.example for p in query.parameters if p.required} | {parameter.name: value}
    try:
        terms = terms_of(graph, query, given_)
    except UsageError:
        return
    (parsed,) = ox.parse(f"<x:s> <x:p> {terms[parameter.name]} .", ox.RdfFormat.N_TRIPLES)
    assert parsed.object is not None


@settings(max_examples=300, deadline=None)
@given(value=HOSTILE)
@example('"@en } #')
def test_a_bound_value_comes_back_as_it_was_given(value: str) -> None:
    text = bound("SELECT ?x { VALUES ?x { UNDEF } }", {"x": term_of(value)})
    answers = ox.Store().query(text)
    assert isinstance(answers, ox.QuerySolutions)
    assert [row[0] for row in answers] == [ox.Literal(value)]


@settings(max_examples=300, deadline=None)
@given(value=HOSTILE)
def test_a_hostile_iri_is_refused_or_harmless(value: str) -> None:
    try:
        term = term_of(Resource("http://x/" + value))
    except UsageError:
        with pytest.raises(ValueError, match="not an IRI"):
            iri("http://x/" + value)
        return
    text = bound("SELECT ?x { VALUES ?x { UNDEF } }", {"x": term})
    assert skeleton(text) == skeleton(
        bound("SELECT ?x { VALUES ?x { UNDEF } }", {"x": "<http://x/>"})
    )
