"""``zsgraph sparql``: from a query to a table, a file or a sentence that tells what is wrong."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import Result

from tests.conftest import PROJECT
from tests.shell import CHINESE, Shell, shell
from zsgraph.build import Summary

__all__ = ["shell"]

RESULTS = {"json": "json", "xml": "xml", "csv": "csv", "tsv": "tsv"}
GRAPHS = {
    "turtle": "turtle",
    "ntriples": "nt",
    "nquads": "nquads",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
TABLE = """SELECT ?thing ?text ?tag ?number ?none { VALUES (?thing ?text ?tag ?number ?none) {
  (<http://x/> "四川\\t\\"省\\"\\n<&>,;" "四川"@zh 2.50 UNDEF)
  (skos:Concept "" "a"@en 7 UNDEF) } }"""


@pytest.fixture
def sparql(shell: Shell, built: tuple[Path, Summary], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("ZSGRAPH_HOME", str(built[0]))
    return shell


@pytest.fixture(scope="module")
def reference() -> Result:
    """Return what rdflib makes of the table, which needs no data."""
    from zsgraph.namespaces import PREFIXES

    return rdflib.Graph().query(TABLE, initNs=PREFIXES)


def rows(result: Result, form: str) -> list[list[object]]:
    """Return rows to compare; CSV keeps only the text of terms (SPARQL 1.1 CSV and TSV, 3)."""
    names = [str(variable) for variable in result.vars or ()]
    found = [[binding.get(rdflib.Variable(n)) for n in names] for binding in result.bindings]
    if form != "csv":
        return [[_plain(term) for term in row] for row in found]
    return [["" if term is None else f"{_plain(term)}" for term in row] for row in found]


def _plain(term: object) -> object:
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.decimal:
        return term.toPython().normalize()
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.string:
        return rdflib.Literal(str(term))
    return term


@pytest.mark.parametrize("form", RESULTS)
@pytest.mark.parametrize("limit", [(), ("--limit", "2")])
def test_the_standard_formats_are_read_by_rdflib_and_equal(
    sparql: Shell, reference: Result, tmp_path: Path, form: str, limit: tuple[str, ...]
) -> None:
    out = tmp_path / f"result.{form}"
    assert sparql.run("sparql", TABLE, "--format", form, "--out", str(out), *limit).code == 0
    read = Result.parse(io.BytesIO(out.read_bytes()), format=RESULTS[form])
    assert [str(variable) for variable in read.vars or ()] == [str(v) for v in reference.vars or ()]
    if form == "csv":
        lines = list(csv.reader(io.StringIO(out.read_bytes().decode(), newline="")))
        assert lines[1:] == rows(reference, form)
    else:
        assert rows(read, form) == rows(reference, form)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(("query", "truth"), [("ASK {}", True), ("ASK { ?s ?s 'x' }", False)])
def test_a_truth_value_is_read_by_rdflib(
    sparql: Shell, tmp_path: Path, form: str, query: str, truth: bool
) -> None:
    out = tmp_path / "answer"
    sparql.run("sparql", query, "--format", form, "--out", str(out))
    assert Result.parse(io.BytesIO(out.read_bytes()), format=form).askAnswer is truth


@pytest.mark.parametrize("form", GRAPHS)
def test_triples_are_read_by_rdflib_and_equal(sparql: Shell, tmp_path: Path, form: str) -> None:
    query = "CONSTRUCT { ?s skos:prefLabel ?o } { ?s a skos:ConceptScheme ; skos:prefLabel ?o }"
    plain, out = tmp_path / "plain.nt", tmp_path / f"graph.{form}"
    assert sparql.run("sparql", query, "--out", str(plain)).code == 0
    assert sparql.run("sparql", query, "--format", form, "--out", str(out)).code == 0
    read = rdflib.Dataset(default_union=True).parse(out, format=GRAPHS[form])
    wanted = rdflib.Graph().parse(plain, format="nt")
    assert len(wanted) > 0
    assert {triple[:3] for triple in read} == set(wanted)


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("parquet", b"PAR1")])
def test_files_for_tables_open_in_pandas(
    sparql: Shell, tmp_path: Path, form: str, start: bytes
) -> None:
    out = tmp_path / f"table.{form}"
    assert sparql.run("sparql", TABLE, "--out", str(out)).code == 0
    assert out.read_bytes().startswith(start)
    frame = pd.read_excel(out) if form == "xlsx" else pd.read_parquet(out)
    assert frame["tag"].tolist() == ["四川", "a"]
    assert frame["number"].tolist() == [2.5, 7.0]
    assert frame["text"][0] == '四川\t"省"\n<&>,;'


def test_from_a_file_from_standard_input_and_from_the_line(
    sparql: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT (1 + 1 AS ?two) {}"
    file = tmp_path / "two.rq"
    file.write_bytes(b"\xef\xbb\xbf" + query.encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(query.encode())))
    texts = [sparql.run("sparql", source).out for source in (str(file), "-", query)]
    assert len(set(texts)) == 1
    assert texts[0].split() == ["two", "───", "2"]


def test_the_graphs_are_chosen(sparql: Shell) -> None:
    numbers = {}
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for name in ("asserted", "inferred", "all"):
        ran = sparql.run("sparql", query, "--graph", name, "--format", "csv")
        numbers[name] = int(ran.out.split()[1])
    assert numbers["all"] == numbers["asserted"] + numbers["inferred"]


def test_a_long_table_is_cut_with_a_sentence(sparql: Shell) -> None:
    ran = sparql.run("--lang", "en", "sparql", "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert ran.code == 0
    assert "Only the first 1000 rows" in ran.err
    assert ran.out.count("\n") < 1010


def test_a_limit_is_told_and_keeps_to_the_format(sparql: Shell) -> None:
    ran = sparql.run("sparql", "SELECT * { ?a ?b ?c }", "--limit", "3", "--format", "json")
    assert len(json.loads(ran.out)["results"]["bindings"]) == 3
    assert "只给出前 3 行" in ran.err


def test_a_million_rows_go_into_a_file_whole(sparql: Shell, tmp_path: Path) -> None:
    out = tmp_path / "million.tsv"
    query = "SELECT ?a ?d { ?a a ?c . ?d a ?f } LIMIT 1000000"
    assert sparql.run("sparql", query, "--out", str(out)).code == 0
    with out.open("rb") as stream:
        assert sum(1 for _ in stream) == 1_000_001


def test_a_million_rows_are_cut_on_a_terminal(built: tuple[Path, Summary]) -> None:
    leader, follower = pty.openpty()
    command = "import sys; from zsgraph.cli import main; main()"
    query = "SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "sparql", query, "--format", "csv"],
        stdout=follower,
        stderr=subprocess.PIPE,
        env=os.environ | {"ZSGRAPH_HOME": str(built[0]), "ZSGRAPH_LANG": "zh"},
    )
    os.close(follower)
    shown = bytearray()
    while True:
        try:
            piece = os.read(leader, 1 << 16)
        except OSError:  # how a terminal tells that nobody writes to it any more
            break
        if not piece:
            break
        shown += piece
    _, told = process.communicate(timeout=60)
    assert shown.count(b"\n") == 1001
    assert "只给出前 1000 行" in told.decode()


def test_a_misspelt_property_is_warned_of(sparql: Shell) -> None:
    ran = sparql.run("sparql", "SELECT * { ?s zs:locatdIn ?o }")
    assert ran.code == 0
    assert "图中没有 zs:locatdIn，是不是 zs:locatedIn？" in ran.err


def test_what_is_known_is_not_warned_of(sparql: Shell) -> None:
    for path in sorted((PROJECT / "queries" / "questions").glob("*.rq")):
        ran = sparql.run("sparql", str(path), "--format", "csv")
        assert (ran.code, ran.err) == (0, ""), path


def test_explain_shows_the_algebra_with_counts(sparql: Shell) -> None:
    query = "SELECT ?s { ?s a skos:Concept FILTER NOT EXISTS { ?s skos:broader/skos:broader ?o } }"
    ran = sparql.run("--lang", "en", "sparql", "--explain", query)
    assert ran.code == 0
    for part in ("Project ?s", "Filter NOT EXISTS", "?s rdf:type skos:Concept", "MINUS", " ms"):
        assert part in ran.out
    counted = next(line for line in ran.out.splitlines() if "skos:Concept" in line)
    assert int(counted.split()[-1].replace(",", "")) > 0


SAID = [
    (["SELECT * { ?s skoss:x ?o }"], "第1行第15列.*skoss:.*是不是 skos:"),
    (["SELECT *\n{ ?s ?p 'x }"], "第2行第9列"),
    (["SELEC * {}"], "是不是 SELECT"),
    (["INSERT DATA { <a:a> <a:a> <a:a> }"], "INSERT 是更新"),
    (["SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], "SERVICE"),
    (["SELECT * FROM graph:infered { ?s ?p ?o }"], "graph:inferred"),
    (["ASK {}", "--format", "xslx"], "是不是 xlsx"),
    (["ASK {}", "--format", "turtle"], "可用：json"),
    (["DESCRIBE skos:Concept", "--format", "csv"], "可用：turtle"),
    (["ASK {}", "--out", "/nowhere/at/all.csv"], "写不了 /nowhere/at/all.csv"),
    (["ASK {}", "--out", "/"], "写不了 /"),
    (["ASK {}", "--timeout", "0"], "时限应当是大于 0"),
    (["ASK {}", "--timeout", "soon"], "--timeout"),
    (["ASK {}", "--limit", "-1"], "--limit"),
    (["ASK {}", "--graph", "infered"], "--graph 只能是"),
    (["nowhere.rq"], "没有文件“nowhere.rq”"),
    (["/"], "没有文件“/”"),
    (["x" * 5000], "没有文件|读不了"),
    (["\0 {"], "不是 SPARQL|以 SELECT"),
    ([""], "没有文件"),
    (["SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", ".2"], "0.2 秒"),
]


@pytest.mark.parametrize(("arguments", "said"), SAID, ids=[said for _, said in SAID])
def test_wrong_use_is_told_in_a_sentence(sparql: Shell, arguments: list[str], said: str) -> None:
    import re

    ran = sparql.run("sparql", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert re.search(said, ran.err), ran.err
    english = sparql.run("--lang", "en", "sparql", *arguments)
    assert english.code == 2
    assert not CHINESE.search(english.err)


def test_a_fault_in_a_file_names_the_file(sparql: Shell, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT *\n{ ?s ?p", encoding="utf-8")
    assert "查询 mine.rq 第2行第1列" in sparql.run("sparql", str(file)).err
    file.write_bytes("SELECT * { ?s ?p '四' }".encode("gb18030"))
    assert "UTF-8" in sparql.run("sparql", str(file)).err


def test_a_failed_query_leaves_the_file_as_it_was(sparql: Shell, tmp_path: Path) -> None:
    out = tmp_path / "old.csv"
    out.write_text("old")
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ran = sparql.run("sparql", query, "--timeout", "0.3", "--out", str(out))
    assert ran.code == 2
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_result_may_go_to_a_device(sparql: Shell) -> None:
    assert sparql.run("sparql", "ASK {}", "--format", "csv", "--out", "/dev/null").code == 0


def test_turtle_is_the_form_of_triples_unless_said_otherwise(sparql: Shell) -> None:
    ran = sparql.run("sparql", "DESCRIBE skos:Concept")
    assert list(ox.parse(ran.out, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("form", ["table", "csv", "md", "xlsx", "parquet", "json", "xml"])
@pytest.mark.parametrize(
    "query", ["SELECT * {}", "SELECT ?x {}", 'SELECT (<<( <a:a> <a:b> "c" )>> AS ?t) {}']
)
def test_odd_tables_are_written(sparql: Shell, tmp_path: Path, query: str, form: str) -> None:
    ran = sparql.run("sparql", query, "--format", form, "--out", str(tmp_path / "out"))
    assert (ran.code, ran.err) == (0, "")


def test_a_triple_term_stays_one(sparql: Shell) -> None:
    query = 'CONSTRUCT { <a:s> <a:p> <<( <a:a> <a:b> "c" )>> } {}'
    for options in ((), ("--format", "turtle")):
        assert '<<( <a:a> <a:b> "c" )>>' in sparql.run("sparql", query, *options).out
