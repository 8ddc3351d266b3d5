"""Charts written to files, and what is told where that cannot be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.charts.pictures import drawn
from tests.conftest import PROJECT
from tests.shell import Shell, shell
from zsgraph.charts import chart, fonts
from zsgraph.errors import ChartError, UsageError, ZsgraphError
from zsgraph.queries import NamedQuery, load_queries
from zsgraph.store import Graph

__all__ = ["shell"]

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def query() -> NamedQuery:
    return load_queries(PROJECT / "queries")["sources-by-tier"]


@pytest.mark.parametrize(
    ("ending", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".html", b"<!DOCTYPE html>")]
)
def test_the_ending_says_what_is_written(
    graph: Graph, query: NamedQuery, tmp_path: Path, ending: str, start: bytes
) -> None:
    path = tmp_path / f"out{ending}"
    drawn(graph, query, "en").save(path)
    assert path.read_bytes().startswith(start)
    assert os.listdir(tmp_path) == [path.name]


def test_a_page_needs_nothing_from_elsewhere(
    graph: Graph, query: NamedQuery, tmp_path: Path
) -> None:
    page = drawn(graph, query, "zh").to_html()
    assert "<script src" not in page
    assert "<link" not in page


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium; scripts/system_packages installs it")
def test_a_page_draws_itself_in_a_browser(graph: Graph, query: NamedQuery, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    drawn(graph, query, "zh").save(path)
    quiet = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    quiet += " --disable-background-networking --disable-component-update --dump-dom"
    ran = subprocess.run(
        [str(CHROMIUM), *quiet.split(), f"--user-data-dir={tmp_path}/profile",
         "--virtual-time-budget=8000", path.as_uri()],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert "</svg>" in ran.stdout
    assert "297</text>" in ran.stdout


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("out.pdf", "应以 .svg、.png、.html 之一结尾", "end it in one of .svg, .png, .html"),
        ("out", "不知道“out”是哪种图片", "“out” does not say"),
        ("none/out.svg", "请换一个位置", "Choose another place"),
    ],
)
def test_what_cannot_be_written_is_told(
    graph: Graph, query: NamedQuery, tmp_path: Path, name: str, zh: str, en: str
) -> None:
    with pytest.raises(ZsgraphError) as caught:
        drawn(graph, query, "en").save(tmp_path / name)
    assert zh in caught.value.message.zh
    assert en in caught.value.message.en
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_is_told_with_its_package(
    graph: Graph, query: NamedQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zsgraph.charts.render.chinese_fonts_missing", lambda: True)
    with pytest.raises(ChartError) as caught:
        drawn(graph, query, "zh").to_png()
    for sentence in (caught.value.message.zh, caught.value.message.en):
        assert "sudo apt install fonts-noto-cjk" in sentence
        assert "ZSGRAPH_FONTS" in sentence


def test_fonts_are_found_with_and_without_fontconfig(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path),))
    assert fonts.chinese_fonts_missing.__wrapped__()
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert not fonts.chinese_fonts_missing.__wrapped__()


def test_a_missing_renderer_is_told_with_its_extra(
    graph: Graph, query: NamedQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ChartError) as caught:
        drawn(graph, query, "en").to_svg()
    assert "pip install 'zsgraph[charts]'" in caught.value.message.en


def test_themes_differ_and_an_unknown_one_is_told(graph: Graph, query: NamedQuery) -> None:
    answer = drawn(graph, query, "en")
    assert answer.spec["config"]["background"] == "#ffffff"
    from zsgraph.answers import answer as ask

    dark = chart(ask(graph, query), "dark")
    assert dark.spec["config"]["background"] != "#ffffff"
    assert dark.drawing == chart(ask(graph, query)).drawing
    with pytest.raises(UsageError, match="known are: light, dark"):
        chart(ask(graph, query), "sepia")


def test_a_notebook_gets_a_picture_and_words(graph: Graph, query: NamedQuery) -> None:
    bundle = drawn(graph, query, "en")._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "Sources by tier" in bundle["text/plain"]


class TestCommand:
    @pytest.fixture
    def at_home(self, shell: Shell, built: tuple[Path, object]) -> Shell:
        shell.monkeypatch.setenv("ZSGRAPH_HOME", str(built[0]))
        return shell

    def test_a_chart_is_written_with_the_values_asked_for(
        self, at_home: Shell, tmp_path: Path
    ) -> None:
        path = tmp_path / "map.svg"
        options = ("--industry", "biomedicine", "--chart", str(path))
        ran = at_home.run("--lang", "en", "query", "q6-platforms", *options)
        assert (ran.code, ran.out, ran.err) == (0, "", f"Chart written to {path}\n")
        assert "biomedicine" in path.read_text(encoding="utf-8")

    def test_rows_are_printed_too_where_a_format_is_named(
        self, at_home: Shell, tmp_path: Path
    ) -> None:
        path = tmp_path / "tiers.svg"
        ran = at_home.run("query", "sources-by-tier", "--format", "csv", "--chart", str(path))
        assert ran.out.startswith("等级,")
        assert path.exists()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("sources-by-tier", "--chart", "x.gif"), "end it in one of .svg, .png, .html"),
            (("sources-by-tier", "--chart", "/no/x.svg"), "/no/x.svg cannot be written: No such"),
            (("sources-by-tier", "--chart", "x.svg", "--theme", "sepia"), "no theme “sepia”"),
            (("sources-by-tier", "--chart"), "Option --chart lacks a value"),
            (("--all",), "zsgraph query --all --report FOLDER"),
            (("--report", "x"), "zsgraph query --all --report FOLDER"),
            (("sources-by-tier", "--all", "--report", "x"), "query --all --report FOLDER"),
        ],
    )
    def test_wrong_use_is_told(
        self, at_home: Shell, arguments: tuple[str, ...], said: str, tmp_path: Path
    ) -> None:
        at_home.monkeypatch.chdir(tmp_path)
        ran = at_home.run("--lang", "en", "query", *arguments)
        assert ran.code == 2
        assert said in ran.err
        assert list(tmp_path.iterdir()) == []
