"""The citation in three forms, from the file that repositories read and the graph at hand."""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.shell import Shell, shell
from zsgraph.citation import STYLES, Author, Citation, read_citation, to_bibtex, to_gbt7714, to_ris
from zsgraph.errors import KnowledgeError

__all__ = ["shell"]

PEOPLE = Citation(
    title="R&D 100%: a_graph",
    authors=(Author("张", "三"), Author("A {&} B")),
    version="1.2.3",
    url="https://example.org/",
    doi="10.1/x",
    released=dt.date(2026, 1, 2),
    accessed=dt.date(2026, 3, 4),
    built="2026-03-03",
    fingerprint="abc",
)


def test_bibtex_names_bodies_and_people_and_escapes() -> None:
    text = to_bibtex(PEOPLE)
    assert text.startswith("@misc{zsgraph-1.2.3,\n")
    assert "author  = {张, 三 and {A {\\&} B}}" in text
    assert "title   = {{R\\&D 100\\%: a\\_graph}}" in text
    assert "note    = {graph built 2026-03-03, fingerprint abc}" in text
    assert text.count("{") == text.count("}")


def test_gbt7714_has_the_order_of_the_standard() -> None:
    assert to_gbt7714(PEOPLE) == (
        "张 三, A {&} B. R&D 100%: a_graph: V1.2.3[DS/OL]. (2026-01-02)[2026-03-04]. "
        "https://example.org/. DOI:10.1/x.\n"
    )


def test_ris_begins_with_its_type_and_ends_with_its_end() -> None:
    lines = to_ris(PEOPLE).splitlines()
    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  - "
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert "AU  - 张, 三" in lines
    assert "ET  - 1.2.3" in lines


def test_the_version_is_that_of_the_graph() -> None:
    told = {"version": "9.9.9", "built": "2026-05-06", "fingerprint": "f" * 64}
    citation = read_citation(PROJECT, told)
    assert (citation.version, citation.built) == ("9.9.9", "2026-05-06")
    assert citation.fingerprint == "f" * 12
    assert all("9.9.9" in write(citation) for write in STYLES.values())


@pytest.mark.parametrize("content", [None, "title: x", "- [", "title: x\nauthors: 1"])
def test_a_faulty_file_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "CITATION.cff").write_text(content)
    with pytest.raises(KnowledgeError, match=r"CITATION\.cff"):
        read_citation(tmp_path)


def test_the_command_gives_one_or_all(shell: Shell) -> None:
    everything = shell.run("cite").out
    for style in STYLES:
        assert shell.run("cite", "--format", style).out in everything
    assert shell.run("cite", "--format", "apa").code == 2
