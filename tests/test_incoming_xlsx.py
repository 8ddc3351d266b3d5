"""Spreadsheets are read as they are shown, and what a sheet of records cannot hold is told."""

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from tests.desk import GOOD, HEAD, Desk, desk, told
from zsgraph.errors import UsageError
from zsgraph.incoming.cell_values import as_text
from zsgraph.validation.files import Report

__all__ = ["desk"]

ROW = GOOD.strip().split(",")


def book(*rows: list[Any]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    for row in [HEAD.strip().split(","), *rows]:
        workbook.active.append(row)
    return workbook


def checked(desk: Desk, workbook: openpyxl.Workbook) -> Report:
    stream = io.BytesIO()
    workbook.save(stream)
    return desk.check(desk.write(stream.getvalue(), "platforms.xlsx"))


def test_a_good_sheet_has_no_finding(desk: Desk) -> None:
    report = checked(desk, book(ROW))
    assert report.findings == []
    assert [checked.record.row for checked in report.records] == [2]


def test_numbers_dates_and_truth_values_become_text(desk: Desk) -> None:
    workbook = book([*ROW[:3], 510100, False, ROW[5], datetime.date(2024, 5, 1)])
    workbook.active["G2"].number_format = "yyyy-mm"
    assert checked(desk, workbook).findings == []


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (5.0, "General", "5"),
        (0.1, "General", "0.1"),
        (1e-7, "General", "0.0000001"),
        (12345678901234567890.0, "General", "12345678901234567000"),
        (True, "General", "yes"),
        (datetime.datetime(2024, 5, 31), "yyyy-mm-dd", "2024-05-31"),
        (datetime.datetime(2024, 5, 31), 'yyyy"年"m"月"d"日"', "2024-05-31"),
        (datetime.datetime(2024, 5, 1), 'yyyy"年"m"月"', "2024-05"),
        (datetime.datetime(2024, 1, 1), "yyyy", "2024"),
        (datetime.datetime(2024, 1, 1, 8, 30), "General", "2024-01-01 08:30:00"),
    ],
)
def test_a_value_is_read_as_it_is_shown(value: object, form: str, text: str) -> None:
    assert as_text(value, form) == text


def test_a_text_that_begins_like_a_formula_stays_a_text(desk: Desk) -> None:
    workbook = book([ROW[0], "=成都平台", *ROW[2:]])
    workbook.active["B2"].data_type = "s"
    assert checked(desk, workbook).findings == []


def test_formulas_errors_and_percentages_are_told(desk: Desk) -> None:
    workbook = book(["plt-a", "=A1&1", *ROW[2:]], ["plt-b", "#N/A", *ROW[2:]], [*ROW[:6], 0.5])
    workbook.active["G4"].number_format = "0%"
    assert sorted(told(checked(desk, workbook).findings), key=lambda f: (f[1], f[0])) == [
        ("formula", 2, "name"),
        ("formula", 3, "name"),
        ("Platform-established", 4, "established"),
        ("percent", 4, "established"),
    ]


def test_merged_cells_and_hidden_sheets_are_told(desk: Desk) -> None:
    workbook = book(ROW)
    workbook.active.merge_cells("D2:D3")
    hidden = workbook.create_sheet("旧表")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    findings = checked(desk, workbook).findings
    assert {("merged-cells", 2, None), ("hidden-sheet", None, None)} <= set(told(findings))
    assert any("旧表" in f.message.zh for f in findings)


def test_all_sheets_are_read_and_named(desk: Desk) -> None:
    workbook = book(ROW)
    workbook.active.title = "platforms"
    second = workbook.create_sheet("更多")
    second.append(HEAD.strip().split(","))
    second.append(["plt-x-b", "乙平台", "不知道", "510100", "no", "s0013", "2024"])
    report = checked(desk, workbook)
    (finding,) = report.findings
    assert (finding.sheet, finding.row, finding.column) == ("更多", 2, "name_basis")
    assert len(report.records) == 1


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 600 * 2**20)
    return stream.getvalue()


def entities() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", b'<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [(bomb(), "unpacks"), (entities(), "not a readable"), (b"PK\x03\x04 broken", "not a readable")],
    ids=["a ZIP bomb", "an XML bomb", "a broken archive"],
)
def test_what_is_dangerous_or_broken_is_refused(desk: Desk, content: bytes, said: str) -> None:
    path = desk.write(content, "platforms.xlsx")
    with pytest.raises(UsageError, match=said):
        desk.check(path)
