"""``zsgraph export`` as people use it."""

from pathlib import Path

import pytest

from tests.export.conftest import Exported
from tests.shell import CHINESE, Shell, shell
from zsgraph.export.registry import FORMATS

__all__ = ["shell"]


@pytest.fixture
def here(shell: Shell, awkward: Exported, tmp_path: Path) -> Shell:
    home = awkward.knowledge.root.parent / "home"
    shell.monkeypatch.setenv("ZSGRAPH_HOME", str(home))
    shell.monkeypatch.chdir(tmp_path)
    return shell


def options(awkward: Exported) -> tuple[str, ...]:
    return ("--root", str(awkward.knowledge.root))


def test_bare_it_writes_the_default_and_tells_of_the_rest(
    here: Shell, awkward: Exported, tmp_path: Path
) -> None:
    ran = here.run("--lang", "en", "export", *options(awkward))
    assert ran.code == 0
    assert {path.name for path in (tmp_path / "export").iterdir()} == {
        "zsgraph.nq",
        "manifest.json",
    }
    count = len(awkward.quads())
    assert f"{count:,} statements" in ran.out
    assert "--format" in ran.out
    assert not CHINESE.search(ran.out)


def test_the_listing_names_formats_graphs_and_kinds(here: Shell, awkward: Exported) -> None:
    ran = here.run("export", "--list", *options(awkward))
    assert ran.code == 0
    for word in (*FORMATS, "asserted", "inferred", "data/books", "书"):
        assert word in ran.out


@pytest.mark.parametrize("given", [("-f", "turtle,csv"), ("-f", "turtle", "-f", "csv")])
def test_several_formats_are_parted_by_commas_or_options(
    here: Shell, awkward: Exported, tmp_path: Path, given: tuple[str, ...]
) -> None:
    ran = here.run("export", *given, "-o", "here", "--kind", "books", *options(awkward))
    assert ran.code == 0
    names = {path.name for path in (tmp_path / "here").iterdir()}
    assert names == {"zsgraph-books.ttl", "zsgraph-books-csv", "manifest.json"}


def test_an_unknown_format_is_told(here: Shell, awkward: Exported, tmp_path: Path) -> None:
    ran = here.run("--lang", "en", "export", "-f", "json", *options(awkward))
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean “jsonld”?" in ran.err
    assert not (tmp_path / "export").exists()
