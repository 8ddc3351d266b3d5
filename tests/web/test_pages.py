"""The pages on another domain and with odd requests; tests/e2e visits them with a browser."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.toys import Library, copy_of_toy
from tests.web.live import Live, running
from zsgraph.answers import answer
from zsgraph.errors import KnowledgeError
from zsgraph.knowledge import Knowledge
from zsgraph.queries import find_query, load_query
from zsgraph.store import Graph, open_graph
from zsgraph.web.answer_table import answer_table
from zsgraph.web.choices import choices
from zsgraph.web.exploring import collection, offer
from zsgraph.web.hierarchy import surroundings
from zsgraph.web.served import Served

SCRIPT = '"><script>alert(1)</script>'
REGION = "https://w3id.org/zsgraph/id/regions/510000"
EXPLORE = """
facets:
  author: {label: {zh: 作者, en: Author}, show: list}
kinds:
  books:
    label: {zh: 书, en: Books}
    class: https://example.org/library#Book
    paths: {author: "<https://example.org/library#author>"}
"""


@pytest.fixture
def served(graph: Graph, knowledge: Knowledge) -> Served:
    return Served("1", Path(), graph, {}, knowledge)


def page(server: Live, path: str) -> str:
    answered = server.get(path, "text/html")
    assert answered.status_code == 200, (path, answered.text)
    return answered.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_links_lead_somewhere_within_the_page_and_beyond(server: Live, language: str) -> None:
    """Of each kind of address one is followed, on from each page to those that it names."""
    followed: dict[str, str] = {}
    seen: set[str] = set()
    todo = [f"/?lang={language}"]
    while todo:
        path = todo.pop()
        answered = server.get(path, "text/html", Accept_Encoding="identity")
        assert answered.status_code in (200, 303), path
        text = answered.text if "html" in answered.headers.get("content-type", "") else ""
        anchors = re.findall(r' id="([^"]+)"', text)
        assert len(anchors) == len(set(anchors)), path
        for link in map(unescape, re.findall(r'(?:href|src)="([/#][^"]*)"', text)):
            address, _, anchor = link.partition("#")
            if not address:
                assert not anchor or anchor in anchors, (path, link)
            elif followed.setdefault(kind_of(address), address) == address and address not in seen:
                seen.add(address)
                todo.append(address)
    assert len(followed) > 60


def kind_of(address: str) -> str:
    """Return a path without its last part, for pages of things; other paths as they are."""
    path = address.partition("?")[0]
    return re.sub(r"/[^/.]*(\.?[a-z]*)$", r"/*\1", path) if path.count("/") > 1 else path


def test_choices_stand_below_what_they_are_part_of(served: Served) -> None:
    found = choices(served, "https://w3id.org/zsgraph/ontology#Region", "zh")
    by_label = {choice.label: choice for choice in found}
    assert len({choice.iri for choice in found}) == len(found)
    assert by_label["成都市"].depth == by_label["四川省"].depth + 1
    place = [choice.label for choice in found].index("四川省")
    below = found[place + 1 : [choice.label for choice in found].index("贵州省")]
    assert "成都市" in {choice.label for choice in below}


def test_names_that_several_things_share_are_written_as_ids(served: Served) -> None:
    values = [
        choice.value
        for choice in choices(served, "http://www.w3.org/2004/02/skos/core#Concept", "zh")
    ]
    assert len(set(values)) == len(values)


def test_surroundings_are_what_lies_above_beside_and_below(served: Served) -> None:
    around = surroundings(served, REGION, "https://w3id.org/zsgraph/ontology#Region", "en")
    assert around
    assert [choice.label for choice in around.above] == ["China"]
    assert {"Sichuan", "Beijing"} <= {choice.label for choice in around.beside}
    assert "Chengdu" in {choice.label for choice in around.below}
    assert "Sichuan" not in {choice.label for choice in around.below}


@pytest.mark.parametrize(
    "sort", ["platforms", "-platforms", "industry", "-industry", "", "nonsense"]
)
def test_pages_of_a_table_hold_each_row_once(graph: Graph, knowledge: Knowledge, sort: str) -> None:
    result = answer(graph, find_query(knowledge.queries, "q7-industries"))
    first = answer_table(result, "", sort, 1)
    shown = [
        tuple(part.text for cell in row for part in cell)
        for number in range(1, first.pages + 1)
        for row in answer_table(result, "", sort, number).rows
    ]
    assert sorted(shown) == sorted(
        tuple(part.text for cell in row for part in cell)
        for number in range(1, first.pages + 1)
        for row in answer_table(result, "", "", number).rows
    )
    assert len(shown) == first.total


def test_numbers_are_sorted_as_numbers(graph: Graph, knowledge: Knowledge) -> None:
    result = answer(graph, find_query(knowledge.queries, "q7-industries"))
    heads = [column.name for column in result.columns]
    place = heads.index("platforms")
    numbers = [int(row[place][0].text) for row in answer_table(result, "", "platforms", 1).rows]
    assert numbers == sorted(numbers)
    assert answer_table(result, "", "platforms", 1).heads[place].quantity


def test_counts_of_a_facet_are_what_choosing_it_leaves(served: Served) -> None:
    offered = offer(served)
    assert offered
    for kind in offered.kinds.values():
        things = collection(served, kind, "zh")
        choice: dict[str, str] = {}
        for name in kind.paths:
            counts = things.counts(name, choice)
            for value, count in counts[:5]:
                assert len(things.chosen({**choice, name: value})) == count
            choice[name] = counts[0][0]


def test_a_selection_is_the_same_as_csv_as_turtle_and_on_the_page(server: Live) -> None:
    asked = "kind=platforms&place=510000&industry=biomedicine&lang=en"
    rows = list(csv.reader(io.StringIO(server.get(f"/explore.csv?{asked}").text.lstrip("\ufeff"))))
    turtle = server.get(f"/explore.nt?{asked}").text
    shown = re.search(r"data-matching>(\d+)<", page(server, f"/explore?{asked}"))
    assert shown
    assert len(rows) - 1 == int(shown[1]) == len({line.split()[0] for line in turtle.splitlines()})


@pytest.mark.parametrize(
    "path",
    [
        f"/explore?kind={quote(SCRIPT)}",
        f"/explore?place={quote(SCRIPT)}",
        f"/find?q={quote(SCRIPT)}",
        f"/find?q=a&kind={quote(SCRIPT)}",
        f"/why?s={quote(SCRIPT)}&p=a&o=b",
        "/why",
        f"/browse/{quote(SCRIPT)}",
        f"/browse/platforms?contains={quote(SCRIPT)}&page={quote(SCRIPT)}",
        f"/queries/{quote(SCRIPT)}",
        f"/queries/q6-platforms?region={quote(SCRIPT)}",
        f"/queries/q6-platforms?contains={quote(SCRIPT)}&sort={quote(SCRIPT)}&page=9999999999",
        f"/queries/q6-platforms?nonsense={quote(SCRIPT)}",
        "/queries/q6-platforms.exe",
        "/queries/q6-platforms.svg?theme=nonsense",
        f"/editor?query={quote('</script>' + SCRIPT)}",
    ],
)
def test_odd_requests_get_a_page_and_no_script_of_theirs(server: Live, path: str) -> None:
    answered = server.get(path, "text/html")
    assert answered.status_code in (200, 400, 404), answered.text
    assert "<script>alert" not in answered.text
    assert "Traceback" not in answered.text


def test_only_the_editor_may_set_styles_and_none_may_run_scripts_of_others(server: Live) -> None:
    for path in ("/", "/editor"):
        policy = server.get(path, "text/html").headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "script-src" not in policy
        assert ("unsafe" in policy) == (path == "/editor")


@pytest.fixture(scope="module")
def library_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, Library]]:
    library = copy_of_toy(tmp_path_factory.mktemp("pages"))
    library.build()
    with running(library.home, "--workers", "1", root=library.root) as live:
        yield live, library


def test_pages_serve_another_domain(library_server: tuple[Live, Library]) -> None:
    live, _ = library_server
    for path in ("/", "/questions", "/queries", "/queries/books", "/browse", "/about/data"):
        page(live, path)
    table = re.search(r'href="(/browse/\w[^?"]*)', page(live, "/browse"))
    assert table
    thing = re.search(r'<ul class="hits"><li><a href="([^"]+)"', page(live, table[1]))
    assert thing
    assert "<dl" in page(live, thing[1].replace("&amp;", "&"))
    assert live.get("/explore", "text/html").status_code == 404


def test_a_faulty_file_of_facets_is_told(library: Library) -> None:
    library.build()
    library.write("queries/explore.yaml", EXPLORE.replace("show: list", "show: pie"))
    served = Served("1", Path(), open_graph(library.home), {}, library.knowledge)
    with pytest.raises(KnowledgeError) as told:
        offer(served)
    assert "author" in told.value.message.en


def test_a_panel_names_a_parameter_of_its_query(knowledge: Knowledge, tmp_path: Path) -> None:
    text = (knowledge.queries / "structure" / "policy-genealogy.rq").read_text(encoding="utf-8")
    faulty = tmp_path / "structure" / "genealogy.rq"
    faulty.parent.mkdir()
    faulty.write_text(
        text.replace("}\n#+ columns", "}\n#+ columns").replace(
            '"zs:PolicyDocument": policy', '"zs:PolicyDocument": polcy'
        ),
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError) as told:
        load_query(faulty)
    assert "panel" in told.value.message.en
