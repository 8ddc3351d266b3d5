"""Named queries: what is said of a faulty header, what values mean, and that a value stays one."""

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import PROJECT
from tests.toys import TOY, copy_of_toy
from zsgraph.answers import answer
from zsgraph.errors import KnowledgeError, UsageError
from zsgraph.namespaces import PREFIXES, SKOS, XSD
from zsgraph.parameters import terms_of
from zsgraph.queries import NamedQuery, find_query, load_queries, load_query
from zsgraph.query_binding import bind, sparql
from zsgraph.store import Graph, load, open_graph
from zsgraph.terms import RDF_TYPE, Triple, iri, literal

LIB = "https://example.org/library#"
GENRE = "https://example.org/scheme/genre/"
ID = "https://example.org/id/"
SHIPPED = load_queries(PROJECT / "queries")
WITH_PARAMETERS = [query for query in SHIPPED.values() if query.parameters]

SOUND = """\
#+ summary: {zh: 什么书, en: Which books}
#+ description: {zh: 列出书。, en: Lists books.}
#+ answer: {zh: "共 {count} 本", en: "{count} books, first {first:book}"}
#+ params:
#+   genre: {type: "https://example.org/library#Genre", summary: {zh: 体裁, en: Genre}, example: a}
#+ columns:
#+   book: {zh: 书, en: Book}
#+   names: {zh: 题名, en: Titles, list: texts, most: 2}
#+ brief: [book]
#+ view: {type: bar, category: book, count: names}
PREFIX lib: <https://example.org/library#>
SELECT ?book ?names WHERE {
  VALUES ?genre { UNDEF }
  ?book a lib:Book ; skos:prefLabel ?names .
  FILTER(!BOUND(?genre) || EXISTS { ?book lib:genre ?genre })
}
ORDER BY ?book ?names
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the library of books."""
    library = copy_of_toy(tmp_path_factory.mktemp("shelf"))
    assert library.build().published
    return open_graph(library.home)


@pytest.fixture
def books() -> NamedQuery:
    return load_query(TOY / "queries" / "questions" / "books.rq")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], NamedQuery]:
    """Loads a text as the query file ``odd.rq``."""

    def load_text(text: str) -> NamedQuery:
        path = tmp_path / "odd.rq"
        path.write_text(text, encoding="utf-8")
        return load_query(path)

    return load_text


def column_of(graph: Graph, query: NamedQuery, **values: str) -> list[str]:
    """Return the ends of the IRIs in the first column of an answer."""
    rows = answer(graph, query, values).terms
    return [str(row[0].value).rpartition("/")[2] for row in rows]  # type: ignore[union-attr]


