"""Each fault of a record file is told as the rule it breaks, with file, row and column."""

from dataclasses import dataclass, field

import pytest

from tests.toys import Library
from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Severity

SHAPE = "https://example.org/shape#"


@dataclass(frozen=True)
class Fault:
    """An edit of a record file, and what is to be said of it.

    The place is (rule, row, column); ``advice`` is part of what the finding advises.
    """

    name: str
    file: str
    old: str
    new: str
    places: list[tuple[str, int | None, str | None]] = field(default_factory=list)
    advice: str = ""


HEADER = [
    Fault(
        "an unknown column is told with the nearest",
        "books",
        "published",
        "publshed",
        [("reader/unknown-column", 1, "publshed")],
        "published",
    ),
    Fault(
        "a column without heading",
        "authors",
        "id,name,name_zh,born\naut-qian,Qian Zhongshu,钱锺书,1910-11-21\naut-kelly,Jeanne Kelly,,\n"
        "aut-orwell,George Orwell,,1903-06\n",
        "id,name,name_zh,\naut-qian,Qian Zhongshu,钱锺书,\naut-kelly,Jeanne Kelly,,\n"
        "aut-orwell,George Orwell,,\n",
        [("reader/unknown-column", 1, "")],
    ),
    Fault(
        "a heading comes twice",
        "books",
        "pages,price",
        "pages,pages",
        [("reader/heading-twice", 1, "pages")],
    ),
    Fault(
        "the same column by two of its names",
        "books",
        "pages,price",
        "pages,页数",
        [("reader/heading-twice", 1, "页数")],
    ),
    Fault(
        "a required column is missing",
        "remarks",
        "id,about,text",
        "id,about",
        [("reader/column-missing", 1, "text")],
    ),
    Fault(
        "the id column is missing",
        "remarks",
        'id,about,text\nrem-1,aut-orwell,A pen name.\nrem-2,satire,"Kept apart from\nhumour."\n',
        "about,text\naut-orwell,A pen name.\n",
        [("reader/column-missing", 1, "id")],
    ),
]

ROWS = [
    Fault(
        "too many cells",
        "contributions",
        "con-1,fc-1,writtenBy,Qian Zhongshu",
        "con-1,fc-1,writtenBy,Zhongshu, Qian",
        [("reader/ragged-row", 2, None)],
    ),
    Fault(
        "too few cells",
        "contributions",
        "con-1,fc-1,writtenBy,Qian Zhongshu",
        "con-1,fc-1,writtenBy",
        [("reader/ragged-row", 2, None)],
    ),
    Fault(
        "a quote without its pair",
        "remarks",
        'humour."',
        "humour.",
        [("reader/quotes", 3, None)],
    ),
    Fault(
        "a control character",
        "remarks",
        "A pen name.",
        "A pen\x07 name.",
        [("reader/control-character", 2, "text")],
    ),
    Fault(
        "a duplicate id",
        "contributions",
        "con-3",
        "con-1",
        [("reader/duplicate-id", 4, "id")],
    ),
    Fault(
        "an id of a wrong form",
        "contributions",
        "con-3",
        "con_3",
        [(SHAPE + "Contribution", 4, "id")],
        "con- followed by digits",
    ),
    Fault("an empty id", "contributions", "con-3", "", [(SHAPE + "Contribution", 4, "id")]),
    Fault(
        "a row below a cell of several lines keeps its spreadsheet row",
        "remarks",
        'humour."\n',
        'humour."\nrem-3,nowhere,x\n',
        [(SHAPE + "Remark-about", 4, "about")],
    ),
    Fault(
        "a row below a blank row keeps its spreadsheet row",
        "contributions",
        "con-3,af-2,著,aut-orwell",
        "\ncon-3,af-2,著,aut-orwel",
        [(SHAPE + "Contribution-author", 5, "author")],
        "aut-orwell",
    ),
]

CELLS = [
    Fault(
        "a day that the calendar does not have",
        "books",
        "1945-08-17",
        "2024-02-30",
        [(SHAPE + "Book-published", 3, "published")],
        "Month 2 of 2024 has no day 30.",
    ),
    Fault(
        "a date in another form",
        "books",
        "1945-08-17",
        "17.8.1945",
        [(SHAPE + "Book-published", 3, "published")],
    ),
    Fault(
        "a date in full-width digits",
        "books",
        "1945-08-17",
        "１９４５-08-17",
        [(SHAPE + "Book-published", 3, "published")],
    ),
    Fault("a number with a unit", "books", "29.50", "29元", [(SHAPE + "Book-price", 2, "price")]),
    Fault(
        "a number with an exponent", "books", "29.50", "3e1", [(SHAPE + "Book-price", 2, "price")]
    ),
    Fault(
        "a number in full-width digits",
        "books",
        "29.50",
        "２９",
        [(SHAPE + "Book-price", 2, "price")],
    ),
    Fault("a broken whole number", "books", "0358", "358.5", [(SHAPE + "Book-pages", 2, "pages")]),
    Fault(
        "a boolean that is neither",
        "books",
        ",no,",
        ",perhaps,",
        [(SHAPE + "Book-in_print", 3, "in_print")],
        "yes or no",
    ),
    Fault(
        "an address that is none",
        "books",
        "https://example.org/fc-1",
        "example.org",
        [(SHAPE + "Book-page", 2, "page")],
    ),
    Fault(
        "an empty cell that is required",
        "books",
        "Animal Farm",
        "",
        [(SHAPE + "Book-title", 3, "title")],
    ),
    Fault(
        "an unknown reference is told with the nearest",
        "contributions",
        "Qian Zhongshu",
        "Qian Zhong-shu",
        [(SHAPE + "Contribution-author", 2, "author")],
        "Qian Zhongshu",
    ),
    Fault(
        "one of several references is unknown",
        "books",
        "novel;Satire",
        "novel;Satyre",
        [(SHAPE + "Book-genres", 2, "genres")],
        "Satire",
    ),
    Fault(
        "a reference to a record of another class",
        "contributions",
        "Qian Zhongshu",
        "fc-1",
        [(SHAPE + "Contribution-author", 2, "author")],
    ),
    Fault(
        "a reference to anything that is unknown",
        "remarks",
        "satire",
        "satirical",
        [(SHAPE + "Remark-about", 3, "about")],
    ),
    Fault(
        "a value that is not one of the choices",
        "contributions",
        "writtenBy",
        "drawnBy",
        [(SHAPE + "Contribution-role", 2, "role")],
        "writtenBy",
    ),
]


