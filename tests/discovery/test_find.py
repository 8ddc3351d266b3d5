"""Finding things by name, number and id."""

import json

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shell import Shell
from tests.toys import Library
from zsgraph.discovery import search
from zsgraph.discovery.find import LONGEST, Found, Match, find, named
from zsgraph.discovery.search_index import FILE, grams, write_search
from zsgraph.errors import UsageError
from zsgraph.names import folded
from zsgraph.namespaces import GRAPH_DATA, RDF, SKOS
from zsgraph.store import Graph


def labels(found: Found) -> list[str]:
    return [hit.label for hit in found.hits]


def in_memory(*names: str) -> Graph:
    """Return a graph of things with these names, numbered from 0."""
    store = ox.Store()
    for number, name in enumerate(names):
        thing, home = (
            ox.NamedNode(f"https://example.org/id/t/t{number}"),
            ox.NamedNode(GRAPH_DATA + "t"),
        )
        kind = ox.NamedNode("https://example.org/T")
        store.add(ox.Quad(thing, ox.NamedNode(RDF + "type"), kind, home))
        store.add(
            ox.Quad(thing, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(name, language="zh"), home)
        )
    return Graph(store, {})


@pytest.mark.parametrize(
    "text",
    ["围城", "圍城", "fortress  BESIEGED", "Ｆｏｒｔｒｅｓｓ Besieged", "fc-1", "books/fc-1"],
)
def test_any_spelling_of_a_name_or_id_finds_the_thing(toy: Graph, text: str) -> None:
    hit = find(toy, text).hits[0]
    assert (hit.label, hit.match) == ("Fortress Besieged", Match.WHOLE)


def test_whole_names_go_before_beginnings_words_and_parts() -> None:
    graph = in_memory("Xpilot", "A pilot base", "Pilot base", "Pilot", "pilots of A")
    found = find(graph, "pilot")
    assert labels(found) == ["Pilot", "Pilot base", "pilots of A", "A pilot base", "Xpilot"]
    assert [hit.match for hit in found.hits] == [
        Match.WHOLE,
        Match.BEGINNING,
        Match.BEGINNING,
        Match.WORDS,
        Match.PART,
    ]


def test_all_words_in_any_order_are_found_where_the_text_as_a_whole_is_not() -> None:
    graph = in_memory("四川省生物医药中试平台", "四川省", "生物医药")
    assert labels(find(graph, "生物 四川")) == ["四川省生物医药中试平台"]


def test_a_preferred_name_goes_before_another_name(toy: Graph) -> None:
    found = find(toy, "责任者", language="zh")
    assert {hit.match for hit in found.hits} == {Match.WHOLE}
    assert len(found.hits) == 2  # the class and the property


def test_classes_properties_and_concepts_are_found_and_told_apart(toy: Graph) -> None:
    assert find(toy, "Author", kind="class").hits[0].iri.endswith("#Author")
    assert labels(find(toy, "written", kind="property", language="en")) == ["written by"]
    assert "小说" in " ".join(labels(find(toy, "小说", kind="concept")))


def test_a_kind_is_a_class_with_what_is_inferred_of_it(toy: Graph) -> None:
    assert labels(find(toy, "George", kind="责任者")) == ["George Orwell"]
    nothing = find(toy, "George", kind="Book")
    assert (nothing.hits, nothing.others, nothing.near) == ([], 1, [])


def test_an_unknown_kind_offers_the_nearest(toy: Graph) -> None:
    with pytest.raises(UsageError, match="Author"):
        find(toy, "George", kind="Autor")


def test_nothing_found_offers_the_nearest_names(toy: Graph) -> None:
    found = find(toy, "Fortres Besiegd")
    assert found.hits == []
    assert found.near[0] == "Fortress Besieged"


@pytest.mark.parametrize("text", ["四川者", "四州省", "肆川省"])
def test_a_slip_in_a_short_name_is_no_hindrance(text: str) -> None:
    graph = in_memory("四川省", "陕西省", "四川省中试平台一览")
    assert find(graph, text).near[0] == "四川省"