class TestHeader:
    def test_all_of_a_sound_header_is_read(self, written: Callable[[str], NamedQuery]) -> None:
        query = written(SOUND)
        assert (query.name, query.summary.en, query.description.zh) == (
            "odd",
            "Which books",
            "列出书。",
        )
        (genre,) = query.parameters
        assert (genre.name, genre.type, genre.example, genre.required) == (
            "genre",
            LIB + "Genre",
            "a",
            False,
        )
        book, names = query.columns
        assert (book.name, book.heading.zh, book.list_of, book.most) == ("book", "书", "", 0)
        assert (names.heading.en, names.list_of, names.most) == ("Titles", "texts", 2)
        assert query.brief == ("book",)
        assert query.view.written() == {"type": "bar", "category": "book", "count": "names"}

    def test_a_prefixed_type_is_expanded(self, written: Callable[[str], NamedQuery]) -> None:
        query = written(SOUND.replace("https://example.org/library#Genre", "skos:Concept"))
        assert query.parameters[0].type == SKOS + "Concept"

    @pytest.mark.parametrize(
        ("old", "new", "en", "zh"),
        [
            (", en: Which books}", "}", "summary in the header lacks zh or en", "summary 缺少"),
            ("zh: 什么书", "zh: ", "summary in the header lacks", "summary 缺少"),
            ("{zh: 什么书, en: Which books}", "Which books", "summary in the", "summary 缺少"),
            ("#+ description", "# description", "description in the header", "description 缺少"),
            ("#+ answer", "#  answer", "answer in the header lacks", "answer 缺少"),
            ("#+ summary", "#+ sumary", "no “sumary”; did you mean summary|lacks", "summary"),
            ("#+ brief", "#+ breif", "no “breif”; did you mean brief", "是不是 brief"),
            ("#+ brief", "#+ wholly-else", "no “wholly-else”[.]", "没有“wholly-else”"),
            ("example: a", "sample: a", "genre needs a type and an example", "genre 需要"),
            ("genre: {type", "genre: {kind", "genre needs a type", "genre 需要"),
            ("summary: {zh: 体裁", "summary: {de: 体裁", "params.genre.summary", "params.genre"),
            ("https://example.org/library#Genre", "xsd:yaer", "“xsd:yaer”.* datatype", "yaer"),
            ("https://example.org/library#Genre", "zz:Genre", "“zz:Genre”.* class", "zz:Genre"),
            ("https://example.org/library#Genre", "Genre", "“Genre”.* class", "“Genre”"),
            ("#+   genre:", "#+   on:", "True in params is no text", "True"),
            ("#+   book:", "#+   no:", "False in columns is no text", "False"),
            ("#+   genre:", "#+   - genre:", "params in the header maps names", "params 应当"),
            ("{zh: 书, en: Book}", "Book", "columns.book in the header", "columns.book 缺少"),
            ("list: texts", "list: words", "list of column names takes", "names 的 list"),
            ("most: 2", "most: few", "most of column names", "names 的 most"),
            ("most: 2", "most: -1", "most of column names", "names 的 most"),
            ("brief: [book]", "brief: [buch]", "brief in the header names “buch”", "buch"),
            ("count: names", "count: pages", "the view names “pages”", "没有的列“pages”"),
            ("{type: bar", "[{type: bar", "header of query file odd.rq cannot be read", "读不了"),
            ("first:book", "first:buch", "answer in the header names “buch”", "列“buch”"),
            ("{count} books", "{kount} books", "unknown placeholder “{kount}”", "{kount}"),
            ("first:book", "median:book", "unknown placeholder “{median}”", "{median}"),
            ("{count} books", "{} books", "unknown placeholder “{}”", "不明的占位"),
            ("#+   genre:", "#+   gerne:", "gerne has no VALUES", "gerne 在查询中没有"),
            ("  VALUES ?genre", "  # VALUES ?genre", "genre has no VALUES", "genre 在查询中没有"),
            (
                "  VALUES ?genre { UNDEF }",
                '  FILTER("VALUES ?genre { UNDEF }" != "")',
                "genre has no VALUES",
                "genre 在查询中没有",
            ),
            (
                "  FILTER(!BOUND(?genre) || EXISTS { ?book lib:genre ?genre })\n",
                "  # ?genre\n",
                "no use of parameter genre",
                "没有用到参数 genre",
            ),
            (
                "  VALUES ?genre",
                "  VALUES ?year { UNDEF } VALUES ?genre",
                r"VALUES \?year \{ UNDEF \} is not declared",
                "没有在头部的 params 中声明",
            ),
        ],
    )
    def test_a_fault_is_told_with_its_file(
        self, old: str, new: str, en: str, zh: str, written: Callable[[str], NamedQuery]
    ) -> None:
        assert old in SOUND
        with pytest.raises(KnowledgeError) as caught:
            written(SOUND.replace(old, new))
        message = caught.value.message
        assert "odd.rq" in message.en
        assert "odd.rq" in message.zh
        assert re.search(en, message.en), message.en
        assert zh in message.zh, message.zh

    @pytest.mark.parametrize("name", ["format", "help", "lang", "out"])
    def test_no_parameter_is_named_like_an_option(
        self, name: str, written: Callable[[str], NamedQuery]
    ) -> None:
        with pytest.raises(KnowledgeError, match=f"called {name}"):
            written(SOUND.replace("genre:", f"{name}:").replace("?genre", f"?{name}"))

    @pytest.mark.parametrize("content", [b"", b"SELECT * {}", b"#+ summary\nASK {}", b"#+ \xff"])
    def test_a_file_without_a_readable_header_is_named(
        self, content: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "odd.rq"
        path.write_bytes(content)
        with pytest.raises(KnowledgeError, match=r"odd\.rq"):
            load_query(path)

    def test_a_syntax_error_is_shown_with_its_line(
        self, shelf: Graph, written: Callable[[str], NamedQuery]
    ) -> None:
        query = written(SOUND.replace("  ?book a lib:Book ;", "  ?book a ; lib:Book ;"))
        with pytest.raises(KnowledgeError) as caught:
            answer(shelf, query)
        assert "Query odd.rq, line 14, column 11" in caught.value.message.en
        assert "odd.rq 第14行第11列" in caught.value.message.zh
        assert "\n    ?book a ; lib:Book ; skos:prefLabel ?names ." in caught.value.message.en

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("SELECT ?book ?names", "SELECT ?names ?book"),
            ("SELECT ?book ?names", "SELECT ?book ?names ?genre"),
            ("SELECT ?book ?names", "SELECT ?book (1 AS ?n)"),
            ("SELECT ?book ?names WHERE", "CONSTRUCT { ?book a ?names } WHERE"),
        ],
    )
    def test_columns_are_the_selected_variables_in_order(
        self, old: str, new: str, shelf: Graph, written: Callable[[str], NamedQuery]
    ) -> None:
        with pytest.raises(KnowledgeError, match=r"odd\.rq selects other columns"):
            answer(shelf, written(SOUND.replace(old, new)))

    def test_an_unknown_query_is_told_with_the_nearest(self) -> None:
        with pytest.raises(UsageError) as caught:
            find_query(PROJECT / "queries", "q3-policy")
        assert "q3-policies" in caught.value.message.en
        assert "q3-policies" in caught.value.message.zh
        assert find_query(PROJECT / "queries", "q3-policies").name == "q3-policies"

    def test_questions_go_first(self) -> None:
        folders = [query.folder for query in SHIPPED.values()]
        assert folders == sorted(folders)
        assert set(folders) == {"questions", "structure"}


