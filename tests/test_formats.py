"""Answers as text: each format is read back by another reader and holds the same values."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.query import Result

from tests.conftest import PROJECT
from zsgraph.answers import Answer, Row, Value, answer
from zsgraph.findings import Message
from zsgraph.formats import (
    FORMATS,
    display_width,
    shortened,
    to_csv,
    to_json,
    to_markdown,
    to_table,
    to_tsv,
)
from zsgraph.namespaces import XSD
from zsgraph.queries import ColumnHead, NamedQuery, load_queries
from zsgraph.store import Graph
from zsgraph.views import View

IRIS = ("https://example.org/id/books/fc-1", "https://example.org/library#Book", "urn:x-y")
LABELS = {IRIS[0]: '围城, "Fortress" | Besieged'}


def query_of(*columns: ColumnHead, sentence: str = "{count}") -> NamedQuery:
    """Return a query with these columns; formats look at nothing else of it."""
    nothing = Message("无", "none")
    return NamedQuery(
        name="odd",
        folder="questions",
        path=PROJECT / "odd.rq",
        summary=nothing,
        description=nothing,
        answer=Message(sentence, sentence),
        parameters=(),
        columns=columns,
        brief=(),
        view=View(),
        text="",
    )


def head(name: str, list_of: str = "", most: int = 0) -> ColumnHead:
    return ColumnHead(name, Message(f"{name}列", f"{name}, heading"), list_of, most)


def plain(text: str) -> ox.Literal:
    return ox.Literal(text)


values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.sampled_from(IRIS).map(ox.NamedNode),
    st.text().map(plain),
    st.sampled_from(["a|b", "b|a", "a\rb", "a\r\nb", "\n", '"', '","', "\t", "=1+1"]).map(plain),
    st.tuples(st.text(), st.sampled_from(["zh", "en"])).map(
        lambda pair: ox.Literal(pair[0], language=pair[1])
    ),
    st.integers().map(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(XSD + "integer"))),
    st.sampled_from(["2024", "1999"]).map(
        lambda year: ox.Literal(year, datatype=ox.NamedNode(XSD + "gYear"))
    ),
    st.booleans().map(ox.Literal),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Answers of one to four columns with any values."""
    width = draw(st.integers(1, 4))
    rows: list[Row] = draw(st.lists(st.tuples(*[values] * width), max_size=4))
    columns = [head(f"c{place}") for place in range(width)]
    return Answer(query_of(*columns), draw(st.sampled_from(["zh", "en"])), rows, LABELS)


class TestReadBack:
    @given(answers())
    def test_csv(self, found: Answer) -> None:
        rows = list(csv.reader(io.StringIO(to_csv(found), newline="")))
        assert rows == [found.headings, *found.texts()]

    @given(answers())
    def test_tsv(self, found: Answer) -> None:
        rows = list(csv.reader(io.StringIO(to_tsv(found), newline=""), delimiter="\t"))
        assert rows == [found.headings, *found.texts()]

    @given(answers())
    def test_json_is_read_by_rdflib(self, found: Answer) -> None:
        result = Result.parse(io.BytesIO(to_json(found).encode()), format="json")
        assert [str(v) for v in result.vars or []] == json.loads(to_json(found))["head"]["vars"]
        assert len(result.bindings) == len(found.terms)
        for binding, row in zip(result.bindings, found.terms, strict=True):
            terms = {str(variable): term for variable, term in binding.items()}
            for column, value in zip(found.columns, row, strict=True):
                assert same(terms.pop(column.name, None), value)
                if isinstance(value, ox.NamedNode):
                    label = rdflib.Literal(found.label(value.value), lang=found.language)
                    assert terms.pop(f"{column.name}Label") == label
            assert not terms

    @given(answers())
    def test_markdown_has_a_line_a_row_and_a_cell_a_column(self, found: Answer) -> None:
        lines = to_markdown(found).removesuffix("\n").split("\n")
        assert len(lines) == 2 + len(found.terms)
        for line in lines:
            assert line.startswith("| ")
            assert line.endswith(" |")
            assert line.count("|") == len(found.columns) + 1
        for line, row in zip(lines[2:], found.texts(), strict=True):
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            assert cells == [" ".join(cell.replace("|", "∣").split()) for cell in row]

    @given(answers(), st.integers(40, 120))
    def test_table_fits_and_aligns(self, found: Answer, width: int) -> None:
        lines = to_table(found, width).removesuffix("\n").split("\n")
        assert len(lines) == 2 + len(found.terms)
        assert max(map(display_width, lines)) <= width
        starts = column_starts(lines[1])
        for line in lines:
            assert all(blank_before(line, start) for start in starts)
            assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in line)


def same(theirs: rdflib.term.Node | None, ours: Value) -> bool:
    """Tell whether two libraries hold the same term."""
    if ours is None:
        return theirs is None
    if isinstance(ours, ox.NamedNode):
        return theirs == rdflib.URIRef(ours.value)
    assert isinstance(ours, ox.Literal)
    assert isinstance(theirs, rdflib.Literal)
    datatype = str(theirs.datatype or XSD + "string")
    return (str(theirs), theirs.language) == (ours.value, ours.language) and (
        bool(ours.language) or datatype == ours.datatype.value
    )


def column_starts(rule: str) -> list[int]:
    """Return at which columns of the terminal the table's columns begin, but for the first."""
    places = [place for place in range(2, len(rule)) if rule[place - 2 : place] == "  "]
    return [place for place in places if rule[place] == "─"]


