"""Every fault of a record file is told with file, row, column, value and the way out."""

from pathlib import Path

import pytest

from tests.library import GENRE, ID, LIB, SHAPE, Library
from zsgraph import resolve
from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Severity

BOOKS = "id,title,genres,in_print\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.copy_to(tmp_path)


def place(finding: Finding) -> tuple[str, str | None, int | None, str | None, str | None]:
    rule = finding.rule.removeprefix("reader/").removeprefix(SHAPE)
    return rule, finding.file, finding.row, finding.column, finding.value


def only(library: Library) -> Finding:
    """Read the library and return its one finding."""
    _, findings = library.read()
    assert len(findings) == 1, findings
    (finding,) = findings
    for text in (finding.message, finding.advice):
        assert text is None or (text.zh and text.en and text.zh != text.en)
    return finding


def advice(finding: Finding) -> str:
    assert finding.advice is not None
    return finding.advice.en


def test_the_library_has_no_fault(library: Library) -> None:
    records, findings = library.read()
    assert findings == []
    assert {table: [r.id for r in rows] for table, rows in records.items()} == {
        "authors": ["aut-qian", "aut-kelly", "aut-orwell"],
        "books": ["fc-1", "af-2"],
        "contributions": ["con-1", "con-2", "con-3"],
        "remarks": ["rem-1", "rem-2"],
    }


BAD_CELLS = [
    ("books", "published", "2024-02-30", "write a date as 2024-05-31, 2024-05 or 2024"),
    ("books", "published", "2023-02-29", "write a date as"),
    ("books", "published", "2024-13", "write a date as"),
    ("books", "published", "31/12/2024", "write a date as"),
    ("books", "published", "2024年5月31日", "write a date as"),
    ("books", "published", "二〇二四年", "write a date as"),
    ("books", "published", "２０２４", "write a date as"),
    ("books", "published", "24", "write a date as"),
    ("books", "published", "2024-5", "write a date as"),
    ("books", "pages", "12.5", "write a whole number"),
    ("books", "pages", "twelve", "write a whole number"),
    ("books", "price", "1,200", "without commas or unit"),
    ("books", "price", "29.50元", "without commas or unit"),
    ("books", "price", "1e5", "without commas or unit"),
    ("books", "price", "3万", "without commas or unit"),
    ("books", "price", "20-30", "without commas or unit"),
    ("books", "price", "１２", "without commas or unit"),
    ("books", "price", "NaN", "without commas or unit"),
    ("books", "in_print", "maybe", "write yes or no"),
    ("books", "page", "example.org", "write a whole address"),
    ("books", "page", "https://example.org/a b", "write a whole address"),
    ("books", "page", "https://example.org/<a>", "write a whole address"),
    ("books", "title", "", "“Title” is required."),
    ("books", "title", "　", "“Title” is required."),
    ("books", "genres", "", "“Genres” are of the list of genres."),
    ("books", "genres", ";", "“Genres” are of the list of genres."),
    ("books", "genres", "Novl", "“Novl” is not registered. Nearest: Novel"),
    ("books", "genres", "fc-1", "“fc-1” is not registered."),
    ("books", "genres", "novel；satire", "write: novel;satire."),
    ("books", "genres", "Novel、Satire", "write: Novel;Satire."),
    ("contributions", "book", "Animal Frm", "Nearest: Animal Farm"),
    ("contributions", "book", "fc-1;af-2", "These are 2 values; the column takes one."),
    ("contributions", "book", "aut-qian", "“aut-qian” is not registered."),
    ("contributions", "author", "unknown person", "“unknown person” is not registered."),
    ("contributions", "role", "writenBy", "Nearest: writtenBy"),
    ("contributions", "role", "about", "“about” is not registered."),
    ("contributions", "role", "作曲", "Nearest: 著, 译."),
    ("contributions", "role", "writtenBy;translatedBy", "the column takes one"),
    ("remarks", "about", "no-such-thing-9", "write it as folder/id"),
    ("remarks", "text", "", "“Text” is required."),
    ("authors", "born", "1910-02-29", "write a date as"),
]