def places(findings: list[Finding]) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(f.rule, f.file, f.row, f.column) for f in findings]


@pytest.mark.parametrize("fault", [*HEADER, *ROWS, *CELLS], ids=lambda fault: fault.name)
def test_fault_breaks_one_rule_at_one_place(fault: Fault, library: Library) -> None:
    library.replace(f"data/{fault.file}.csv", fault.old, fault.new)
    found = library.errors()
    assert places(found) == [
        (rule, f"{fault.file}.csv", row, column) for rule, row, column in fault.places
    ]
    advice = [finding.advice for finding in found]
    assert all(fault.advice in (told.en if told else "") for told in advice)
    for finding in found:
        assert finding.message.zh
        assert finding.message.en
        assert finding.message.zh != finding.message.en


def test_an_ambiguous_reference_lists_what_it_may_mean(library: Library) -> None:
    library.replace("data/authors.csv", "aut-orwell,George Orwell", "aut-orwell,Qian Zhongshu")
    (finding,) = library.errors()
    assert places([finding]) == [(SHAPE + "Contribution-author", "contributions.csv", 2, "author")]
    assert finding.advice
    assert "aut-qian" in finding.advice.en
    assert "aut-orwell" in finding.advice.en


def test_all_faults_of_a_row_are_told_at_once(library: Library) -> None:
    library.replace("data/books.csv", "讽刺小说,1945-08-17,,,no,,", "comedy,1945-13,many,,maybe,,")
    assert [finding.column for finding in library.errors()] == [
        "genres",
        "published",
        "pages",
        "in_print",
    ]


def test_a_faulty_row_can_still_be_referred_to(library: Library) -> None:
    library.replace("data/authors.csv", "1903-06", "June 1903")
    assert places(library.errors()) == [(SHAPE + "Author-born", "authors.csv", 4, "born")]


def test_a_faulty_header_is_not_told_again_by_every_reference(library: Library) -> None:
    library.replace("data/authors.csv", "born", "birth")
    assert places(library.errors()) == [("reader/unknown-column", "authors.csv", 1, "birth")]


def test_a_missing_file_is_named_with_what_to_do(library: Library) -> None:
    (library.root / "data" / "remarks.csv").unlink()
    with pytest.raises(KnowledgeError, match=r"remarks\.csv") as told:
        library.build()
    assert "remarks.csv" in told.value.message.zh


def test_an_empty_file_lacks_its_header(library: Library) -> None:
    library.write("data/remarks.csv", "")
    assert places(library.errors()) == [("reader/empty-file", "remarks.csv", None, None)]


def test_a_file_of_only_a_header_has_no_records(library: Library) -> None:
    library.write("data/remarks.csv", "id,about,text\n")
    summary = library.build()
    assert summary.published
    assert summary.rows["remarks"] == 0


def test_another_encoding_is_told_with_its_row(library: Library) -> None:
    library.write("data/remarks.csv", "id,about,text\nrem-1,satire,讽刺\n".encode("gb18030"))
    (finding,) = library.errors()
    assert (finding.rule, finding.file, finding.row) == ("reader/not-utf-8", "remarks.csv", 2)


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b""], ids=["with BOM", "without BOM"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_byte_order_mark_and_line_ends_make_no_difference(
    library: Library, prefix: bytes, line_end: bytes
) -> None:
    text = b"id,about,text\nrem-1,aut-orwell,A pen name.\n"
    library.write("data/remarks.csv", prefix + text.replace(b"\n", line_end))
    assert library.errors() == []
    assert library.build().rows["remarks"] == 1


@pytest.mark.parametrize("heading", ["genres", "体裁", "Genres"])
def test_a_column_goes_by_its_name_or_heading_in_either_language(
    library: Library, heading: str
) -> None:
    library.replace("data/books.csv", "genres", heading)
    assert library.errors() == []


def test_the_id_column_goes_by_its_heading_where_it_has_one(library: Library) -> None:
    library.replace("data/books.csv", "id,title", "编号,title")
    assert library.errors() == []


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_absent(library: Library) -> None:
    library.write(
        "data/authors.csv",
        "name,id\nQian Zhongshu,aut-qian\nJeanne Kelly,aut-kelly\nGeorge Orwell,aut-orwell\n",
    )
    assert library.errors() == []


def test_white_space_around_a_cell_is_left_out_and_told(library: Library) -> None:
    library.replace("data/contributions.csv", ",Qian Zhongshu", ", Qian Zhongshu ")
    summary = library.build()
    assert summary.published
    warnings = [f for f in summary.findings if f.severity is Severity.WARNING]
    assert places(warnings) == [("reader/white-space", "contributions.csv", 2, "author")]
