"""The Python interface: named queries and queries of one's own give values that Python knows."""

import datetime as dt
import doctest
import importlib
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import polars as pl
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql.results.rdfresults import RDFResultParser

import zsgraph
from tests.conftest import PROJECT
from tests.toys import Library
from zsgraph.build import Summary
from zsgraph.errors import (
    GraphMissingError,
    KnowledgeError,
    QueryFileError,
    QuerySyntaxError,
    QueryTimeoutError,
    UsageError,
)
from zsgraph.knowledge_graph import KnowledgeGraph, UnknownTermWarning
from zsgraph.values import Resource, term_of, value_of

VALUES = """SELECT * { VALUES (?i ?d ?f ?b ?day ?time ?year ?text ?tag ?thing ?none) {
  (1 2.50 1e3 true "2024-01-31"^^xsd:date "2024-01-31T08:00:00Z"^^xsd:dateTime "2024"^^xsd:gYear
   "<b>"  "四川"@zh  skos:Concept UNDEF)
  (-7 "3"^^xsd:decimal "INF"^^xsd:double false UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF) } }"""


@pytest.fixture(scope="module")
def api(built: tuple[Path, Summary]) -> Iterator[KnowledgeGraph]:
    with zsgraph.open(built[0]) as graph:
        yield graph


def test_values_are_values_of_python(api: KnowledgeGraph) -> None:
    first, second = api.query(VALUES)
    assert first == {
        "i": 1,
        "d": Decimal("2.5"),
        "f": 1000.0,
        "b": True,
        "day": dt.date(2024, 1, 31),
        "time": dt.datetime(2024, 1, 31, 8, tzinfo=dt.UTC),
        "year": 2024,
        "text": "<b>",
        "tag": "四川",
        "thing": "http://www.w3.org/2004/02/skos/core#Concept",
        "none": None,
    }
    assert isinstance(first["thing"], Resource)
    assert (second["f"], second["none"]) == (float("inf"), None)


@pytest.mark.parametrize(
    "value",
    [1, -7, True, 1.5, float("inf"), Decimal("2.5"), dt.date(2024, 1, 31), "四\"川\\ \n'", ""],
)
def test_a_value_survives_as_a_term(api: KnowledgeGraph, value: object) -> None:
    answer = api.query("SELECT ?x { VALUES ?x { UNDEF } }", bindings={"x": value})
    assert answer[0]["x"] == value
    assert type(answer[0]["x"]) is type(value)


def test_terms_of_other_libraries_are_terms() -> None:
    assert term_of(rdflib.URIRef("http://x/")) == term_of(Resource("http://x/")) == "<http://x/>"
    for text in (rdflib.Literal("四", lang="zh"), ox.Literal("四", language="zh")):
        assert term_of(text) == '"四"@zh'
    for wrong in ([], object(), Resource("http://x/ y"), rdflib.BNode()):
        with pytest.raises(UsageError):
            term_of(wrong)


def test_what_python_cannot_hold_stays_text() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    for text, kind in (("99999-01-01", "date"), ("many", "integer"), ("2024-13-01", "date")):
        assert value_of(ox.Literal(text, datatype=ox.NamedNode(xsd + kind))) == text


def test_a_resource_of_one_answer_is_a_parameter_of_the_next(api: KnowledgeGraph) -> None:
    first = api.ask_named("q6-platforms", region="四川省")
    place = first[0]["place"]
    assert place.label == "四川省"
    assert pickle.loads(pickle.dumps(place)).label == "四川省"
    again = api.ask_named("q6-platforms", region=place)
    assert again.rows == first.rows
    assert len(first) == len(first.rows) > 0


def test_pandas_gets_real_types(api: KnowledgeGraph) -> None:
    frame = api.query(VALUES).to_pandas()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds == {
        "i": "Int64",
        "d": "Float64",
        "f": "Float64",
        "b": "boolean",
        "day": "datetime64[s]",
        "time": "datetime64[us, UTC]",
        "year": "Int64",
        "text": "string",
        "tag": "string",
        "thing": "category",
        "none": "string",
    }
    assert frame["day"][0] == pd.Timestamp("2024-01-31")
    assert frame["year"].isna().tolist() == [False, True]
    assert frame.attrs["headings"]["i"] == "i"


def test_polars_gets_real_types(api: KnowledgeGraph) -> None:
    frame = api.query(VALUES).to_polars()
    schema = dict(frame.schema)
    assert schema["i"] == schema["year"] == pl.Int64
    assert schema["day"] == pl.Date
    assert schema["time"] == pl.Datetime("us", "UTC")
    assert schema["thing"] == pl.Categorical
    assert frame["i"].to_list() == [1, -7]