def test_nearest_names_that_differ_in_spelling_only_are_told_once(toy: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        find(toy, "George", kind="Autor")
    assert [name.casefold() for name in caught.value.nearest].count("author") == 1


def test_more_than_the_limit_is_told(toy: Graph) -> None:
    found = find(toy, "e", limit=2)
    assert (len(found.hits), found.more) == (2, True)


@pytest.mark.parametrize("text", ["", "  ", "\x01\x02", "长" * (LONGEST + 1)])
def test_empty_and_endless_texts_are_refused(toy: Graph, text: str) -> None:
    with pytest.raises(UsageError):
        find(toy, text)


@given(name=st.text(min_size=1, max_size=12), data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    form = folded(name)
    start = data.draw(st.integers(0, len(form) - 1))
    part = form[start : data.draw(st.integers(start + 1, len(form)))]
    database = write_search(
        ":memory:",
        [(GRAPH_DATA + "t", [("<http://e/1>", f"<{RDF}type>", "<http://e/T>")])],
    )
    database.execute("DELETE FROM names")
    database.execute("INSERT INTO names VALUES (7, 0, ?, ?, 0)", (name, form))
    database.execute("INSERT INTO grams (rowid, text) VALUES (7, ?)", (" ".join(grams(form)),))
    if all(char.isalnum() for char in part):
        assert (0, name, form, 0) in list(search._rows(database, part))


@given(text=st.text(max_size=250))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_search(text: str) -> None:
    graph = in_memory("四川省", 'a "quoted" name', "O'Neill* OR x")
    plain = "".join(char for char in text if char.isprintable()).strip()
    if len(plain) > 0 and len(text) <= LONGEST:
        assert isinstance(find(graph, text), Found)
    elif not plain or len(plain) > LONGEST:
        with pytest.raises(UsageError):
            find(graph, text)


def test_records_without_a_name_have_a_title(toy: Graph, library: Library) -> None:
    (hit,) = find(toy, "con-1", knowledge=library.knowledge).hits
    assert hit.label == "Fortress Besieged — 著 — 钱锺书（con-1）"
    (hit,) = find(toy, "con-1").hits
    assert hit.label == "con-1"


def test_document_numbers_find_documents(graph: Graph) -> None:
    found = find(graph, "洛政办[2022]52号")
    assert len(found.hits) == 2
    assert {hit.matched for hit in found.hits} == {"洛政办〔2022〕52号"}


def test_a_graph_without_an_index_is_searched_all_the_same(toy: Graph) -> None:
    assert toy.folder
    (toy.folder / FILE).unlink()
    assert named(toy, "圍城") == ["https://example.org/id/books/fc-1"]


def test_the_command_prints_tables_csv_and_json(at_home: Shell) -> None:
    ran = at_home.run("--lang", "en", "find", "Sichuan", "--kind", "Region", "--limit", "1")
    assert ran.code == 0
    assert ran.out.splitlines()[2].split("  ")[0] == "Sichuan"
    ran = at_home.run("--lang", "en", "find", "Sichuan", "--format", "json", "--limit", "1")
    assert json.loads(ran.out)["hits"][0]["label"] == "Sichuan"
    ran = at_home.run("--lang", "en", "find", "Sichuan", "--format", "csv", "--limit", "1")
    assert ran.out.splitlines()[0] == "Name,Kind,Id,Matched,IRI"


def test_the_command_tells_that_nothing_was_found(at_home: Shell) -> None:
    ran = at_home.run("--lang", "en", "find", "Sichaun")
    assert (ran.code, ran.out) == (1, "")
    assert "Sichuan" in ran.err
    assert at_home.run("find", "\x01").code == 2
    assert at_home.run("find").err == "缺少 TEXT。加 --help 可看用法。\n"
    assert "1 到 10000" in at_home.run("find", "x", "--limit", "0").err
