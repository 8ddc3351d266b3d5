"""Classes and properties, their use, and what is said of one."""

import json

import pytest

from tests.shell import Shell
from tests.toys import Library
from zsgraph.discovery.terms import Terms
from zsgraph.errors import UsageError
from zsgraph.formats import display_width
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph

LIB = "https://example.org/library#"


@pytest.fixture
def terms(toy: Graph, library: Library) -> Terms:
    return Terms(toy, library.knowledge, "en")


def test_all_classes_and_properties_are_listed_with_their_use(terms: Terms) -> None:
    found = {term.iri.removeprefix(LIB): term for term in terms.all()}
    assert {"Book", "Author", "writtenBy", "price"} <= found.keys()
    assert (found["Book"].asserted, found["Book"].inferred) == (2, 0)
    assert (found["TranslatedBook"].asserted, found["TranslatedBook"].inferred) == (0, 1)
    assert (found["contributor"].asserted, found["contributor"].inferred) == (0, 3)
    assert found["Author"].parents == (LIB + "Agent",)
    assert found["writtenBy"].example in {
        "Fortress Besieged → Qian Zhongshu",
        "Animal Farm → George Orwell",
    }
    assert found["contributor"].example.endswith("◦")


def test_counts_agree_with_a_query(graph: Graph, knowledge: Knowledge) -> None:
    found = {term.iri: term for term in Terms(graph, knowledge, "zh").all()}
    for iri, term in found.items():
        pattern = f"?x a <{iri}>" if term.kind == "class" else f"?x <{iri}> ?y"
        (row,) = graph.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        assert int(row[0].value) == term.asserted + term.inferred, iri


def test_a_property_is_told_with_its_ends_and_the_tables_that_write_it(terms: Terms) -> None:
    detail = terms.detail(*terms.named("translated by"))
    assert "whatever has “translated by” is “Translated book”" in detail.axioms
    assert "“translated by” implies “contributor”" in detail.axioms
    assert [(w.table, w.column, w.chosen) for w in detail.written] == [
        ("contributions", "role", True)
    ]
    assert [count.label for count in detail.subjects] == ["Book"]
    assert [count.label for count in detail.objects] == ["Author"]
    pages = terms.detail(*terms.named("pages"))
    assert [(w.table, w.column, w.chosen) for w in pages.written] == [("books", "pages", False)]
    assert [count.iri.rpartition("#")[2] for count in pages.objects] == ["integer"]


def test_a_class_is_told_with_its_table_and_hierarchy(terms: Terms) -> None:
    detail = terms.detail(*terms.named("Book"))
    assert (detail.written[0].table, detail.written[0].column) == ("books", "")
    assert [count.label for count in detail.below] == ["Translated book"]
    assert {count.label for count in detail.used_with} >= {"code", "contributor"}
    assert "nothing is both “Book” and “Agent”" in detail.axioms


def test_a_sufficient_condition_is_told_of_its_class(graph: Graph, knowledge: Knowledge) -> None:
    terms = Terms(graph, knowledge, "en")
    detail = terms.detail(*terms.named("zs:PublicPlatform"))
    assert any("industrial park" in axiom for axiom in detail.axioms)


@pytest.mark.parametrize("text", ["", "fc-1", "体裁", "unheard of", "\x00"])
def test_what_is_no_term_or_not_clear_is_refused(terms: Terms, text: str) -> None:
    with pytest.raises(UsageError):
        terms.named(text)


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("arguments", [(), ("zs:PublicPlatform",), ("zs:locatedIn",)])
def test_the_pages_keep_within_the_terminal(
    at_home: Shell, width: str, language: str, arguments: tuple[str, ...]
) -> None:
    at_home.monkeypatch.setenv("COLUMNS", width)
    ran = at_home.run("--lang", language, "schema", *arguments)
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if display_width(line) > int(width)] == []


def test_the_command_gives_json(at_home: Shell) -> None:
    everything = json.loads(at_home.run("schema", "--format", "json").out)
    more = json.loads(at_home.run("schema", "--all", "--format", "json").out)
    assert len(more) > len(everything) > 100
    one = json.loads(at_home.run("schema", "zs:locatedIn", "--format", "json").out)
    assert one["summary"]["asserted"] > 0
    assert at_home.run("schema", "plt-hb-wuhan-xianjinyuan").code == 2