@pytest.mark.parametrize(("table", "column", "cell", "way_out"), BAD_CELLS)
def test_a_bad_cell_is_told(
    library: Library, table: str, column: str, cell: str, way_out: str
) -> None:
    library.write_row(table, **{column: cell})
    if table in ("books", "authors"):
        library.empty("contributions", "remarks")
    shape = f"{table[:-1].capitalize()}-{column}"
    finding = only(library)
    assert place(finding) == (shape, f"{table}.csv", 2, column, cell)
    assert finding.severity is Severity.ERROR
    assert way_out in advice(finding)
    assert library.read()[0][table] == []


def test_each_of_several_bad_values_is_told(library: Library) -> None:
    library.edit("data/books.csv", "novel;Satire", "novl; satir ;novel")
    _, findings = library.read()
    assert [place(finding) for finding in findings] == [
        ("Book-genres", "books.csv", 2, "genres", "novl"),
        ("Book-genres", "books.csv", 2, "genres", "satir"),
    ]


@pytest.mark.parametrize(
    "identifier", ["FC-1", "fc 1", "围城", "fc/1", "fc-1-", "fc-１", "../fc-1", ""]
)
def test_an_id_has_the_form_of_the_shape(library: Library, identifier: str) -> None:
    library.empty("contributions", "remarks")
    library.write_row("books", id=identifier)
    finding = only(library)
    assert place(finding) == ("id-form", "books.csv", 2, "id", identifier)
    assert "[a-z]+-[0-9]+" in advice(finding)


def test_a_second_row_with_the_same_id_names_the_first(library: Library) -> None:
    library.write("remarks", "id,about,text\nrem-1,fc-1,a\nrem-2,fc-1,b\nrem-1,af-2,c\n")
    finding = only(library)
    assert place(finding) == ("duplicate-id", "remarks.csv", 4, "id", "rem-1")
    assert finding.message.en == "The id “rem-1” is taken by row 2."


def test_an_ambiguous_name_lists_what_it_may_mean(library: Library) -> None:
    library.write("authors", "id,name\naut-a,Kelly\naut-b,Kelly\naut-qian,Q\naut-orwell,O\n")
    library.write_row("contributions", author="Kelly")
    library.empty("remarks")
    finding = only(library)
    assert place(finding) == ("Contribution-author", "contributions.csv", 2, "author", "Kelly")
    assert f"{ID}authors/aut-a（Kelly）, {ID}authors/aut-b（Kelly）" in advice(finding)


def test_rows_are_counted_as_a_spreadsheet_counts_them(library: Library) -> None:
    several_lines = 'rem-1,fc-1,"one\ntwo\r\nthree"\n'
    library.write("remarks", f"id,about,text\n{several_lines}\n,,\nrem-2,nobody,x\n")
    finding = only(library)
    assert place(finding) == ("Remark-about", "remarks.csv", 5, "about", "nobody")


def test_white_space_around_a_cell_is_left_out_and_told(library: Library) -> None:
    library.write_row("remarks", about=" af-2　")
    finding = only(library)
    assert place(finding) == ("white-space", "remarks.csv", 2, "about", " af-2　")
    assert finding.severity is Severity.WARNING
    assert advice(finding) == "Write “af-2”."
    (record,) = library.read()[0]["remarks"]
    assert record.values[0] == (f"<{ID}books/af-2>",)


