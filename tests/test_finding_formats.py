"""Findings in each form: no RDF word for people, IRIs for programs, nothing that breaks a form."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from tests.desk import GOOD, HEAD, Desk, desk
from zsgraph.finding_formats import FORMS, render
from zsgraph.finding_groups import grouped, row_ranges
from zsgraph.findings import Finding, Message, Severity
from zsgraph.validation.files import Report

__all__ = ["desk"]

RDF_WORDS = re.compile(
    r"https?://w3id|IRI|SHACL|OWL|RDF|triple|三元组|shape|\bnode\b", re.IGNORECASE
)
LANGUAGES = ("zh", "en")


@pytest.fixture
def report(desk: Desk) -> Report:
    rows = [
        GOOD.replace("510100", "四川"),
        GOOD.replace("plt-sc-new", "plt-b").replace("510100", "四川"),
        GOOD.replace("plt-sc-new", "plt-c").replace("成都某中试平台", '"=cmd|成都,\n100%"'),
        GOOD.replace("plt-sc-new", "plt-d").replace("2024-05", "=1+1"),
        GOOD.replace("plt-sc-new", "plt-e").replace("2024-05", " 2024 "),
    ]
    return desk.check(desk.write(HEAD + "".join(rows)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["text", "csv", "html"])
def test_no_rdf_word_reaches_a_person(desk: Desk, report: Report, form: str, language: str) -> None:
    text = render(report, form, language).replace(str(desk.folder), "")
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert RDF_WORDS.findall(text) == []


def test_one_mistake_in_many_rows_is_one_group(report: Report) -> None:
    (group,) = [g for g in grouped(report.findings) if g.column == "region"]
    assert group.rows == [2, 3]
    assert "第 2-3 行（2 行）" in render(report, "text", "zh")


def test_json_has_the_iri_of_each_rule(report: Report) -> None:
    document = json.loads(render(report, "json", "en"))
    assert document["counts"]["error"] == 3
    rules = {finding["rule"] for finding in document["findings"]}
    assert "https://w3id.org/zsgraph/shape#Platform-region" in rules
    assert all(rule.startswith("https://") for rule in rules)
    assert {"zh", "en"} == set(document["findings"][0]["message"])


def test_csv_is_read_back_and_runs_no_formula(report: Report) -> None:
    text = render(report, "csv", "en").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(report.findings)
    assert {row["Value"] for row in rows} >= {"四川", "'=1+1"}


def test_annotations_stand_at_the_line_and_escape_what_ends_them(report: Report) -> None:
    lines = render(report, "github", "en").splitlines()
    region = next(line for line in lines if "title=region" in line)
    assert region.startswith("::error file=")
    assert ",line=2," in region
    late = next(line for line in lines if "=1+1" in line)
    assert ",line=6," in late  # row 5, after a cell of two lines


def test_sarif_is_of_the_form_that_its_standard_prescribes(report: Report) -> None:
    document = json.loads(render(report, "sarif", "zh"))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        assert result["level"] in {"error", "warning", "note"}
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert " " not in place["artifactLocation"]["uri"]


class Page(HTMLParser):
    """Notes what a page would load, and its open elements."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_loads_nothing(report: Report, language: str) -> None:
    page = Page()
    page.feed(render(report, "html", language))
    assert page.open == []
    assert page.loaded == []


def test_what_is_written_cannot_become_markup(report: Report) -> None:
    fault = Finding(
        Severity.ERROR, "reader/x", Message("错", "wrong"), "a.csv", 2, "名", "<script>x</script>"
    )
    assert "<script>" not in render(Report(report.resolver, [fault]), "html", "zh")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_finding_gives_a_whole_answer_too(report: Report, form: str, language: str) -> None:
    assert render(Report(report.resolver), form, language).strip()


@pytest.mark.parametrize(
    ("rows", "text"),
    [([2], "2"), ([2, 3, 4, 9], "2-4, 9"), (list(range(2, 60, 2)), "2, 4, 6, …"), ([], "")],
)
def test_rows_are_told_in_short(rows: list[int], text: str) -> None:
    assert row_ranges(rows, 3) == text
