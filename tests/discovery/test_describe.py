"""Everything about one thing."""

import json

import pytest
from rdflib import Graph as RdfGraph
from rdflib import URIRef

from tests.shell import Shell
from tests.toys import Library
from zsgraph.discovery.describe import describe
from zsgraph.discovery.description import Description, Property
from zsgraph.discovery.lookup import the_one
from zsgraph.errors import UsageError
from zsgraph.formats import display_width
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph

BOOK = "https://example.org/id/books/fc-1"
AUTHOR = "https://example.org/id/authors/aut-qian"


def properties(told: Description) -> dict[str, Property]:
    return {p.label: p for group in told.groups for p in group.properties}


def test_own_columns_come_in_the_order_of_the_shape(toy: Graph, library: Library) -> None:
    told = describe(toy, library.knowledge, BOOK)
    assert (told.label, told.place, told.row) == ("Fortress Besieged", "书", 2)
    assert set(told.other_labels) == {"围城", "城"}
    group = told.groups[0]
    assert group.kind == "record"
    labels = [p.label for p in group.properties]
    assert labels.index("体裁") < labels.index("页数") < labels.index("定价")


def test_what_records_about_triples_state_is_told_with_them(toy: Graph, library: Library) -> None:
    told = describe(toy, library.knowledge, BOOK)
    (group,) = [g for g in told.groups if g.kind == "statements"]
    assert group.label == "责任"
    (value,) = properties(told)["著"].values
    assert (value.id.endswith("aut-qian"), value.inferred) == (True, False)
    assert [(s.id, s.row) for s in value.statements] == [("con-1", 2)]


def test_inferred_values_and_kinds_are_marked(toy: Graph, library: Library) -> None:
    told = describe(toy, library.knowledge, BOOK, language="en")
    kinds = {kind.text: kind.inferred for kind in told.kinds}
    assert kinds == {"Book": False, "Translated book": True}
    genres = properties(told)["Genres"]
    assert [value.inferred for value in genres.values] == sorted(v.inferred for v in genres.values)
    assert any(value.inferred for value in genres.values)


def test_what_refers_to_a_thing_is_counted(toy: Graph, library: Library) -> None:
    told = describe(toy, library.knowledge, AUTHOR, everything=True)
    links = {(link.kind, link.label): link.count for link in told.incoming}
    assert links["书", "著"] == 1
    assert links["书", "责任者"] == 1


def test_records_without_a_name_have_a_title(toy: Graph, library: Library) -> None:
    told = describe(toy, library.knowledge, "https://example.org/id/contributions/con-1")
    assert told.label == "Fortress Besieged — 著 — 钱锺书（con-1）"


def test_values_are_cut_to_the_first_unless_all_are_asked_for(
    graph: Graph, knowledge: Knowledge
) -> None:
    place = the_one(graph, "regions/510000", "zh")
    few = describe(graph, knowledge, place)
    all_ = describe(graph, knowledge, place, everything=True)
    assert any(link.count > len(link.examples) for link in few.incoming)
    assert all(link.count == len(link.examples) for link in all_.incoming)
    assert few.left_out
    assert not all_.left_out


@pytest.mark.parametrize("text", ["fc-1", "圍城", f"<{BOOK}>", BOOK, "books/fc-1"])
def test_a_thing_is_meant_by_id_name_or_iri(toy: Graph, text: str) -> None:
    assert the_one(toy, text, "zh") == BOOK


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("体裁", "可以指3个"),
        ("Fortres", "Fortress Besieged"),
        ("", ""),
        ("长" * 300, "200"),
        ("\x1b", ""),
    ],
)
def test_what_is_unclear_is_told(toy: Graph, text: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        the_one(toy, text, "zh")
    assert told in error.value.message.zh


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("thing", ["plt-hb-wuhan-xianjinyuan", "zs:PublicPlatform", "510000"])
def test_the_page_keeps_within_the_terminal(
    at_home: Shell, width: str, language: str, thing: str
) -> None:
    at_home.monkeypatch.setenv("COLUMNS", width)
    ran = at_home.run("--lang", language, "show", thing)
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if display_width(line) > int(width)] == []


def test_the_command_gives_json_and_turtle(at_home: Shell, graph: Graph) -> None:
    told = json.loads(at_home.run("show", "plt-hb-wuhan-xianjinyuan", "--format", "json").out)
    assert told["sources"]
    turtle = at_home.run("show", "plt-hb-wuhan-xianjinyuan", "--format", "turtle").out
    read = RdfGraph().parse(data=turtle, format="turtle")
    stored = graph.query(f"SELECT DISTINCT ?p ?o WHERE {{ <{told['iri']}> ?p ?o }}")
    assert len(read) == len(list(stored))
    assert set(read.subjects()) == {URIRef(told["iri"])}


def test_the_command_lists_candidates(at_home: Shell) -> None:
    ran = at_home.run("show", "中试平台")
    assert ran.code == 2
    assert "zs:PilotPlatform" in ran.err
    assert "platform-type-by-function/pilot-platform" in ran.err
