"""Shapes are read as tables and columns; what they lack is told with the file that lacks it."""

import re

import pytest

from tests.conftest import PROJECT
from tests.toys import TOY, Library
from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message
from zsgraph.namespaces import RDF, SKOS, XSD
from zsgraph.schema import load_schema

LIB = "https://example.org/library#"
SCHEMA = load_schema(TOY / "shapes")
BOOKS = SCHEMA.tables["books"]


def test_a_shape_with_a_target_is_a_table() -> None:
    assert list(SCHEMA.tables) == ["authors", "books", "contributions", "remarks"]
    assert BOOKS.target == LIB + "Book"
    assert BOOKS.base == "https://example.org/id/books/"
    assert BOOKS.id_pattern == "[a-z]+-[0-9]+"
    assert BOOKS.label == Message("书", "Book")


def test_columns_stand_in_their_order_without_the_id() -> None:
    names = [column.name for column in BOOKS.columns]
    assert names[:4] == ["title", "other_titles", "genres", "published"]
    assert BOOKS.id_column is not None
    assert BOOKS.id_column.path == LIB + "code"
    assert SCHEMA.tables["authors"].id_column is None


@pytest.mark.parametrize(
    ("table", "name", "values"),
    [
        ("books", "title", {"datatypes": (RDF + "langString",), "language": "en"}),
        ("books", "other_titles", {"path": SKOS + "altLabel", "language": "zh"}),
        ("books", "price", {"datatypes": (XSD + "decimal",), "required": False}),
        (
            "books",
            "published",
            {"datatypes": (XSD + "date", XSD + "gYearMonth", XSD + "gYear")},
        ),
        ("books", "genres", {"reference": LIB + "Genre", "multiple": True, "required": True}),
        ("contributions", "author", {"reference": LIB + "Author", "multiple": False}),
        (
            "contributions",
            "role",
            {"choices": (LIB + "writtenBy", LIB + "translatedBy"), "reference": ""},
        ),
        ("remarks", "about", {"any_resource": True, "datatypes": ()}),
    ],
)
def test_constraints_say_what_a_cell_becomes(
    table: str, name: str, values: dict[str, object]
) -> None:
    column = SCHEMA.tables[table].column(name)
    assert column is not None
    assert {key: getattr(column, key) for key in values} == values


def test_a_table_about_triples_is_known_by_its_paths() -> None:
    assert SCHEMA.tables["contributions"].reified == (0, 1, 2)
    assert BOOKS.reified is None


def test_every_property_shape_is_found_as_its_column() -> None:
    found = SCHEMA.columns_by_shape()["https://example.org/shape#Book-id"]
    assert found == (BOOKS, BOOKS.id_column)


MENDABLE = [
    (
        "target class misspelt",
        "sh:targetClass lib:Book ;",
        "sh:targetClass lib:Bok ;",
        r"books\.ttl.*library#Bok.*did you mean .*library#Book\b",
    ),
    (
        "class of a reference misspelt",
        "sh:class lib:Genre ;",
        "sh:class lib:Gerne ;",
        r"books\.ttl.*Book-genres.*library#Gerne.*did you mean .*library#Genre\b",
    ),
    (
        "property misspelt",
        "sh:path lib:published ;",
        "sh:path lib:publshed ;",
        r"books\.ttl.*Book-published.*did you mean .*library#published\b",
    ),
    ("no target", "    sh:targetClass lib:Book ;\n", "", r"books\.ttl.*Book.*sh:targetClass"),
    (
        "no base of ids",
        '"^https://example.org/id/books/[a-z]+-[0-9]+$"',
        '"^[a-z]+-[0-9]+$"',
        r"books\.ttl.*sh:pattern",
    ),
    ("column twice", 'rec:column "price"', 'rec:column "pages"', r"books\.ttl.*pages.*twice"),
    (
        "heading twice",
        'sh:name "定价"@zh , "Price"@en',
        'sh:name "定价"@zh , "Pages"@en',
        r"books\.ttl.*Pages.*twice.*pages, price",
    ),
    ("no column name", '    rec:column "price" ;\n', "", r"Book-price lacks rec:column"),
    ("no path", "    sh:path lib:price ;\n", "", r"Book-price lacks .*sh:path"),
    ("no form", "    sh:datatype xsd:decimal ;\n", "", r"column price .*sh:datatype"),
    ("order is no number", "sh:order 6", 'sh:order "last"', r"books\.ttl.*sh:order.*last"),
    ("table twice", 'rec:table "books"', 'rec:table "authors"', r"authors .*authors\.ttl"),
    ("no Turtle", "shape:Book\n", "shape:Book [\n", r"books\.ttl, line \d+ is not valid Turtle"),
]


@pytest.mark.parametrize(
    ("old", "new", "told"), [case[1:] for case in MENDABLE], ids=[case[0] for case in MENDABLE]
)
def test_a_faulty_shape_is_told_with_its_file(
    library: Library, old: str, new: str, told: str
) -> None:
    library.replace("shapes/books.ttl", old, new)
    with pytest.raises(KnowledgeError) as fault:
        library.build()
    assert re.search(told, fault.value.message.en), fault.value.message.en
    assert re.search("[\u4e00-\u9fff]", fault.value.message.zh)


def test_a_choice_that_the_ontology_lacks_is_told(library: Library) -> None:
    library.replace("shapes/contributions.ttl", "lib:translatedBy", "lib:traslatedBy")
    with pytest.raises(KnowledgeError, match=r"Contribution-role .*did you mean .*translatedBy"):
        library.build()


def test_a_folder_without_shapes_is_told(library: Library) -> None:
    for path in (library.root / "shapes").iterdir():
        path.unlink()
    with pytest.raises(KnowledgeError, match="holds no shape"):
        library.build()


def test_shipped_columns_are_explained_in_both_languages() -> None:
    for table in load_schema(PROJECT / "shapes").tables.values():
        for column in table.columns:
            texts = [column.heading, column.help, column.message]
            assert all(text.zh and text.en for text in texts), column.shape
            assert column.example, column.shape
