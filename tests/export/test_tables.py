"""Tables: CSV with CSVW metadata, SQLite and Parquet hold all that the records state."""

import csv
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from csvw import CSVW
from hypothesis import given
from hypothesis import strategies as st

from tests.export.conftest import AWKWARD, Exported
from tests.export.tabular import from_csvw, from_parquet, from_sqlite
from tests.toys import copy_of_toy
from zsgraph.build import Silence
from zsgraph.export.run import Options, export
from zsgraph.export.spreadsheets import neutralised, restored
from zsgraph.namespaces import GRAPH_DATA, GRAPH_INFERRED
from zsgraph.store import open_graph

SIGNS = "=+-@\t\r\n＝＋－＠'"


def recorded(exported: Exported) -> set[str]:
    """Return the statements of all records."""
    return {
        str(quad.triple)
        for quad in exported.graph.store
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(GRAPH_DATA)
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class TestRoundTrip:
    def test_csv_with_its_metadata_gives_the_records(self, exported: Exported) -> None:
        assert from_csvw(exported.folder / "zsgraph-csv") == recorded(exported)

    def test_sqlite_gives_the_records(self, exported: Exported) -> None:
        assert from_sqlite(exported.file("sqlite")) == recorded(exported)

    def test_parquet_gives_the_records(self, exported: Exported) -> None:
        assert from_parquet(exported.folder / "zsgraph-parquet") == recorded(exported)

    def test_all_inferred_statements_are_there(self, shipped: Exported) -> None:
        graph = ox.NamedNode(GRAPH_INFERRED)
        expected = {
            (q.subject.value, q.predicate.value, q.object.value)
            for q in shipped.graph.store.quads_for_pattern(None, None, None, graph)
            if not isinstance(q.subject, ox.Triple) and not isinstance(q.object, ox.Triple)
        }
        table = pq.read_table(shipped.folder / "zsgraph-parquet" / "inferred.parquet")
        assert (
            set(zip(*(table[n].to_pylist() for n in ("subject", "property", "value")), strict=True))
            == expected
        )
        found = rows(shipped.folder / "zsgraph-csv" / "inferred.csv")
        assert {
            tuple(restored(row[n]) for n in ("subject", "property", "value")) for row in found
        } == expected


class TestCsvw:
    def test_metadata_and_tables_are_valid(self, exported: Exported) -> None:
        document = CSVW(
            str(exported.folder / "zsgraph-csv" / "csv-metadata.json"), validate=True, strict=True
        )
        assert document.is_valid, [str(warning.message) for warning in document.warnings]

    def test_a_wrong_cell_would_be_found(self, awkward: Exported, tmp_path: Path) -> None:
        for path in (awkward.folder / "zsgraph-csv").iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes())
        file = tmp_path / "books.csv"
        file.write_text(file.read_text(encoding="utf-8").replace(",true", ",perhaps"), "utf-8")
        document = CSVW(str(tmp_path / "csv-metadata.json"), validate=True)
        with pytest.raises(ValueError, match="in_print: invalid lexical value"):
            _ = document.is_valid

    def test_references_carry_labels_in_both_languages(self, awkward: Exported) -> None:
        (book, *_) = [
            row for row in rows(awkward.folder / "zsgraph-csv" / "books.csv") if row["id"] == "fc-1"
        ]
        assert set(book["genres_label_zh"].split(";")) == {"长篇小说", "讽刺小说"}
        assert "Novel" in book["genres_label_en"]


class TestSpreadsheets:
    def test_no_text_cell_starts_a_formula(self, awkward: Exported) -> None:
        texts = [row["text"] for row in rows(awkward.folder / "zsgraph-csv" / "remarks.csv")]
        assert len(texts) == len(AWKWARD)
        assert not [text for text in texts if text[0] in SIGNS[:-1]]
        assert {restored(text) for text in texts} == set(AWKWARD)

    def test_a_negative_number_stays_a_number(self, tmp_path: Path) -> None:
        library = copy_of_toy(tmp_path)
        library.replace("data/books.csv", "29.50", "-29.50")
        assert library.build().published
        export(
            open_graph(library.home),
            library.knowledge,
            Options(("csv",)),
            tmp_path / "out",
            Silence(),
        )
        prices = [row["price"] for row in rows(tmp_path / "out" / "zsgraph-csv" / "books.csv")]
        assert "-29.5" in prices

    @given(st.one_of(st.text(), st.text(alphabet=SIGNS + "x")))
    def test_neutralising_can_be_undone(self, text: str) -> None:
        safe = neutralised(text)
        assert safe[:1] not in set(SIGNS) - {"'"}
        assert restored(safe) == text

    def test_a_byte_order_mark_is_written_on_request(
        self, awkward: Exported, tmp_path: Path
    ) -> None:
        options = Options(("csv",), bom=True)
        export(awkward.graph, awkward.knowledge, options, tmp_path / "out", Silence())
        file = tmp_path / "out" / "zsgraph-csv" / "remarks.csv"
        plain = awkward.folder / "zsgraph-csv" / "remarks.csv"
        assert file.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
        document = CSVW(str(file.with_name("csv-metadata.json")), validate=True)
        assert document.is_valid


class TestSqlite:
    def test_keys_hold_and_values_are_typed(self, exported: Exported) -> None:
        connection = sqlite3.connect(exported.file("sqlite"))
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def test_the_toy_is_as_its_shapes_say(self, awkward: Exported) -> None:
        connection = sqlite3.connect(awkward.file("sqlite"))
        book = connection.execute("SELECT pages, price, in_print FROM books WHERE id = 'fc-1'")
        assert book.fetchone() == (358, 29.5, 1)
        keys = connection.execute('PRAGMA foreign_key_list("books_genres")').fetchall()
        assert {(row[2], row[3]) for row in keys} == {("books", "id"), ("concepts", "genres")}
        view = connection.execute("SELECT iri, genres_label_en FROM books_labelled WHERE id='fc-1'")
        iri, genres = view.fetchone()
        assert iri == "https://example.org/id/books/fc-1"
        assert set(genres.split("; ")) == {"Novel", "Satire"}

    @pytest.mark.parametrize("kind", ["TABLE", "VIEW"])
    def test_every_table_and_view_can_be_read(self, shipped: Exported, kind: str) -> None:
        connection = sqlite3.connect(shipped.file("sqlite"))
        master = "SELECT name FROM sqlite_master WHERE type = ?"
        names = [name for (name,) in connection.execute(master, (kind.lower(),))]
        assert len(names) > 20
        for name in names:
            assert connection.execute(f'SELECT * FROM "{name}" LIMIT 1').description