class TestValues:
    @pytest.mark.parametrize(
        ("value", "books_of_it"),
        [
            ("novel", ["fc-1"]),
            ("genre/novel", ["fc-1"]),
            (GENRE + "novel", ["fc-1"]),
            ("长篇小说", ["fc-1"]),
            ("Novel", ["fc-1"]),
            ("NOVEL", ["fc-1"]),
            ("  novel　", ["fc-1"]),
            ("satire", ["af-2", "fc-1"]),
            ("fiction", ["af-2", "fc-1"]),
        ],
    )
    def test_a_thing_is_meant_by_id_iri_or_name(
        self, value: str, books_of_it: list[str], shelf: Graph, books: NamedQuery
    ) -> None:
        assert sorted(set(column_of(shelf, books, genre=value))) == books_of_it

    def test_a_thing_is_meant_by_an_alternative_name(
        self, shelf: Graph, written: Callable[[str], NamedQuery]
    ) -> None:
        text = SOUND.replace("#Genre", "#Book").replace("genre:", "one:")
        query = written(
            text.replace("?genre {", "?one {").replace(
                "FILTER(!BOUND(?genre) || EXISTS { ?book lib:genre ?genre })",
                "FILTER(!BOUND(?one) || ?book = ?one)",
            )
        )
        assert set(column_of(shelf, query, one="围城")) == {"fc-1"}

    def test_instances_of_narrower_classes_are_values(
        self, shelf: Graph, books: NamedQuery
    ) -> None:
        # aut-orwell is an Author; that it is an Agent, the type of the parameter, is inferred.
        assert column_of(shelf, books, author="George Orwell") == ["af-2"]

    def test_parameters_narrow_together(self, shelf: Graph, books: NamedQuery) -> None:
        assert column_of(shelf, books, genre="novel", author="aut-kelly") == ["fc-1"]
        assert column_of(shelf, books, genre="novel", author="aut-orwell") == []
        assert column_of(shelf, books, published="1945") == ["af-2"]

    def test_what_is_not_given_restricts_nothing(self, shelf: Graph, books: NamedQuery) -> None:
        assert column_of(shelf, books) == ["af-2", "fc-1", "fc-1"]

    @pytest.mark.parametrize(
        ("value", "nearest"), [("Novle", "Novel"), ("小说集", "小说"), ("saitre", "Satire")]
    )
    def test_an_unknown_value_is_told_with_the_nearest(
        self, value: str, nearest: str, shelf: Graph, books: NamedQuery
    ) -> None:
        with pytest.raises(UsageError) as caught:
            terms_of(shelf, books, {"genre": value})
        for sentence in (caught.value.message.en, caught.value.message.zh):
            assert f"“{value}”" in sentence
            assert nearest in sentence

    @pytest.mark.parametrize("value", ["", " ", "/", "#", "?", "aut-orwell", LIB + "Genre"])
    def test_what_is_no_instance_of_the_class_is_refused(
        self, value: str, shelf: Graph, books: NamedQuery
    ) -> None:
        with pytest.raises(UsageError):
            terms_of(shelf, books, {"genre": value})

    def test_an_ambiguous_name_lists_what_it_may_mean(self, books: NamedQuery) -> None:
        store = ox.Store()
        label, kind = iri(SKOS + "prefLabel"), iri(LIB + "Agent")
        triples: list[Triple] = []
        for name in ("wang-1", "wang-2"):
            triples += [
                (iri(ID + name), RDF_TYPE, kind),
                (iri(ID + name), label, literal("王伟", language="zh")),
            ]
        load(store, [("urn:x-people", triples)])
        with pytest.raises(UsageError) as caught:
            terms_of(Graph(store, {}), books, {"author": "王伟"})
        for sentence in (caught.value.message.en, caught.value.message.zh):
            assert ID + "wang-1" in sentence
            assert ID + "wang-2" in sentence
        found = terms_of(Graph(store, {}), books, {"author": "wang-2"})
        assert found == {"author": iri(ID + "wang-2")}

    @pytest.mark.parametrize(
        ("given_name", "en", "zh"),
        [
            ("gener", "Did you mean “genre”", "是不是“genre”"),
            ("zzz", "It has: genre, author, published", "genre、author、published"),
            ("", "It has: genre", "可用的参数"),
            ("genre ", "Did you mean “genre”", "是不是“genre”"),
        ],
    )
    def test_an_undeclared_parameter_is_told_with_the_nearest(
        self, given_name: str, en: str, zh: str, shelf: Graph, books: NamedQuery
    ) -> None:
        with pytest.raises(UsageError) as caught:
            answer(shelf, books, {given_name: "novel"})
        assert en in caught.value.message.en
        assert zh in caught.value.message.zh

    def test_a_missing_parameter_is_told_with_an_example(
        self, shelf: Graph, written: Callable[[str], NamedQuery]
    ) -> None:
        query = written(SOUND.replace("example: a}", "example: 小说, required: true}"))
        with pytest.raises(UsageError) as caught:
            answer(shelf, query)
        assert "--genre 小说" in caught.value.message.en
        assert "--genre 小说" in caught.value.message.zh
        assert answer(shelf, query, {"genre": "小说"}).terms

    @pytest.mark.parametrize(
        ("datatype", "text", "term"),
        [
            ("gYear", "2024", literal("2024", XSD + "gYear")),
            ("gYear", "2024-05", None),
            ("gYear", "24", None),
            ("gYear", "２０２４", None),
            ("gYearMonth", "2024-05", literal("2024-05", XSD + "gYearMonth")),
            ("gYearMonth", "2024-13", None),
            ("date", "2024-02-29", literal("2024-02-29", XSD + "date")),
            ("date", "2023-02-29", None),
            ("date", "2024", None),
            ("integer", "012", literal("12", XSD + "integer")),
            ("integer", "1.5", None),
            ("decimal", "1.50", literal("1.5", XSD + "decimal")),
            ("decimal", "1,000", None),
            ("boolean", "是", literal("true", XSD + "boolean")),
            ("boolean", "no", literal("false", XSD + "boolean")),
            ("boolean", "maybe", None),
            ("string", ' a"b ', literal('a"b')),
        ],
    )
    def test_literals_take_the_form_of_their_datatype(
        self,
        datatype: str,
        text: str,
        term: str | None,
        shelf: Graph,
        written: Callable[[str], NamedQuery],
    ) -> None:
        query = written(SOUND.replace("https://example.org/library#Genre", f"xsd:{datatype}"))
        if term is not None:
            assert terms_of(shelf, query, {"genre": text}) == {"genre": term}
            return
        with pytest.raises(UsageError) as caught:
            terms_of(shelf, query, {"genre": text})
        form = caught.value.message
        assert f"“{text}”" in form.en
        assert f"“{text}”" in form.zh
        # The form that is told is one that would have been taken.
        advice = form.en.partition("write ")[2]
        example = re.findall(r"\d[\d.-]*|yes", advice)[0]
        assert terms_of(shelf, query, {"genre": example})

    def test_a_default_holds_until_a_value_is_given(
        self, shelf: Graph, written: Callable[[str], NamedQuery]
    ) -> None:
        query = written(SOUND.replace("{ UNDEF }", f"{{ <{GENRE}novel> }}"))
        assert set(column_of(shelf, query)) == {"fc-1"}
        assert "af-2" in column_of(shelf, query, genre="satire")


