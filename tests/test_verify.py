"""Each verify query finds the planted offenders and nothing else.

``tests/verify/<query>.ttl`` holds faulty records beside sound ones that look alike; its first line
names those that the query must tell.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.build import Summary
from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Severity
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import GRAPH_INFERRED, GRAPH_ONTOLOGY, ID
from zsgraph.ontology import load_ontology, load_schemes
from zsgraph.query_header import read_query_file
from zsgraph.reasoning.closure import close
from zsgraph.schema import Schema, load_schema
from zsgraph.store import ask, load
from zsgraph.terms import Triple
from zsgraph.turtle import read_turtle
from zsgraph.validation.expectations import check_counts
from zsgraph.validation.findings import Places
from zsgraph.validation.verify import verify

CASES = PROJECT / "tests" / "verify"
QUERIES = sorted((PROJECT / "queries" / "verify").glob("*.rq"), key=lambda path: path.stem)
NAMES = [path.stem for path in QUERIES]
Verified = Callable[[list[Triple], Path], list[Finding]]


@pytest.fixture(scope="module")
def schema(knowledge: Knowledge) -> Schema:
    return load_schema(knowledge.shapes)


@pytest.fixture(scope="module")
def verified(knowledge: Knowledge, schema: Schema) -> Verified:
    """Findings of the verify queries of a folder over some facts and what follows from them."""
    terms = [*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)]

    def run(facts: list[Triple], folder: Path) -> list[Finding]:
        closure = close([*terms, *facts])
        assert not closure.clashes
        store = ox.Store()
        load(store, [(GRAPH_ONTOLOGY, terms), ("urn:x-facts", facts)])
        load(store, [(GRAPH_INFERRED, closure.inferred)])
        return verify(store, folder, Places(schema))

    return run


def offenders(case: Path) -> set[str]:
    mark, _, names = case.read_text(encoding="utf-8").partition("\n")[0].partition(": ")
    assert mark == "# offends"
    return {ID + name for name in names.split()}


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    assert NAMES
    assert sorted(path.stem for path in CASES.glob("*.ttl")) == NAMES


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_a_query_tells_the_offenders_and_nothing_else(query: Path, verified: Verified) -> None:
    case = CASES / f"{query.stem}.ttl"
    findings = [
        finding
        for finding in verified(read_turtle(case), query.parent)
        if finding.rule == f"verify/{query.stem}"
    ]
    assert {finding.focus for finding in findings} == offenders(case)
    for finding in findings:
        for sentence in (finding.message.zh, finding.message.en):
            assert "{" not in sentence
            assert sentence.endswith(("。", "."))


def test_a_pair_is_told_once(verified: Verified) -> None:
    for name in ("same-address", "same-document-number", "same-name-same-place",
                 "repeated-statement"):  # fmt: skip
        found = verified(read_turtle(CASES / f"{name}.ttl"), QUERIES[0].parent)
        told = [finding.focus for finding in found if finding.rule == f"verify/{name}"]
        assert len(told) == len(set(told)), name


def test_the_vocabulary_alone_is_clean(verified: Verified) -> None:
    assert verified([], QUERIES[0].parent) == []


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_a_header_says_what_is_wrong_in_both_languages(query: Path) -> None:
    header = read_query_file(query).header
    assert Severity(header["severity"])
    for key in ("summary", "description", "message"):
        assert header[key]["zh"]
        assert header[key]["en"]
    assert "ORDER BY" in read_query_file(query).text


def test_findings_of_the_shipped_graph_name_file_and_row(
    built: tuple[Path, Summary], knowledge: Knowledge
) -> None:
    findings = [f for f in built[1].findings if f.rule.startswith("verify/")]
    assert findings
    for finding in findings:
        assert finding.file
        assert finding.row
        assert finding.focus
        with (knowledge.data / finding.file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        assert rows[finding.row - 1][0] == finding.focus.rpartition("/")[2]


def test_the_shipped_graph_has_no_error(built: tuple[Path, Summary]) -> None:
    assert [f for f in built[1].findings if f.severity is Severity.ERROR] == []


def write(folder: Path, text: str) -> Path:
    (folder / "odd.rq").write_text(text, encoding="utf-8")
    return folder


HEADER = '#+ severity: error\n#+ message: {zh: "{focus}。", en: "{focus}."}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + "SELECT ?focus WHERE {\n  ?focus a ; }", r"4\D+12"),
        (HEADER + "ASK { ?focus a ?class }", "not a SELECT"),
        (HEADER.replace("error", "grave") + "SELECT ?focus WHERE {}", "severity"),
        (HEADER.replace("zh:", "de:") + "SELECT ?focus WHERE {}", "Chinese and English"),
        (HEADER.replace("{focus}.", "{fokus}.") + "SELECT (1 AS ?focus) WHERE {}", "fokus"),
        ("SELECT ?focus WHERE {}", "no header"),
        ("#+ severity: [\nSELECT ?focus WHERE {}", "cannot be read"),
    ],
)
def test_a_faulty_query_is_named(text: str, said: str, tmp_path: Path, schema: Schema) -> None:
    with pytest.raises(KnowledgeError) as caught:
        verify(ox.Store(), write(tmp_path, text), Places(schema))
    assert "odd.rq" in caught.value.message.en
    assert "odd.rq" in caught.value.message.zh
    assert re.search(said, caught.value.message.en)


def test_a_query_sees_the_union_of_all_graphs() -> None:
    store = ox.Store()
    load(store, [("urn:x-a", [("<urn:x-s>", "<urn:x-p>", "<urn:x-o>")])])
    assert ask(store, "ASK { <urn:x-s> <urn:x-p> <urn:x-o> }")


def test_too_few_records_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "expectations.yaml").write_text("books: 3\nauthors: 2\n", encoding="utf-8")
    findings = check_counts(tmp_path, {"books": 2, "authors": 2})
    assert [(f.severity, f.file) for f in findings] == [(Severity.ERROR, "books.csv")]
    assert "2" in findings[0].message.en
    assert "3" in findings[0].message.en


def test_a_table_that_is_gone_falls_short(tmp_path: Path) -> None:
    (tmp_path / "expectations.yaml").write_text("books: 1\n", encoding="utf-8")
    assert [f.file for f in check_counts(tmp_path, {})] == ["books.csv"]


@pytest.mark.parametrize("text", ["- books", "books: many", "books: [", ""])
def test_odd_expectations_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "expectations.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        check_counts(tmp_path, {})
    assert "expectations.yaml" in caught.value.message.en


def test_the_shipped_expectations_cover_every_table(
    built: tuple[Path, Summary], knowledge: Knowledge
) -> None:
    rows = built[1].rows
    text = (knowledge.data / "expectations.yaml").read_text(encoding="utf-8")
    expected = {line.partition(":")[0] for line in text.splitlines() if not line.startswith("#")}
    assert expected == set(rows)
    assert check_counts(knowledge.data, rows) == []
    assert len(check_counts(knowledge.data, dict.fromkeys(rows, 0))) == len(rows)