@pytest.mark.parametrize("name", ["q3-policies", "q6-platforms", "support-side-by-side"])
def test_every_row_of_a_named_query_is_in_the_frames(api: KnowledgeGraph, name: str) -> None:
    answer = api.ask_named(name)
    pandas, polars = answer.to_pandas(), answer.to_polars()
    assert len(pandas) == len(polars) == len(answer)
    assert list(pandas.columns) == polars.columns == [column.name for column in answer.columns]
    shown = [row[0] for row in answer.texts()]
    assert pandas.iloc[:, 0].astype(str).tolist() == shown
    assert polars.to_series(0).cast(pl.String).to_list() == shown
    bare = answer.to_pandas(labels=False).iloc[:, 0].tolist()
    assert bare == [row[0].value for row in answer.terms]  # type: ignore[union-attr]


def test_ask_is_true_or_false(api: KnowledgeGraph) -> None:
    assert api.query("ASK { ?s ?p ?o }")
    assert not api.query("ASK { ?s ?p 'nowhere to be found' }")


def test_triples_become_a_graph(api: KnowledgeGraph) -> None:
    answer = api.query("CONSTRUCT WHERE { ?s skos:prefLabel ?o }", limit=20)
    assert answer.form == "triples"
    assert answer.cut
    assert len(answer.to_rdf()) == len(answer) == 20


def test_a_table_becomes_a_result_set_that_rdflib_reads(api: KnowledgeGraph) -> None:
    graph = api.query(VALUES).to_rdf()
    text = graph.serialize(format="turtle")
    again = rdflib.Graph().parse(data=text, format="turtle")
    read = RDFResultParser().parse(again)
    assert len(read.bindings) == 2
    assert {str(v) for v in read.vars or ()} == {c.name for c in api.query(VALUES).columns}


def test_a_notebook_gets_an_escaped_table(api: KnowledgeGraph) -> None:
    html = api.query(VALUES)._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>四川" not in html
    assert html.count("<tr>") == 3


def test_a_link_leads_only_to_the_web(api: KnowledgeGraph) -> None:
    assert "href" not in api.query("SELECT (<javascript:alert(1)> AS ?x) {}")._repr_html_()


def test_long_tables_are_cut_in_a_notebook(api: KnowledgeGraph) -> None:
    html = api.query("SELECT ?s { ?s a skos:Concept } LIMIT 60")._repr_html_()
    assert html.count("<tr>") == 51
    assert "还有 10 行" in html


def test_rdflib_sees_the_same_store(api: KnowledgeGraph) -> None:
    dataset = api.as_rdflib()
    query = "SELECT (COUNT(*) AS ?n) { ?s skos:broader ?o }"
    (row,) = dataset.query(query)
    assert int(row[0]) == api.query(query)[0]["n"] > 0  # type: ignore[index]
    with pytest.raises(RuntimeError, match="read-write"):
        dataset.add((rdflib.URIRef("a:a"), rdflib.URIRef("a:a"), rdflib.URIRef("a:a")))


def test_threads_may_share_a_graph(api: KnowledgeGraph) -> None:
    found: list[int] = []

    def ask() -> None:
        found.append(api.query("SELECT (COUNT(*) AS ?n) { ?s a skos:Concept }")[0]["n"])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?x { VALUES ?y { 1 2 } BIND(?y * 10 AS ?x) }", [10]),
        ("SELECT (COUNT(*) AS ?x) WHERE { VALUES ?y { 1 1 2 } }", [2]),
        ("SELECT ?x { { SELECT ?y ?x { VALUES (?y ?x) { (1 5) (2 6) } } } }", [5]),
        ("SELECT ?x { SELECT ?y ?x { VALUES (?y ?x) { (1 5) (2 6) } } }", [5]),
        ("# {\nSELECT ?x FROM graph:schemes { VALUES (?y ?x) { (1 '{') (2 '}') } }", ["{"]),
        ("SELECT ?x { OPTIONAL { VALUES (?y ?x) { (2 3) } } }", [None]),
        ("ASK { VALUES ?y { 2 3 } }", [False]),
    ],
)
def test_a_bound_variable_has_that_value_only(
    api: KnowledgeGraph, query: str, rows: list[object]
) -> None:
    answer = api.query(query, bindings={"y": 1})
    assert [next(iter(row.values())) for row in answer] == rows


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s a ?c } { ?s a ?c }",
        "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }",
        "CONSTRUCT WHERE { ?s a ?c }",
    ],
)
def test_a_bound_variable_restricts_triples(api: KnowledgeGraph, query: str) -> None:
    subject = Resource("id:regions/510000")
    found = api.query(query, bindings={"s": subject})
    assert {row["subject"] for row in found} == {subject}


def test_a_described_variable_may_be_bound(api: KnowledgeGraph) -> None:
    subject = Resource("id:regions/510000")
    found = api.query("DESCRIBE ?s { ?s a ?c }", bindings={"s": subject})
    assert {row["subject"] for row in found} == {subject}