BAD_FILES = [
    ("empty", b"", ("empty-file", None, None)),
    ("blank rows", b"\n\n,,\n", ("empty-file", None, None)),
    ("byte order mark alone", b"\xef\xbb\xbf", ("empty-file", None, None)),
    (
        "unknown column",
        "id,about,txt\nrem-1,fc-1,x\n",
        [("unknown-column", 1, "txt"), ("column-missing", 1, "text")],
    ),
    ("unknown column besides", "id,about,text,more\n", ("unknown-column", 1, "more")),
    ("column without heading", "id,about,text,\n", ("unknown-column", 1, "")),
    ("required column missing", "id,about\nrem-1,fc-1\n", ("column-missing", 1, "text")),
    ("id missing", "about,text\nfc-1,x\n", ("column-missing", 1, "id")),
    ("heading twice", "id,about,text,about\n", ("heading-twice", 1, "about")),
    ("two names of one column", "id,about,text,关于\n", ("heading-twice", 1, "关于")),
    ("row too long", "id,about,text\nrem-1,fc-1,a,b\n", ("ragged-row", 2, None)),
    ("row too short", "id,about,text\nrem-1,fc-1\n", ("ragged-row", 2, None)),
    ("NUL", "id,about,text\nrem-1,fc-1,a\0b\n", ("control-character", 2, "text")),
    ("bell", "id,about,text\nrem-1,fc-1\a,b\n", ("control-character", 2, "about")),
    ("quote not closed", 'id,about,text\nrem-1,fc-1,"x\nrem-2,fc-1,y\n', ("quotes", 2, None)),
    ("quote within", 'id,about,text\nrem-1,fc-1,"x" y\n', ("quotes", 2, None)),
    ("GB 18030", "id,about,text\nrem-1,fc-1,中试\n".encode("gb18030"), ("not-utf-8", 2, None)),
    ("UTF-16", "id,about,text\n".encode("utf-16"), ("not-utf-8", 1, None)),
]


@pytest.mark.parametrize(
    ("content", "expected"), [c[1:] for c in BAD_FILES], ids=[c[0] for c in BAD_FILES]
)
def test_a_bad_file_is_told(
    library: Library,
    content: str | bytes,
    expected: tuple[str, int | None, str | None] | list[tuple[str, int | None, str | None]],
) -> None:
    library.write("remarks", content)
    records, findings = library.read()
    told = [place(finding) for finding in findings]
    wanted = expected if isinstance(expected, list) else [expected]
    assert [(rule, row, column) for rule, _, row, column, _ in told] == wanted
    assert {file for _, file, *_ in told} == {"remarks.csv"}
    assert all(finding.message.zh != finding.message.en for finding in findings)
    assert records["remarks"] == []
    assert len(records["books"]) == 2


def test_an_unknown_column_is_answered_by_the_nearest(library: Library) -> None:
    library.write("remarks", "id,abuot,text\n")
    _, findings = library.read()
    assert advice(findings[0]) == "Did you mean “about”?"


def test_the_broken_byte_is_counted_over_the_whole_file(library: Library) -> None:
    start = "id,about,text\n" + "".join(f'rem-{n},fc-1,"a\nb"\n' for n in range(5000))
    library.write("remarks", start.encode() + b"rem-5000,fc-1,\xd6\xd0\n")
    _, findings = library.read()
    assert [place(finding)[:3] for finding in findings] == [("not-utf-8", "remarks.csv", 5002)]
    assert f"byte {len(start) + len('rem-5000,fc-1,') + 1})" in findings[0].message.en


def test_control_characters_are_shown_as_pictures(library: Library) -> None:
    library.write("remarks", "id,about,text\nrem-1,fc-1,\x1b[31ma\x7f\n")
    assert only(library).value == "␛[31ma␡"


def test_a_missing_file_stops_the_reading(library: Library) -> None:
    (library.data / "remarks.csv").unlink()
    with pytest.raises(KnowledgeError, match=r"remarks\.csv is missing") as caught:
        library.read()
    assert "缺少记录文件" in caught.value.message.zh


def test_a_folder_is_no_record_file(library: Library) -> None:
    (library.data / "remarks.csv").unlink()
    (library.data / "remarks.csv").mkdir()
    with pytest.raises(KnowledgeError, match=r"remarks\.csv cannot be read"):
        library.read()


def test_a_byte_order_mark_and_either_language_in_headings_are_read(library: Library) -> None:
    library.write("remarks", b"\xef\xbb\xbf" + "id,关于,Text\r\nrem-1,fc-1,x\r\n".encode())
    records, findings = library.read()
    assert findings == []
    assert records["remarks"][0].values == [(f"<{ID}books/fc-1>",), ('"x"',)]


def test_columns_may_stand_in_any_order_and_optional_ones_be_missing(library: Library) -> None:
    library.write("authors", "name,id\nGeorge Orwell,aut-orwell\n")
    library.empty("contributions")
    records, findings = library.read()
    assert findings == []
    assert records["authors"][0].values == [('"George Orwell"@en',), (), ()]


def test_a_table_may_hold_no_record(library: Library) -> None:
    library.empty("remarks")
    records, findings = library.read()
    assert findings == []
    assert records["remarks"] == []


