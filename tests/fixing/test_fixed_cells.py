"""Cells are corrected part by part; a cell that is right is never changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PROJECT
from zsgraph.fixing.cells import Corrector
from zsgraph.fixing.forms import trimmed
from zsgraph.knowledge import Knowledge, locate
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.options import cells_by_id
from zsgraph.records import index_tables
from zsgraph.resolve import Resolver
from zsgraph.schema import Column, Schema, load_schema


def corrector_of(knowledge: Knowledge, schema: Schema) -> Corrector:
    words = vocabulary([*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)])
    resolver = Resolver(words)
    index_tables(schema, knowledge.data, resolver)
    return Corrector(resolver)


TOY = locate(PROJECT / "tests" / "toy")
SCHEMA = load_schema(TOY.shapes)
CORRECTOR = corrector_of(TOY, SCHEMA)
COLUMNS = [column for table in SCHEMA.tables.values() for column in table.columns]


def column(table: str, name: str) -> Column:
    found = SCHEMA.tables[table].column(name)
    assert found
    return found


@pytest.mark.parametrize(
    ("table", "name", "cell", "right"),
    [
        ("books", "title", "\u3000Animal Farm ", "Animal Farm"),
        ("books", "title", "Ｆｕｌｌ  width", "Ｆｕｌｌ  width"),
        ("books", "published", "1945年8月17日", "1945-08-17"),
        ("books", "published", "03/04/1945", "03/04/1945"),
        ("books", "pages", "1,358", "1358"),
        ("books", "price", "２９．５０", "29.50"),
        ("books", "isbn", "９７８0811215527", "9780811215527"),
        ("books", "genres", "novel；satire", "novel;satire"),
        ("books", "genres", "长篇小说、Satire", "长篇小说;Satire"),
        ("books", "genres", "novel,satire", "novel;satire"),
        ("books", "genres", "ｎｏｖｅｌ;Satire", "novel;Satire"),
        ("books", "genres", "novel;nonsense", "novel;nonsense"),
        ("books", "genres", "novel、nonsense", "novel、nonsense"),
        ("contributions", "book", "animal  farm", "Animal Farm"),
        ("contributions", "book", "fc-1；af-2", "fc-1；af-2"),
        ("contributions", "author", "Qian-Zhongshu", "Qian Zhongshu"),
        ("remarks", "about", "ａｕｔ-orwell", "aut-orwell"),
        ("remarks", "about", "George  Orwel", "George  Orwel"),
    ],
)
def test_a_cell(table: str, name: str, cell: str, right: str) -> None:
    assert CORRECTOR.cell(column(table, name), cell) == right


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        (" ｆｃ－1\u200b", "fc-1"),
        ("fc-1", "fc-1"),
        ("FC-1", "FC-1"),
        ("fc 1", "fc 1"),
        ("书-1", "书-1"),
    ],
)
def test_an_id(cell: str, right: str) -> None:
    assert CORRECTOR.identifier(SCHEMA.tables["books"].id_pattern, cell) == right


WORDS = ("novel", "Satire", "讽刺", "小说", "Animal Farm", "yes", "https://example.org/")
SIGNS = ("1945", "-08", "年", "月", "８", "1,358", "9780811215527", "；", ";", "、", " ", "\u200b")
PIECES = st.sampled_from([*WORDS, *SIGNS])


@given(
    st.sampled_from(COLUMNS),
    st.lists(PIECES, max_size=5).map("".join) | st.text(max_size=8),
)
def test_correcting_twice_is_correcting_once(column: Column, cell: str) -> None:
    right = CORRECTOR.cell(column, cell)
    assert CORRECTOR.cell(column, right) == right


def test_no_registered_cell_is_changed(knowledge: Knowledge) -> None:
    schema = load_schema(knowledge.shapes)
    corrector = corrector_of(knowledge, schema)
    count = 0
    for table in schema.tables.values():
        columns = {column.name: column for column in table.columns}
        for identifier, cells in cells_by_id(table, knowledge):
            assert corrector.identifier(table.id_pattern, identifier) == identifier
            for name, cell in cells.items():
                count += 1
                assert trimmed(cell) == cell
                assert corrector.cell(columns[name], cell) == cell, (table.name, identifier, name)
    assert count > 10_000
