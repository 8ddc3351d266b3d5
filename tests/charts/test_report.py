"""The report of all queries, as a page that readers open."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import PROJECT
from tests.shell import Shell, shell
from tests.toys import Library
from zsgraph.build import Silence
from zsgraph.charts import Chart
from zsgraph.errors import ChartError, UsageError
from zsgraph.knowledge import Knowledge
from zsgraph.queries import load_queries
from zsgraph.report import write_report
from zsgraph.store import Graph, open_graph

__all__ = ["shell"]

QUERIES = load_queries(PROJECT / "queries")
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Gathers tags, ids, links and headings, and the tags that were not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        known = {name: value or "" for name, value in attrs}
        self.ids += [known["id"]] if "id" in known else []
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        self.loads += [known[name] for name in ("src", "xlink:href") if name in known]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "h3":
            self.headings.append(data)


@pytest.fixture(scope="module")
def small_knowledge(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Some of the queries: the questions' order, every type of view, long and short tables."""
    root = tmp_path_factory.mktemp("knowledge")
    for name in ("ontology", "shapes", "data"):
        (root / name).symlink_to(knowledge.root / name)
    names = ("q2-significance", "q6-platforms", "policy-genealogy", "sources-by-tier")
    for name in names:
        folder = root / "queries" / QUERIES[name].folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.rq").symlink_to(QUERIES[name].path)
    (root / "queries" / "tiles").symlink_to(knowledge.queries / "tiles")
    return Knowledge(root, root / "data")


@pytest.fixture(scope="module", params=["zh", "en"])
def report(
    request: pytest.FixtureRequest,
    graph: Graph,
    small_knowledge: Knowledge,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("reports") / "report"
    write_report(graph, small_knowledge, folder, request.param, Silence())
    return request.param, folder


def read(folder: Path) -> Page:
    return Page((folder / "index.html").read_text(encoding="utf-8"))


def test_questions_stand_first_and_all_are_told(report: tuple[str, Path]) -> None:
    language, folder = report
    summaries = [
        QUERIES[name].summary.text(language)
        for name in ("q2-significance", "q6-platforms", "policy-genealogy", "sources-by-tier")
    ]
    headings = [re.sub(r"^\d+\. ", "", heading) for heading in read(folder).headings]
    assert headings == summaries
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "139" in text  # in the sentence that answers
    assert "SELECT" in text
    assert "zsgraph query q6-platforms" in text


def test_the_page_is_sound_and_loads_nothing(report: tuple[str, Path]) -> None:
    page = read(report[1])
    assert page.open == []
    assert page.loads == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "@import" not in (report[1] / "index.html").read_text(encoding="utf-8")


def test_charts_and_tables_stand_beside_the_page(report: tuple[str, Path]) -> None:
    language, folder = report
    for name in ("q6-platforms", "policy-genealogy"):
        drawing = (folder / "charts" / f"{name}.svg").read_text(encoding="utf-8")
        assert QUERIES[name].summary.text(language) not in drawing
        assert {"zh": f"查询 {name}", "en": f"query {name}"}[language] in drawing
        ElementTree.fromstring(drawing)
        assert (folder / "tables" / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_ids_are_single_and_links_lead_somewhere(report: tuple[str, Path]) -> None:
    folder = report[1]
    page = read(folder)
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        elif not link.startswith("http"):
            assert (folder / link).is_file()
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(page.ids)


def test_long_tables_are_folded_and_sources_named(report: tuple[str, Path]) -> None:
    text = (report[1] / "index.html").read_text(encoding="utf-8")
    assert {"zh": "<summary>表：139 行", "en": "<summary>Table: 139 rows"}[report[0]] in text
    assert re.search({"zh": r"来源：\d+ 份", "en": r"Sources: \d+"}[report[0]], text)
    assert re.search(r'<a href="https?://[^"]+" rel="noreferrer">', text)


def test_a_report_of_before_is_replaced(library: Library, tmp_path: Path) -> None:
    assert library.build().published
    folder = tmp_path / "reports" / "report"
    for _ in range(2):
        write_report(open_graph(library.home), library.knowledge, folder, "en", Silence())
        assert "<!DOCTYPE html>" in (folder / "index.html").read_text(encoding="utf-8")
        (folder / "index.html").write_text("old", encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == ["report"]


def test_a_folder_of_other_things_is_left_alone(
    graph: Graph, small_knowledge: Knowledge, tmp_path: Path
) -> None:
    (tmp_path / "thesis.docx").touch()
    for place in (tmp_path, tmp_path / "thesis.docx"):
        with pytest.raises(UsageError):
            write_report(graph, small_knowledge, place, "zh", Silence())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_failure_leaves_nothing_half_written(
    graph: Graph, small_knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Chart) -> str:
        raise ChartError("坏了", "broken")

    monkeypatch.setattr(Chart, "to_svg", fail)
    with pytest.raises(ChartError):
        write_report(graph, small_knowledge, tmp_path / "report", "zh", Silence())
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_another_domain_is_made_too(library: Library, tmp_path: Path) -> None:
    assert library.build().published
    folder = tmp_path / "report"
    write_report(open_graph(library.home), library.knowledge, folder, "en", Silence())
    assert "Which books are there" in (folder / "index.html").read_text(encoding="utf-8")
    assert "Fortress Besieged" in (folder / "tables" / "books.csv").read_text(encoding="utf-8")


def test_the_command_tells_where_the_report_lies(
    shell: Shell, built: tuple[Path, object], small_knowledge: Knowledge, tmp_path: Path
) -> None:
    shell.monkeypatch.setenv("ZSGRAPH_HOME", str(built[0]))
    shell.monkeypatch.setattr("zsgraph.cli.query.locate", lambda: small_knowledge)
    ran = shell.run("--lang", "en", "query", "--all", "--report", str(tmp_path / "report"))
    assert ran.code == 0
    assert f"Report written to {tmp_path}/report/index.html" in ran.err