def test_a_fault_in_a_query_with_bindings_is_told_where_it_was_written(
    api: KnowledgeGraph,
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        api.query("SELECT * { ?s skoss:x ?o }", bindings={"s": 1})
    assert caught.value.column == 15


class TestWrongUse:
    @pytest.mark.parametrize(
        ("name", "values", "nearest"),
        [
            ("q6-platform", {}, "q6-platforms"),
            ("q6-platforms", {"regoin": "四川省"}, "region"),
            ("q6-platforms", {"region": "四川"}, "四川省"),
        ],
    )
    def test_a_wrong_name_offers_the_nearest(
        self, api: KnowledgeGraph, name: str, values: dict[str, str], nearest: str
    ) -> None:
        with pytest.raises(UsageError) as caught:
            api.ask_named(name, **values)  # type: ignore[arg-type]
        assert nearest in caught.value.nearest
        assert nearest in caught.value.message.zh
        assert caught.value.__notes__ == [caught.value.message.zh]

    def test_a_binding_of_no_variable_offers_the_nearest(self, api: KnowledgeGraph) -> None:
        with pytest.raises(UsageError) as caught:
            api.query("SELECT ?place { ?place ?p ?o }", bindings={"plase": 1})
        assert caught.value.nearest == ("place",)

    def test_a_syntax_error_has_its_place(self, api: KnowledgeGraph) -> None:
        with pytest.raises(QuerySyntaxError) as caught:
            api.query("SELECT *\n{ ?s skoss:x ?o }")
        assert (caught.value.line, caught.value.column) == (2, 6)

    def test_a_slash_in_a_name_is_told(self, api: KnowledgeGraph) -> None:
        with pytest.raises(QuerySyntaxError, match=r"id:regions\\/510000"):
            api.query("DESCRIBE id:regions/510000")

    def test_an_unknown_term_is_warned_of(self, api: KnowledgeGraph) -> None:
        with pytest.warns(UnknownTermWarning, match="locatdIn，是不是 zs:locatedIn？"):
            assert not api.query("SELECT * { ?s zs:locatdIn ?o }")

    def test_a_query_that_takes_long_is_stopped(self, api: KnowledgeGraph) -> None:
        with pytest.raises(QueryTimeoutError):
            api.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.3)

    def test_an_unknown_language_or_graph_is_told(
        self, api: KnowledgeGraph, built: tuple[Path, Summary]
    ) -> None:
        with pytest.raises(UsageError):
            zsgraph.open(built[0], language="fr")
        with pytest.raises(UsageError):
            api.query("ASK {}", graph="infered")


def test_a_faulty_query_file_is_told_with_its_path(library: Library) -> None:
    library.build()
    (path,) = (library.root / "queries" / "questions").glob("*.rq")
    library.write(str(path.relative_to(library.root)), path.read_text() + "\n}")
    from zsgraph.answers import answer
    from zsgraph.queries import load_query
    from zsgraph.store import open_graph

    with pytest.raises(QueryFileError) as caught:
        answer(open_graph(library.home), load_query(path))
    assert caught.value.path == path
    assert isinstance(caught.value, KnowledgeError)
    assert issubclass(GraphMissingError, zsgraph.ZsgraphError)


def test_missing_libraries_are_told(api: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = api.query("SELECT (1 AS ?x) {}")
    for name, extra in (("pandas", "pandas"), ("polars", "polars")):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(UsageError, match=rf"pip install 'zsgraph\[{extra}\]'"):
            getattr(answer, f"to_{name}")()


def test_importing_is_light() -> None:
    heavy = {"pyoxigraph", "rdflib", "click", "yaml", "pandas", "polars", "importlib.metadata"}
    code = f"import sys, zsgraph; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout == "[]\n"
    assert set(zsgraph.__all__) <= set(dir(zsgraph))
    assert all(hasattr(zsgraph, name) for name in zsgraph.__all__)


@pytest.mark.parametrize(
    ("method", "given", "offered"),
    [
        ("show", ("四川者",), "四川省"),
        ("schema", ("zs:Regio",), "region"),
        ("why", ("四川者", "a", "zs:Region"), "四川省"),
        ("find", ("四川省",), "region"),
    ],
)
def test_discovery_offers_what_may_have_been_meant(
    api: KnowledgeGraph, method: str, given: tuple[str, ...], offered: str
) -> None:
    options = {"kind": "regio"} if method == "find" else {}
    with pytest.raises(UsageError) as caught:
        getattr(api, method)(*given, **options)
    assert offered in caught.value.nearest


def test_a_thing_out_of_an_answer_can_be_shown_and_explained(api: KnowledgeGraph) -> None:
    platform = api.ask_named("q6-platforms", region="四川省").rows[0]["platform"]
    assert api.show(platform).iri == api.find(platform.id).hits[0].iri == platform
    assert api.why(platform, "a", "zs:Platform").reasons


@pytest.mark.parametrize(
    "module",
    [
        "zsgraph.api",
        "zsgraph.knowledge_graph",
        "zsgraph.answers",
        "zsgraph.values",
        "zsgraph.execution.worker",
    ],
)
def test_the_examples_of_the_reference_run(
    module: str, built: tuple[Path, Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZSGRAPH_HOME", str(built[0]))
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    failed, tried = doctest.testmod(importlib.import_module(module), optionflags=flags)
    assert tried > 0
    assert failed == 0
    assert (PROJECT / "docs" / "api.md").is_file()