def blank_before(line: str, column: int) -> bool:
    """Tell whether two blanks stand before a column of the terminal, or the line ends there."""
    shown, before = 0, ""
    for char in line:
        if shown >= column:
            break
        shown, before = shown + display_width(char), before + char
    return shown < column or (shown == column and before.endswith("  "))


class TestTexts:
    def test_resources_show_their_label_else_the_end_of_their_iri(self) -> None:
        found = Answer(query_of(head("x")), "zh", [(ox.NamedNode(name),) for name in IRIS], LABELS)
        assert found.texts() == [[LABELS[IRIS[0]]], ["Book"], ["urn:x-y"]]

    @pytest.mark.parametrize(("language", "words"), [("zh", ["是", "否"]), ("en", ["yes", "no"])])
    def test_truth_values_are_words(self, language: str, words: list[str]) -> None:
        rows: list[Row] = [(ox.Literal(True),), (ox.Literal(False),)]
        assert Answer(query_of(head("x")), language, rows).texts() == [[word] for word in words]

    def test_lists_are_sorted_without_repeats_and_cut(self) -> None:
        rows: list[Row] = [(ox.Literal("c|a||b|a"), ox.Literal("c|a||b|a"), ox.Literal("c|a"))]
        query = query_of(head("x", "texts"), head("y", "texts", 2), head("z"))
        assert Answer(query, "zh", rows).texts() == [["a；b；c", "a；b …", "c|a"]]
        assert Answer(query, "en", rows).texts() == [["a; b; c", "a; b …", "c|a"]]

    def test_members_of_lists_of_resources_show_their_labels(self) -> None:
        rows: list[Row] = [(ox.Literal("|".join(reversed(IRIS))),)]
        (text,) = Answer(query_of(head("x", "resources")), "en", rows, LABELS).texts()[0]
        assert LABELS[IRIS[0]] in text
        assert "Book" in text

    def test_json_keeps_a_bar_that_separates_nothing(self) -> None:
        rows: list[Row] = [(ox.Literal("b|a"), ox.Literal("b||a"))]
        found = Answer(query_of(head("x"), head("y", "texts")), "zh", rows)
        (binding,) = json.loads(to_json(found))["results"]["bindings"]
        assert binding["x"]["value"] == "b|a"
        assert binding["y"]["value"] == "a|b"

    @pytest.mark.parametrize(
        ("sentence", "zh", "en"),
        [
            ("{count}", "3", "3"),
            ("{distinct:x}", "2", "2"),
            ("{first:x}", "b", "b"),
            ("{list:x:2}", "b、a", "b, a"),
            ("{list:x:1}", "b", "b"),
            ("{sum:y}", "4.5", "4.5"),
            ("{count} of {first:y}", "3 of 1.5", "3 of 1.5"),
        ],
    )
    def test_a_sentence_tells_the_answer(self, sentence: str, zh: str, en: str) -> None:
        number = ox.NamedNode(XSD + "decimal")
        rows: list[Row] = [
            (ox.Literal("b"), ox.Literal("1.5", datatype=number)),
            (ox.Literal("a"), ox.Literal("3", datatype=number)),
            (ox.Literal("b"), None),
        ]
        query = query_of(head("x"), head("y"), sentence=sentence)
        assert Answer(query, "zh", rows).sentence() == zh
        assert Answer(query, "en", rows).sentence() == en

    def test_an_answer_without_rows_says_so(self) -> None:
        query = query_of(head("x"), sentence="the first is {first:x}")
        assert Answer(query, "en", []).sentence() == "Nothing matches."
        assert Answer(query, "zh", []).sentence() == "没有符合条件的结果。"

    @given(st.text(), st.integers(1, 30))
    def test_a_cut_text_is_no_wider_than_allowed(self, text: str, width: int) -> None:
        cut = shortened(text, width)
        assert display_width(cut) <= width
        if display_width(text) <= width and text.isprintable() and text == " ".join(text.split()):
            assert cut == text
        if cut.endswith("…") and "…" not in text:
            shown = "".join(char if char.isprintable() else " " for char in text)
            assert " ".join(shown.split()).startswith(" ".join(cut[:-1].split())[:1])

    @pytest.mark.parametrize(
        ("text", "width", "cut"),
        [
            ("中试平台", 8, "中试平台"),
            ("中试平台", 7, "中试平…"),
            ("中试平台", 6, "中试…"),
            ("pilot base", 6, "pilot…"),
            ("a\n\tb", 9, "a b"),
            ("\x1b[31mred", 9, "[31mred"),
        ],
    )
    def test_chinese_counts_two_columns(self, text: str, width: int, cut: str) -> None:
        assert shortened(text, width) == cut


class TestShipped:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_every_answer_in_every_format(self, graph: Graph, language: str) -> None:
        for query in load_queries(PROJECT / "queries").values():
            found = answer(graph, query, language=language)
            sentence = found.sentence()
            assert sentence.endswith(("。", ".")), query.name
            assert not set("{}") & set(sentence), query.name
            texts = {name: form(found) for name, form in FORMATS.items()}
            rows = list(csv.reader(io.StringIO(texts["csv"], newline="")))
            assert rows[1:] == found.texts(), query.name
            assert list(csv.reader(io.StringIO(texts["tsv"], newline=""), delimiter="\t")) == rows
            parsed = Result.parse(io.BytesIO(texts["json"].encode()), format="json")
            assert len(parsed.bindings) == len(found.terms), query.name
            assert texts["md"].count("\n") == 2 + len(found.terms), query.name
            assert max(map(display_width, texts["table"].splitlines())) <= 100, query.name
