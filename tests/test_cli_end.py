"""``zsgraph end`` records when something ended, and by which source; nothing is removed."""

import shutil
from pathlib import Path

import pytest

from tests.shell import CHINESE, Ran, Shell, shell
from tests.test_new_knowledge import append
from tests.toys import Library
from zsgraph.errors import KnowledgeError
from zsgraph.knowledge import Knowledge
from zsgraph.schema import load_schema

__all__ = ["shell"]

WITHDRAWAL = """
lib:withdrawn a owl:DatatypeProperty ; rdfs:label "停售"@zh , "withdrawn"@en .
lib:reportedIn a owl:ObjectProperty ; rdfs:label "见于"@zh , "reported in"@en .
"""
COLUMNS = """
shape:Book rec:end shape:Book-withdrawn ;
    rec:start shape:Book-published ;
    rec:endSource shape:Book-reported_in ;
    sh:property shape:Book-withdrawn , shape:Book-reported_in .
shape:Book-withdrawn
    a sh:PropertyShape ;
    sh:path lib:withdrawn ;
    rec:column "withdrawn" ;
    sh:order 20 ;
    sh:name "停售时间"@zh , "Withdrawn"@en ;
    sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:gYear ] ) ;
    sh:maxCount 1 ;
    sh:message "“停售时间”是日期。"@zh , "“Withdrawn” is a date."@en .
shape:Book-reported_in
    a sh:PropertyShape ;
    sh:path lib:reportedIn ;
    rec:column "reported_in" ;
    sh:order 21 ;
    sh:name "见于"@zh , "Reported in"@en ;
    sh:class lib:Book ;
    sh:nodeKind sh:IRI ;
    sh:message "“见于”须是已登记的书。"@zh , "“Reported in” are registered books."@en .
"""


@pytest.fixture
def ending(library: Library) -> Library:
    """Return the library in which books may be withdrawn."""
    append(library, "ontology/library.ttl", WITHDRAWAL)
    append(library, "shapes/books.ttl", COLUMNS)
    library.build()
    return library


def end(shell: Shell, library: Library, *arguments: str) -> Ran:
    place = ("--root", str(library.root), "--home", str(library.home))
    return shell.run("end", *arguments, *place)


def books(library: Library) -> list[str]:
    return (library.root / "data" / "books.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["af-2", "Animal Farm", "https://example.org/id/books/af-2"])
def test_the_shape_says_where_an_end_is_written(shell: Shell, ending: Library, name: str) -> None:
    before = books(ending)
    told = ("--date", "1950-05", "--source", "fc-1", "--yes", "--lang", "en")
    ran = end(shell, ending, name, *told)
    assert ran.code == 0, ran.err
    assert "~ af-2  Animal Farm" in ran.out
    assert "Withdrawn: (empty) → 1950-05" in ran.out
    assert "Reported in: (empty) → Fortress Besieged" in ran.out
    assert not CHINESE.search(ran.out)
    assert books(ending) == [
        before[0] + ",withdrawn,reported_in", before[1] + ",,", before[2] + ",1950-05,fc-1",
    ]  # fmt: skip
    assert ending.errors() == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["af-2", "--date", "1945-07", "--source", "fc-1"], 1, "before the beginning, 1945-08-17"),
        (["af-2", "--date", "1950-02-30", "--source", "fc-1"], 1, "write a date as"),
        (["af-2", "--date", "1950", "--source", "fc-9"], 1, "“fc-9” is not registered"),
        (["af-2", "--date", "1950"], 2, "--source"),
        (["af-2", "--source", "fc-1"], 2, "--date"),
        (["af-3", "--date", "1950", "--source", "fc-1"], 2, "Nearest: af-2"),
        (["aut-orwell", "--date", "1950", "--source", "fc-1"], 2, "not a record that ends"),
        (["af-2", "--date", "1950", "--source", "fc-1", "--dry-run"], 0, "A dry run"),
    ],
)
def test_nothing_is_written(
    shell: Shell, ending: Library, arguments: list[str], code: int, told: str
) -> None:
    before = books(ending)
    ran = end(shell, ending, *arguments, "--lang", "en", *(["--yes"] if code else []))
    assert ran.code == code
    assert told in ran.out + ran.err
    assert books(ending) == before


def test_a_date_less_exact_than_the_beginning_is_not_before_it(
    shell: Shell, ending: Library
) -> None:
    assert end(shell, ending, "af-2", "--date", "1945", "--source", "fc-1", "--yes").code == 0


def test_what_has_ended_says_so(shell: Shell, ending: Library) -> None:
    told = ("--source", "fc-1", "--yes", "--lang", "en")
    end(shell, ending, "af-2", "--date", "1950", *told)
    before = books(ending)
    same = end(shell, ending, "af-2", "--date", "1950", *told)
    assert same.code == 0
    assert "registered as ended on 1950 already" in same.out
    other = end(shell, ending, "af-2", "--date", "1951-02", *told)
    assert other.code == 1
    assert "ended on 1950. Add --update" in other.err
    assert books(ending) == before
    assert end(shell, ending, "af-2", "--date", "1951-02", *told, "--update").code == 0
    assert "1951-02,fc-1" in books(ending)[2]


def test_shipped_records_end_with_one_changed_line(
    shell: Shell, knowledge: Knowledge, built: tuple[Path, object], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(knowledge.data, folder)
    schema = load_schema(knowledge.shapes)
    table = next(t for t in schema.tables.values() if t.name == "recognitions")
    place = ("--data", str(folder), "--home", str(tmp_path / "home"))
    ran = shell.run(
        "end", "rec-sc-panzhihua-vanadium-titanium-1", "--date", "2026-03-01", "--source", "s0535",
        "--yes", "--lang", "zh", *place,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "结束时间：（空） → 2026-03-01" in ran.out
    old = (knowledge.data / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()
    new = (folder / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()
    (changed,) = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert changed[1] == changed[0].replace(",,s0376,", ",2026-03-01,s0376;s0535,")
    # A platform has no end of its own; what can end about it is offered.
    ran = shell.run(
        "end", "钒钛新材料中试研发平台", "--date", "2026-03-01", "--source", "s0535", *place
    )
    assert ran.code == 2
    assert "rec-sc-panzhihua-vanadium-titanium-1（认定）" in ran.err


def test_an_end_in_another_table_is_a_fault_of_the_shape(library: Library) -> None:
    append(library, "shapes/books.ttl", "shape:Book rec:end shape:Author-born .")
    with pytest.raises(KnowledgeError, match="must be columns of it"):
        load_schema(library.root / "shapes")
