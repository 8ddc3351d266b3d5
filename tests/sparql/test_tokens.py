"""Queries are read token by token, and what is written anew means the same."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import PROJECT

from zsgraph.namespaces import PREFIXES
from zsgraph.sparql.checks import examine
from zsgraph.sparql.tokens import declared_prefixes, place, tokens

QUERIES = sorted((PROJECT / "queries").rglob("*.rq"))
EMPTY = ox.Store()


@given(st.text(alphabet=st.sampled_from("<>#\"'\\?:_{}.@ \n\rab1") | st.characters()))
def test_tokens_are_the_whole_text(text: str) -> None:
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    assert all(text.startswith(token.text, token.start) for token in found)


def test_tokens_are_told_apart() -> None:
    query = """PREFIX x: <http://a#> SELECT ?s { ?s x:a.b "q"@zh-CN ; a _:n, 1.5e3 . # end"""
    kinds = [(t.kind, t.text) for t in tokens(query) if t.kind not in ("space", "sign", "word")]
    assert kinds == [
        ("name", "x:"),
        ("iri", "<http://a#>"),
        ("variable", "?s"),
        ("variable", "?s"),
        ("name", "x:a.b"),
        ("string", '"q"'),
        ("language", "@zh-CN"),
        ("blank", "_:n"),
        ("number", "1.5e3"),
        ("comment", "# end"),
    ]
    assert declared_prefixes(query) == {"x": "http://a#"}


def test_a_place_counts_lines_and_characters() -> None:
    assert place("中文\n ?s", 4) == (2, 2)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_written_anew_is_the_same_query(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    marked = f"# SERVICE\n{text}"
    again = examine(marked, PREFIXES, ()).text
    assert again != marked
    assert _plan(again) == _plan(marked)


def _plan(text: str) -> list[str]:
    answers = EMPTY.query(text, prefixes=PREFIXES)
    assert isinstance(answers, ox.QuerySolutions)
    return [variable.value for variable in answers.variables]


def test_an_iri_with_a_fragment_is_the_same_iri() -> None:
    text = 'SELECT (STR(<http://x/#service>) AS ?x) ("#" AS ?y) { }'
    again = examine(text, PREFIXES, ()).text
    answers = EMPTY.query(again)
    assert isinstance(answers, ox.QuerySolutions)
    assert [term.value for row in answers for term in row] == ["http://x/#service", "#"]