#: Pieces that would break out of a string, an IRI, a comment or a block if they were pasted.
PIECES = [
    '"', "'", '"""', "'''", "\\", "\\\\", "\\u0022", "\\U00000022", "\\u005C", "\\u000A", "\n",
    "\r", "\t", "\x00", "\x01", "#", "{", "}", "} }", "UNDEF", "VALUES ?b {", "VALUES ?a { UNDEF }",
    "?secret", "<", ">", "<urn:x>", "} UNION { ?a ?p ?b", "; DROP ALL", "^^xsd:integer", "@zh", "|",
    r"\g<0>", r"\1", "abcd", "中试", "\u2028", "\ufeff", "𠮷",
]  # fmt: skip
hostile = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
PAIR = """\
# VALUES ?a { UNDEF } is a comment
SELECT ?a ?b WHERE {
  VALUES ?a { UNDEF }
  { SELECT ?b WHERE { VALUES ?b { UNDEF } } }
  FILTER("VALUES ?a { UNDEF }" != '''VALUES ?b { UNDEF }''')
}
"""
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestBinding:
    @unhurried
    @given(hostile, hostile)
    def test_a_text_is_what_the_query_sees(self, a: str, b: str) -> None:
        text = bind(PAIR, {"a": literal(a), "b": literal(b)})
        found = ox.Store().query(text)
        assert isinstance(found, ox.QuerySolutions)
        values = [(row["a"].value, row["b"].value) for row in found]  # type: ignore[union-attr]
        assert values == [(a, b)]

    @settings(unhurried, max_examples=60)
    @given(hostile)
    def test_a_text_is_what_another_engine_sees(self, value: str) -> None:
        text = "SELECT ?a WHERE { VALUES ?a { UNDEF } }"
        found = list(rdflib.Graph().query(bind(text, {"a": literal(value)})))
        assert [str(row[0]) for row in found] == [value]  # type: ignore[index]

    @unhurried
    @given(hostile)
    def test_a_term_stays_the_same_term(self, value: str) -> None:
        for term in (literal(value), literal(value, language="zh"), literal(value, "urn:x-type")):
            (row,) = ox.Store().query(f"SELECT ({sparql(term)} AS ?a) {{}}")  # type: ignore[union-attr,misc]
            assert (
                row["a"]
                == next(ox.parse(f"<urn:x> <urn:x> {term} .", ox.RdfFormat.N_TRIPLES)).object
            )

    def test_only_blocks_are_filled(self) -> None:
        text = bind(PAIR, {"a": literal("x"), "b": literal("y")})
        before, after = PAIR.splitlines(), text.splitlines()
        assert [i for i, line in enumerate(before) if line != after[i]] == [2, 3]

    def test_a_value_is_not_read_again_for_the_next_parameter(self) -> None:
        values = {"a": literal("VALUES ?b { }"), "b": literal(" } } # ")}
        for order in (values, dict(reversed(values.items()))):
            (row,) = ox.Store().query(bind(PAIR, order))  # type: ignore[union-attr,misc]
            assert row["a"].value == "VALUES ?b { }"

    @settings(unhurried, max_examples=25)
    @pytest.mark.parametrize("query", WITH_PARAMETERS, ids=lambda query: query.name)
    @given(data=st.data())
    def test_no_value_breaks_out_of_a_shipped_query(
        self, query: NamedQuery, data: st.DataObject
    ) -> None:
        values = {p.name: data.draw(hostile, label=p.name) for p in query.parameters}
        terms = {name: literal(value) for name, value in values.items()}
        text = query.bound(terms)
        ox.Store().query(text, prefixes=PREFIXES)  # still SPARQL
        for name, term in terms.items():
            assert f"VALUES ?{name} {{ {sparql(term)} }}" in text
        blank = query.bound(dict.fromkeys(values, "UNDEF"))
        for term in terms.values():
            text = text.replace(f"{{ {sparql(term)} }}", "{ UNDEF }")
        assert text == blank

    @unhurried
    @given(value=hostile)
    def test_a_value_is_known_or_refused(self, value: str, shelf: Graph, books: NamedQuery) -> None:
        for parameter in books.parameters:
            try:
                term = terms_of(shelf, books, {parameter.name: value})[parameter.name]
            except UsageError:
                continue
            assert re.fullmatch(r'<[^<>"\s\\]+>|"\d{4}"\^\^<[^<>"\s\\]+gYear>', term)
