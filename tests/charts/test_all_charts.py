"""Every named query's chart, in both languages: valid, complete, and as the stored picture."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import altair
import jsonschema_rs
import pytest

from tests.charts.made import texts
from tests.charts.pictures import SCALE, differ, drawn, reference_path, small
from tests.conftest import PROJECT
from tests.shell import CHINESE
from tests.update_golden import LANGUAGES, example_values
from zsgraph.charts.fonts import chinese_fonts_missing
from zsgraph.queries import NamedQuery, load_queries
from zsgraph.store import Graph

QUERIES = load_queries(PROJECT / "queries")
each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
each_language = pytest.mark.parametrize("language", LANGUAGES)
needs_fonts = pytest.mark.skipif(
    chinese_fonts_missing(), reason="no font for Chinese; scripts/system_packages installs one"
)


@pytest.fixture(scope="module")
def schema() -> Any:
    """The JSON Schema of Vega-Lite, as its makers publish it."""
    path = Path(altair.__file__).parent / "vegalite" / "v6" / "schema" / "vega-lite-schema.json"
    return jsonschema_rs.validator_for(_quoted(json.loads(path.read_text(encoding="utf-8"))))


def _quoted(node: Any) -> Any:
    """Quote the references, which hold characters that no IRI may."""
    if isinstance(node, dict):
        return {
            key: quote(value, safe="#/") if key == "$ref" else _quoted(value)
            for key, value in node.items()
        }
    return [_quoted(item) for item in node] if isinstance(node, list) else node


@each_language
@each_query
def test_specification_is_valid_and_tells_its_source(
    query: NamedQuery, language: str, graph: Graph, schema: Any
) -> None:
    for theme_values in ({}, example_values(query)):
        spec = drawn(graph, query, language, **theme_values).spec
        schema.validate(spec)
        around = texts(spec)
        assert f"{query.name}" in around
        assert "2026-01-01" in around
        assert bool(CHINESE.search(query.summary.text(language))) == (language == "zh")
        assert json.loads(json.dumps(spec)) == spec


def test_a_slip_in_a_specification_is_seen(graph: Graph, schema: Any) -> None:
    spec = drawn(graph, QUERIES["q6-platforms"], "en").spec
    spec["vconcat"][0]["layer"][0]["mark"]["type"] = "rectangle"
    assert not schema.is_valid(spec)


@needs_fonts
@each_language
@each_query
def test_chart_looks_like_its_stored_picture(
    query: NamedQuery, language: str, graph: Graph
) -> None:
    picture = small(drawn(graph, query, language).to_png(SCALE))
    found = differ(picture, reference_path(query.name, language).read_bytes())
    assert not found, f"{found}; look at it: python -m tests.update_charts {query.name}"


@needs_fonts
def test_a_chart_that_lacks_a_bar_is_seen(graph: Graph) -> None:
    query = QUERIES["sources-by-tier"]
    whole = drawn(graph, query, "en")
    layer = whole.drawing["vconcat"][0]["layer"][0]
    layer["data"]["values"] = layer["data"]["values"][1:]
    assert differ(whole.to_png(SCALE), reference_path(query.name, "en").read_bytes())


def test_there_is_no_picture_without_its_query() -> None:
    stored = {path.name for path in reference_path("x", "zh").parent.glob("*.png")}
    assert stored == {reference_path(n, lang).name for n in QUERIES for lang in LANGUAGES}


@needs_fonts
def test_letters_of_a_drawing_are_text(graph: Graph) -> None:
    svg = drawn(graph, QUERIES["q6-platforms"], "zh").to_svg()
    assert re.search(r"<text[^>]*>黑龙江</text>", svg)
