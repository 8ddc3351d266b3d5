"""Answers of named queries as files: what programs that we did not write make of them."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet
import pyoxigraph as ox
import pytest
from rdflib.query import Result

from tests.conftest import PROJECT
from zsgraph.answer_xlsx import MOST_ROWS, to_xlsx
from zsgraph.answers import Answer, answer
from zsgraph.asking import _unnamed
from zsgraph.dataframes import to_parquet
from zsgraph.errors import UsageError
from zsgraph.findings import Message
from zsgraph.formats import to_csv, to_json, to_xml
from zsgraph.queries import ColumnHead, load_queries
from zsgraph.store import Graph

QUERIES = load_queries(PROJECT / "queries")
SOME = ["q3-policies", "q6-platforms", "support-side-by-side"]


@pytest.fixture(params=SOME)
def found(request: pytest.FixtureRequest, graph: Graph) -> Answer:
    return answer(graph, QUERIES[request.param])


def made_of(*rows: tuple[str, ...]) -> Answer:
    """Return an answer of texts."""
    heads = tuple(ColumnHead(f"c{i}", Message("列", "column")) for i in range(len(rows[0])))
    terms = [tuple(map(ox.Literal, row)) for row in rows]
    return Answer(_unnamed("", heads), "zh", terms)  # type: ignore[arg-type]


def test_xml_says_what_json_says(found: Answer) -> None:
    read = [
        Result.parse(io.BytesIO(text.encode()), format=form)
        for text, form in ((to_xml(found), "xml"), (to_json(found), "json"))
    ]
    assert read[0].vars == read[1].vars
    assert read[0].bindings == read[1].bindings
    assert len(read[0].bindings) == len(found)


def test_csv_and_xlsx_open_in_pandas_with_the_same_texts(found: Answer) -> None:
    texts = pd.read_csv(io.StringIO(to_csv(found)), dtype=str, keep_default_na=False)
    cells = pd.read_excel(io.BytesIO(to_xlsx(found)), dtype=str, keep_default_na=False)
    assert texts.columns.tolist() == cells.columns.tolist() == found.headings
    assert len(texts) == len(cells) == len(found)
    assert texts.iloc[:, 0].tolist() == cells.iloc[:, 0].tolist()
    assert any("\u4e00" <= char <= "\u9fff" for char in "".join(cells.iloc[:, 0]))


def test_parquet_keeps_iris_labels_and_headings(found: Answer) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(to_parquet(found)))
    first = found.columns[0].name
    assert table.column(first).to_pylist() == [row[first] for row in found]
    assert table.column(f"{first}Label").to_pylist() == [row[first].label for row in found]
    assert table.field(first).metadata[b"heading"].decode() == found.headings[0]


def test_what_looks_like_a_formula_stays_text() -> None:
    texts = ["=1+1", "+1", "@SUM(A1)", "-2+3", '=HYPERLINK("http://x/")', "a\x01b", "四\n川"]
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(made_of(*((text,) for text in texts)))))
    sheet = book.active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(texts)
    assert [cell.value for cell in cells] == [text.replace("\x01", "\ufffd") for text in texts]


def test_a_sheet_holds_only_so_many_rows() -> None:
    few = made_of(("x",))
    many = Answer(few.query, "zh", few.terms * (MOST_ROWS + 1))
    with pytest.raises(UsageError, match=str(MOST_ROWS)):
        to_xlsx(many)


def test_long_numbers_and_old_dates_stay_as_they_are_written() -> None:
    kinds = {"integer": "12345678901234567890", "date": "1899-12-31", "decimal": "0.1"}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    few = made_of(tuple(kinds))
    terms = tuple(ox.Literal(v, datatype=ox.NamedNode(xsd + k)) for k, v in kinds.items())
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(Answer(few.query, "zh", [terms]))))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["12345678901234567890", "1899-12-31", 0.1]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_what_is_written(graph: Graph, tmp_path: Path) -> None:
    found = answer(graph, QUERIES["q6-platforms"], {"region": "四川省"})
    (tmp_path / "sheet.xlsx").write_bytes(to_xlsx(found))
    (tmp_path / "text.csv").write_text(to_csv(found), encoding="utf-8")
    comma_and_utf_8 = "44,34,76"
    for name in ("sheet.xlsx", "text.csv"):
        out = tmp_path / f"from-{Path(name).suffix[1:]}"
        subprocess.run(
            [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{tmp_path}/profile",
                f"--infilter=CSV:{comma_and_utf_8}" if name.endswith("csv") else "--nologo",
                *("--convert-to", f"csv:Text - txt - csv (StarCalc):{comma_and_utf_8},1"),
                *("--outdir", str(out), str(tmp_path / name)),
            ],
            check=True,
            capture_output=True,
            timeout=240,
        )
        (made,) = out.glob("*.csv")
        read = pd.read_csv(made, dtype=str, keep_default_na=False)
        assert read.columns.tolist() == found.headings
        assert read.iloc[:, 0].tolist() == [row[0] for row in found.texts()]
        assert not re.search("�", made.read_text(encoding="utf-8"))