@pytest.mark.parametrize(
    "faulty",
    [
        BOOKS + "fc-1,Fortress Besieged,novel\n" + "af-2,Animal Farm,satire,no\n",
        BOOKS + "fc-1,Fortress\0,novel,yes\n" + "af-2,Animal Farm,satire,no\n",
        BOOKS + "fc-1,围城,no such genre,yes\n" + "af-2,Animal Farm,satire,no\n",
        BOOKS.replace("id", "id,sequel") + "fc-1,,A,novel,yes\naf-2,,B,satire,no\n",
    ],
    ids=["ragged", "control character", "bad cell", "header"],
)
def test_a_fault_is_not_told_again_by_those_that_refer_to_its_row(
    library: Library, faulty: str
) -> None:
    library.write("books", faulty)
    library.edit("data/contributions.csv", "围城", "fc-1")
    _, findings = library.read()
    assert [finding.file for finding in findings] == ["books.csv"]


def test_a_record_may_refer_to_one_further_down(library: Library) -> None:
    library.write("remarks", "id,about,text\nrem-1,rem-2,x\nrem-2,rem-1,y\n")
    records, findings = library.read()
    assert findings == []
    assert records["remarks"][0].values[0] == (f"<{ID}remarks/rem-2>",)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fc-1", f"{ID}books/fc-1"),
        ("Fortress Besieged", f"{ID}books/fc-1"),
        ("围城", f"{ID}books/fc-1"),
        (f"{ID}books/fc-1", f"{ID}books/fc-1"),
        ("satire", GENRE + "satire"),
        ("讽刺小说", GENRE + "satire"),
    ],
)
def test_a_reference_holds_an_id_a_name_or_an_iri(library: Library, text: str, meant: str) -> None:
    library.write_row("remarks", about=text)
    records, findings = library.read()
    assert findings == []
    assert records["remarks"][0].values[0] == (f"<{meant}>",)


def test_instances_of_a_class_below_are_found(library: Library) -> None:
    resolver = library.resolver()
    assert resolver.resolve("aut-qian", LIB + "Agent") == [ID + "authors/aut-qian"]
    assert resolver.resolve("aut-qian", LIB + "Book") == []


def test_an_id_goes_before_a_name(library: Library) -> None:
    library.write("authors", "id,name\naut-qian,aut-orwell\naut-orwell,O\naut-kelly,K\n")
    library.edit("data/contributions.csv", "Qian Zhongshu", "aut-orwell")
    records, findings = library.read()
    assert findings == []
    assert records["contributions"][0].values[2] == (f"<{ID}authors/aut-orwell>",)


def test_the_nearest_names_are_looked_for_once_for_each_text(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    nearest = resolve.Resolver.nearest

    def counted(self: resolve.Resolver, text: str, cls: str, count: int = 3) -> list[str]:
        asked.append(text)
        return nearest(self, text, cls, count)

    monkeypatch.setattr(resolve.Resolver, "nearest", counted)
    rows = "".join(f"con-{n},Nobody,writtenBy,aut-qian\n" for n in range(1000))
    rows += "".join(f"con-{n},Nobody {n},writtenBy,aut-qian\n" for n in range(1000, 2000))
    library.write("contributions", "id,book,role,author\n" + rows)
    _, findings = library.read()
    assert len(findings) == 2000
    assert asked.count("Nobody") == 1
    assert len(asked) <= 200


def test_values_are_read_in_a_canonical_form(library: Library) -> None:
    record = library.read()[0]["books"][0]
    assert (record.row, record.id, record.subject) == (2, "fc-1", f"<{ID}books/fc-1>")
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert record.values == [
        ('"Fortress Besieged"@en',),
        ('"围城"@zh', '"城"@zh'),
        (f"<{GENRE}novel>", f"<{GENRE}satire>"),
        (f'"1947"^^<{xsd}gYear>',),
        (f'"358"^^<{xsd}integer>',),
        (f'"29.5"^^<{xsd}decimal>',),
        (f'"true"^^<{xsd}boolean>',),
        ('"9780811215527"',),
        (f'"https://example.org/fc-1"^^<{xsd}anyURI>',),
    ]
