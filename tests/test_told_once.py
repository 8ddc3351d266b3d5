"""A fault is told where it is, with what to write, and not again by all that refer to its row."""

from pathlib import Path

import openpyxl
import pytest

from tests.desk import GOOD, HEAD, Desk, desk, told
from zsgraph.findings import Finding
from zsgraph.knowledge import Knowledge
from zsgraph.store import current_folder

__all__ = ["desk"]

SOURCE_HEAD = "id,title,address,publisher,tier,checked,note\n"
RECOGNITION_HEAD = "id,platform,list,level,status,sources\n"


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize("identifier", ["plt sc 1", "plt-100%", "plt[1]"])
def test_an_id_that_cannot_be_one_is_told_once_whoever_refers_to_it(
    desk: Desk, identifier: str
) -> None:
    platforms = desk.write(HEAD + GOOD.replace("plt-sc-new", identifier))
    recognitions = desk.write(
        RECOGNITION_HEAD
        + f"rec-sc-new-1,{identifier},list-059,provincial-recognition,status-recognised,s0071\n"
        + "rec-sc-new-2,成都某中试平台,list-059,provincial-recognition,status-recognised,s0071\n",
        "recognitions.csv",
    )
    report = desk.check(platforms, recognitions)
    assert told(report.findings) == [("Platform", 2, "id")]


def test_a_fault_of_a_source_is_not_told_of_those_that_name_it(desk: Desk) -> None:
    sources = desk.write(SOURCE_HEAD + "s9001,某页,,某部,tier-a,昨天,\n", "sources.csv")
    platforms = desk.write(HEAD + GOOD.replace("s0013", "s9001"))
    assert told(desk.check(sources, platforms).findings) == [("Source-checked", 2, "checked")]


def test_the_other_cells_of_a_row_with_a_formula_are_checked(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.strip().split(","))
    sheet.append([*GOOD.split(",")[:1], "=A2", *GOOD.split(",")[2:6], "31/12/2024"])
    path = desk.folder / "platforms.xlsx"
    book.save(path)
    found = told(desk.check(path).findings)
    assert found == [("formula", 2, "name"), ("Platform-established", 2, "established")]


@pytest.mark.parametrize(
    ("date", "zh", "en"),
    [
        ("2024-02-30", "2024年2月没有30日，请核对。", "Month 2 of 2024 has no day 30."),
        ("2024-13-01", "没有13月，请核对。", "There is no month 13."),
    ],
)
def test_of_a_day_that_does_not_exist_just_that_is_said(
    desk: Desk, date: str, zh: str, en: str
) -> None:
    advice = only(desk.findings(HEAD + GOOD.replace("2024-05", date))).advice
    assert advice is not None
    assert advice.zh == zh
    assert advice.en.startswith(en)


@pytest.mark.parametrize(
    ("right", "wrong", "fix"),
    [
        ("2024-05", "2024年5月", "2024-05"),
        ("510100", "成都", "成都市"),
        ("s0013", "S0013", "s0013"),
        ("s0013", "s0013；s0071", "s0013;s0071"),
        ("plt-sc-new", "plt－sc－new", "plt-sc-new"),
    ],
)
def test_what_is_certain_is_said_with_the_finding(
    desk: Desk, right: str, wrong: str, fix: str
) -> None:
    finding = only(desk.findings(HEAD + GOOD.replace(right, wrong)))
    assert finding.value == wrong
    assert finding.fix == fix
    assert finding.advice is not None
    assert finding.advice.zh == f"请写作“{fix}”。"


def test_what_a_finding_says_is_what_fix_writes(
    desk: Desk, knowledge: Knowledge, built: tuple[Path, object]
) -> None:
    from zsgraph.fixing.corrections import corrections_of

    rows = [
        GOOD.replace("2024-05", "2024/5/31").replace("s0013", "S0013"),
        GOOD.replace("plt-sc-new", "plt-sc-new-2").replace("510100", "成都"),
        GOOD.replace("plt-sc-new", "plt-sc-new-3").replace("2024-05", "03/04/2024"),
    ]
    path = desk.write(HEAD + "".join(rows))
    said = {(f.row, f.column, f.fix) for f in desk.check(path).findings if f.fix}
    written = corrections_of([path], knowledge, current_folder(built[0]))
    assert said == {(c.row, c.heading, c.after) for c in written}
    assert len(said) == 3


def test_a_misspelt_id_offers_the_nearest(desk: Desk) -> None:
    rows = RECOGNITION_HEAD + (
        "rec-x-1,plt-ha-pingao-electric,list-059,provincial-recognition,status-recognised,s0071\n"
    )
    advice = only(desk.findings(rows, "recognitions.csv")).advice
    assert advice is not None
    assert "plt-ha-pinggao-electric" in advice.zh


def test_what_is_like_nothing_registered_is_to_be_registered_first(desk: Desk) -> None:
    advice = only(desk.findings(HEAD + GOOD.replace("s0013", "某市政府网站"))).advice
    assert advice is not None
    assert advice.zh == "“某市政府网站”没有登记。确是新的，请先填进它自己的表，两个文件一起检查。"


def test_of_two_new_records_that_are_alike_the_later_names_the_row_of_the_earlier(
    desk: Desk,
) -> None:
    rows = [
        GOOD.replace("plt-sc-new", "plt-sc-z").replace("某", "低空装备"),
        GOOD.replace("plt-sc-new", "plt-sc-a").replace("某中试平台", "低空装备中试基地有限公司"),
    ]
    finding = only(desk.findings(HEAD + "".join(rows)))
    assert finding.row == 3
    assert "第2行的 成都低空装备中试平台 (plt-sc-z)" in finding.message.zh
    assert "of row 2" in finding.message.en
