"""References hold ids or names; what is unknown or ambiguous is answered by what is known."""

import pytest

from tests.toys import Library
from zsgraph import records
from zsgraph.findings import Finding
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.records import Record, index_tables, read_table
from zsgraph.resolve import Resolver, qualified
from zsgraph.schema import load_schema

LIB = "https://example.org/library#"
ID = "https://example.org/id/"
GENRE = "https://example.org/scheme/genre/"


def resolver_of(library: Library) -> Resolver:
    folder = library.knowledge.ontology
    resolver = Resolver(vocabulary([*load_ontology(folder), *load_schemes(folder)]))
    index_tables(load_schema(library.knowledge.shapes), library.knowledge.data, resolver)
    return resolver


def read(library: Library, name: str) -> tuple[list[Record], list[Finding]]:
    """Read one table: its sound records and the findings."""
    table = load_schema(library.knowledge.shapes).tables[name]
    findings: list[Finding] = []
    resolver = resolver_of(library)
    return list(read_table(table, library.knowledge.data, resolver, findings.append)), findings


def advice(findings: list[Finding]) -> list[str]:
    return [finding.advice.en for finding in findings if finding.advice]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fc-1", ID + "books/fc-1"),
        ("Fortress Besieged", ID + "books/fc-1"),
        ("围城", ID + "books/fc-1"),
        (ID + "books/fc-1", ID + "books/fc-1"),
        ("satire", GENRE + "satire"),
        ("讽刺小说", GENRE + "satire"),
        ("rem-2", ID + "remarks/rem-2"),
    ],
    ids=["id", "name", "other name", "IRI", "concept", "concept's name", "a row further down"],
)
def test_a_reference_holds_an_id_a_name_or_an_iri(library: Library, text: str, meant: str) -> None:
    library.write("data/remarks.csv", f"id,about,text\nrem-1,{text},x\nrem-2,af-2,y\n")
    found, findings = read(library, "remarks")
    assert findings == []
    assert found[0].values[0] == (f"<{meant}>",)


def test_instances_of_a_class_below_are_found(library: Library) -> None:
    resolver = resolver_of(library)
    assert resolver.resolve("aut-qian", LIB + "Agent") == [ID + "authors/aut-qian"]
    assert resolver.resolve("aut-qian", LIB + "Book") == []
    assert resolver.resolve("aut-qian", "") == [ID + "authors/aut-qian"]


def test_an_id_goes_before_a_name(library: Library) -> None:
    library.replace("data/authors.csv", "Jeanne Kelly", "aut-orwell")
    assert resolver_of(library).resolve("aut-orwell", LIB + "Author") == [ID + "authors/aut-orwell"]


def test_an_id_with_its_folder_is_never_ambiguous() -> None:
    base = "https://w3id.org/zsgraph/"
    assert qualified(base + "id/one/same") == "one/same"
    assert qualified(base + "scheme/two/same") == "two/same"
    resolver = Resolver(vocabulary([]))
    resolver.add(base + "id/one/same", "class")
    resolver.add(base + "scheme/two/same", "class")
    assert len(resolver.resolve("same", "class")) == 2
    assert resolver.resolve("two/same", "class") == [base + "scheme/two/same"]


def test_an_ambiguous_name_lists_what_it_may_mean(library: Library) -> None:
    library.replace("data/authors.csv", "Jeanne Kelly", "George Orwell")
    library.replace("data/contributions.csv", "著,aut-orwell", "著,George Orwell")
    found, findings = read(library, "contributions")
    assert [record.id for record in found] == ["con-1", "con-2"]
    assert [(f.row, f.column, f.value) for f in findings] == [(4, "author", "George Orwell")]
    (told,) = advice(findings)
    assert "may mean 2" in told
    assert ID + "authors/aut-kelly" in told
    assert ID + "authors/aut-orwell" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("con-3,af-2", "con-3,Animal Frm", "Nearest: Animal Farm"),
        ("con-3,af-2", "con-3,af-2;fc-1", "These are 2 values; the column takes one."),
        ("con-3,af-2", "con-3,Moby-Dick", "“Moby-Dick” is not registered."),
        ("writtenBy", "writenBy", "Nearest: writtenBy"),
        ("writtenBy", "作曲", "Nearest: 著, 译."),
        ("writtenBy", "writtenBy;译", "These are 2 values; the column takes one."),
        ("writtenBy", "about", "“about” is not registered."),
    ],
)
def test_the_way_out_of_a_bad_reference(library: Library, old: str, new: str, told: str) -> None:
    library.replace("data/contributions.csv", old, new)
    _, findings = read(library, "contributions")
    assert len(findings) == 1
    assert told in advice(findings)[0]


@pytest.mark.parametrize("separator", ["；", "、", "，", " ； "])
def test_other_separators_are_answered_by_the_right_one(library: Library, separator: str) -> None:
    library.replace("data/books.csv", "novel;Satire", f"novel{separator}Satire")
    _, findings = read(library, "books")
    assert advice(findings) == ["Several values are parted by semicolons; write: novel;Satire."]


def test_each_of_several_bad_values_is_told(library: Library) -> None:
    library.replace("data/books.csv", "novel;Satire", "novl; Satyre ;novel")
    _, findings = read(library, "books")
    assert [(f.row, f.column, f.value) for f in findings] == [
        (2, "genres", "novl"),
        (2, "genres", "Satyre"),
    ]


def test_separators_alone_are_no_value(library: Library) -> None:
    library.replace("data/books.csv", "novel;Satire", ";")
    found, findings = read(library, "books")
    assert [record.id for record in found] == ["af-2"]
    assert [f.message.en for f in findings] == ["This cell is required."]


def test_a_value_that_is_repeated_in_a_cell_counts_once(library: Library) -> None:
    library.replace("data/books.csv", "novel;Satire", "novel;Novel;长篇小说")
    found, findings = read(library, "books")
    assert findings == []
    assert found[0].values[2] == (f"<{GENRE}novel>",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("no,,\n", "no\n"),
        ("Animal Farm", "Animal\0Farm"),
        ("讽刺小说", "no such genre"),
        (",isbn,", ",isban,"),
    ],
    ids=["ragged row", "control character", "bad cell", "bad header"],
)
def test_a_fault_is_not_told_again_by_what_refers_to_its_row(
    library: Library, old: str, new: str
) -> None:
    library.replace("data/books.csv", old, new)
    assert [finding.file for finding in library.errors()] == ["books.csv"]


def test_the_nearest_names_are_looked_for_once_for_each_text_and_not_without_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    nearest = records.Resolver.nearest

    def counted(self: Resolver, text: str, cls: str, count: int = 3) -> list[str]:
        asked.append(text)
        return nearest(self, text, cls, count)

    monkeypatch.setattr(records.Resolver, "nearest", counted)
    same = "".join(f"con-{n},Nobody,writtenBy,aut-qian\n" for n in range(1000))
    other = "".join(f"con-{n},Nobody {n},writtenBy,aut-qian\n" for n in range(1000, 2000))
    library.write("data/contributions.csv", "id,book,role,author\n" + same + other)
    _, findings = read(library, "contributions")
    assert len(findings) == 2000
    assert asked.count("Nobody") == 1
    assert len(asked) <= 200
