"""``zsgraph query`` and ``zsgraph questions`` as people run them."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.shell import Ran, Shell, shell
from tests.toys import Library

__all__ = ["shell"]

Run = Callable[..., Ran]


@pytest.fixture
def run(library: Library, shell: Shell) -> Run:
    """Run a command on the library of books."""
    shell.monkeypatch.setenv("ZSGRAPH_HOME", str(library.home))
    for command in ("query", "questions"):
        shell.monkeypatch.setattr(f"zsgraph.cli.{command}.locate", lambda: library.knowledge)
    return shell.run


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("bookz",), "没有叫“bookz”的查询。最接近的是：books", "no query “bookz”. Nearest: books"),
        (("books", "--gnre", "Novel"), "没有参数“gnre”。是不是“genre”", "Did you mean “genre”"),
        (
            ("books", "--genre", "Novl"),
            "“genre”没有“Novl”这个值。最接近的是：Novel",
            "Nearest: Novel",
        ),
        (
            ("books", "--author", "Eric Blair"),
            "“author”没有“Eric Blair”这个值",
            "no value of “author”",
        ),
        (("books", "--published", "long ago"), "“long ago”形式不对。.*2024", "no value of .*2024"),
        (("books", "--genre"), "选项 --genre 缺少值", "Option --genre lacks a value"),
        (("books", "--format", "xls"), "可用：table、csv", "known are: table, csv"),
        (("books", "others"), "给了2个：books others", "2 were given: books others"),
    ],
)
def test_wrong_use_offers_the_nearest(
    run: Run, arguments: tuple[str, ...], zh: str, en: str
) -> None:
    for language, told in (("zh", zh), ("en", en)):
        output = run("--lang", language, "query", *arguments)
        assert (output.code, output.out) == (2, "")
        assert re.search(told, output.err)


@pytest.mark.parametrize(
    ("language", "place"),
    [("zh", "books.rq 第20行第"), ("en", "Query books.rq, line 20, column ")],
)
def test_a_syntax_error_is_told_with_its_line(
    run: Run, library: Library, language: str, place: str
) -> None:
    library.replace("queries/questions/books.rq", "FILTER(!BOUND(?author)", "FILTR(!BOUND(?author)")
    output = run("--lang", language, "query", "books")
    assert output.code == 2
    assert place in output.err
    assert "\n    FILTR(!BOUND(?author)" in output.err


def test_the_graph_is_built_where_there_is_none(run: Run) -> None:
    arguments = ("query", "books", "--author", "Jeanne Kelly", "--format", "csv", "--lang", "en")
    first, second = run(*arguments), run(*arguments)
    assert "There is no built graph yet; building it first." in first.err
    assert second.err == ""
    assert first.out == second.out == "Book,Contributor\nFortress Besieged,Jeanne Kelly\n"


def test_a_graph_that_cannot_be_built_is_no_answer(run: Run, library: Library) -> None:
    library.replace("data/books.csv", ",no,", ",perhaps,")
    output = run("--lang", "en", "query", "books")
    assert (output.code, output.out) == (2, "")
    assert "books.csv row 3 column in_print" in output.err


def test_an_answer_goes_to_a_file(run: Run, library: Library) -> None:
    path = library.root / "answer.csv"
    assert run("query", "books", "--format", "csv", "--out", str(path)).code == 0
    assert path.read_text(encoding="utf-8").startswith("书,责任者\n")


def test_an_answer_that_cannot_be_written_is_told(run: Run, library: Library) -> None:
    output = run("--lang", "en", "query", "books", "--out", str(library.root))
    assert output.code == 2
    assert f"{library.root} cannot be written: Is a directory" in output.err
    output = run("--lang", "en", "query", "books", "-o", str(library.root / "books.xslx"))
    assert output.code == 2
    assert "There is no format “xslx”; did you mean xlsx?" in output.err
    assert not (library.root / "books.xslx").exists()


def test_queries_are_listed_by_what_they_ask(run: Run) -> None:
    assert "books  Which books are there" in run("--lang", "en", "query").out
    assert "books  有哪些书" in run("--lang", "zh", "query").out


def test_a_query_explains_its_parameters_and_columns(run: Run) -> None:
    output = run("--lang", "en", "query", "books", "--help")
    assert output.code == 0
    assert "--genre  Genre (e.g. Novel)" in output.out
    assert "Book  Contributor" in output.out


def test_the_questions_are_answered_with_what_to_try_next(run: Run) -> None:
    output = run("--lang", "en", "questions")
    assert output.code == 0
    assert "1. Which books are there  books\n   3 in all." in output.out
    assert "query books --genre Novel" in output.out


def test_a_reader_that_stops_early_is_no_failure() -> None:
    command = f"'{sys.executable}' -c 'from zsgraph.cli import main; main()' query | head -1"
    shell = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (shell.returncode, shell.stderr) == (0, "")
