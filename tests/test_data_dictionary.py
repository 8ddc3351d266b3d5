"""The data dictionary tells of every table and column what the shape says."""

import re

import pytest

from tests.toys import Library
from zsgraph.data_dictionary import dictionary_page
from zsgraph.options import Catalogue
from zsgraph.schema import load_schema


def page(library: Library) -> str:
    schema = load_schema(library.root / "shapes")
    return dictionary_page(schema, Catalogue(library.knowledge, schema))


def rows(text: str, table: str) -> dict[str, list[str]]:
    """Return the cells of each column's row in the section of a table."""
    section = text.partition(f"\n## {table}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {line[0].strip("`"): line[1:] for line in cells}


def test_every_table_and_column_has_its_row(library: Library) -> None:
    text = page(library)
    for table in load_schema(library.root / "shapes").tables.values():
        assert f"[`{table.name}`](#{table.name})" in text
        described = rows(text, table.name)
        assert list(described) == ["id", *(column.name for column in table.columns)]
        for column in table.columns:
            zh, en, _, _, required, several, _ = described[column.name]
            assert (zh, en) == (column.heading.zh, column.heading.en)
            assert bool(required) is column.required
            assert bool(several) is column.multiple


@pytest.mark.parametrize(
    ("table", "column", "form"),
    [
        ("authors", "id", "aut- 后接小写字母和连字符<br>"),
        ("authors", "born", "2024-05-31、2024-05 或 2024<br>"),
        ("books", "in_print", "write yes or no"),
        ("books", "isbn", "`^97[89][0-9]{10}$`"),
        ("contributions", "book", "name or id of a registered book](#books)"),
        ("contributions", "role", "`translatedBy`"),
        ("remarks", "about", "any registered record or concept"),
    ],
)
def test_the_form_is_told(library: Library, table: str, column: str, form: str) -> None:
    assert form in rows(page(library), table)[column][3]


def test_a_pick_list_is_listed_while_it_is_short(library: Library) -> None:
    form = rows(page(library), "books")["genres"][3]
    assert "`novel`" in form
    concept = '\n{}:{} a lib:Genre ; skos:prefLabel "{}"@zh ; skos:inScheme <https://x.org/s> .\n'
    path = library.root / "ontology/schemes/genre.ttl"
    prefix = "\n@prefix more: <https://example.org/more/> .\n"
    more = "".join(concept.format("more", f"g{n}", f"体裁{n}") for n in range(20))
    path.write_text(path.read_text(encoding="utf-8") + prefix + more, encoding="utf-8")
    longer = rows(page(library), "books")["genres"][3]
    assert "`novel`" not in longer
    assert longer


def test_what_markdown_would_take_for_its_own_is_shown(library: Library) -> None:
    library.replace("shapes/authors.ttl", '"姓名"@zh', '"姓|名*_<b>"@zh')
    library.replace("shapes/authors.ttl", "aut-[a-z-]+", "(aut|au)-[a-z]+")
    described = rows(page(library), "authors")
    assert described["name"][0] == r"姓\|名\*\_&lt;b>"
    assert described["id"][3].endswith(r"`(aut\|au)-[a-z]+`")


def test_new_records_leave_the_page_as_it_is(library: Library) -> None:
    before = page(library)
    path = library.root / "data/authors.csv"
    path.write_text(path.read_text(encoding="utf-8") + "aut-new,New,,\n", encoding="utf-8")
    assert page(library) == before


def test_a_new_heading_changes_the_page(library: Library) -> None:
    before = page(library)
    library.replace("shapes/authors.ttl", '"生年"@zh', '"出生"@zh')
    assert page(library) != before
