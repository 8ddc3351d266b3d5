"""Files that are handed in are checked cell by cell against the graph and against each other."""

import pytest

from tests.conftest import PROJECT
from tests.desk import GOOD, HEAD, Desk, desk, told
from zsgraph.cell_texts import cell_text

__all__ = ["desk"]


def test_a_good_row_gives_a_typed_record(desk: Desk) -> None:
    report = desk.check(desk.write(HEAD + GOOD))
    assert report.findings == []
    (checked,) = report.records
    assert (checked.record.id, checked.record.row, checked.known) == ("plt-sc-new", 2, False)
    region = checked.table.column("region")
    assert region is not None
    assert cell_text(region, checked.record.values[checked.table.columns.index(region)]) == "510100"


def test_findings_name_the_heading_as_it_is_written(desk: Desk) -> None:
    sheet = "编号,名称,名称依据,生物医药,来源,建立时间\nplt-x,某平台,as-printed,否,s0013,05/2024\n"
    (finding,) = desk.findings(sheet)
    assert (finding.row, finding.column, finding.value) == (2, "建立时间", "05/2024")


def test_the_shipped_records_are_clean_and_known(desk: Desk) -> None:
    report = desk.check(PROJECT / "data" / "platforms.csv")
    assert report.findings == []
    assert report.records
    assert all(checked.known for checked in report.records)


def test_a_row_may_refer_to_a_row_of_another_file(desk: Desk) -> None:
    source = desk.write(
        "id,title,address,publisher,tier,checked\n"
        "s-new,某报道,https://example.org/new,某报,tier-c,2026-01-02\n",
        "sources.csv",
    )
    platform = desk.write(HEAD + GOOD.replace("s0013", "s-new"))
    assert desk.check(platform, source).findings == []
    assert told(desk.check(platform).findings) == [("Platform-sources", 2, "sources")]


def test_an_unknown_reference_offers_the_nearest(desk: Desk) -> None:
    (finding,) = desk.findings(HEAD + GOOD.replace("510100", "成都"))
    assert finding.advice is not None
    assert "成都市" in finding.advice.zh


def test_headings_that_fit_no_kind_are_told_in_one_sentence(desk: Desk) -> None:
    (finding,) = desk.findings("foo,bar\n1,2\n", "things.csv")
    assert told([finding]) == [("kind-unknown", 1, None)]


def test_a_kind_may_be_named(desk: Desk) -> None:
    report = desk.check(desk.write(HEAD + GOOD, "x.csv"), kind="平台")
    assert report.findings == []


SEPARATED = [
    ("semicolons", ";", []),
    ("tabs", "\t", []),
    ("bars", "|", [("separator", 1, None)]),
]


@pytest.mark.parametrize(
    ("mark", "faults"), [s[1:] for s in SEPARATED], ids=[s[0] for s in SEPARATED]
)
def test_other_separators_are_read_or_told(
    desk: Desk, mark: str, faults: list[tuple[str, int | None, str | None]]
) -> None:
    report = desk.check(desk.write((HEAD + GOOD).replace(",", mark)))
    assert told(report.findings) == (faults or [("separator", None, None)])
    assert report.failed == bool(faults)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_encodings_are_read(desk: Desk, encoding: str) -> None:
    report = desk.check(desk.write((HEAD + GOOD).encode(encoding)))
    assert not report.failed
    assert len(report.records) == 1


def test_bytes_of_no_encoding_are_refused_with_the_way_out(desk: Desk) -> None:
    (finding,) = desk.findings((HEAD + GOOD).encode() + b"\xff\xff\n")
    assert told([finding]) == [("not-utf-8", 3, None)]
    assert "CSV UTF-8" in finding.message.zh


RELATIONS = "id,policy,relation,target,sources\n"
APPLICATION = "pol-ah-2023-hefei-pilot-base-application"
MEASURES = "pol-ah-2022-hefei-transfer-measures"
RECOGNITIONS = "id,platform,list,policies,bodies,level,status,date,ended,sources\n"


def test_a_circle_that_new_rows_close_with_old_ones_is_an_error(desk: Desk) -> None:
    sheet = RELATIONS + f"rel-x-1,{MEASURES},basedOn,{APPLICATION},s0235\n"
    findings = desk.findings(sheet, "policy-relations.csv")
    assert set(told(findings)) == {
        ("cycle", 2, "target"),
        ("older-than-basis", 2, "target"),
    }


def test_a_statement_that_the_graph_has_is_repeated(desk: Desk) -> None:
    sheet = (
        RELATIONS + "rel-x-1,pol-ah-2023-hefei-pilot-base-application,implements,"
        "pol-ah-2021-hefei-pilot-base-measures,s0235\n"
    )
    assert told(desk.findings(sheet, "policy-relations.csv")) == [
        ("repeated-statement", 2, "target")
    ]


def test_dates_and_regions_are_compared_with_those_of_old_records(desk: Desk) -> None:
    sheet = (
        RECOGNITIONS + "rec-x-1,plt-ah-anqing-uav,list-034,pol-ah-2022-pilot-base-guidelines,"
        "org-sc-st,provincial-recognition,status-recognised,2021,2019,s0535\n"
    )
    assert sorted(told(desk.findings(sheet, "recognitions.csv"))) == [
        ("ended-before-start", 2, "ended"),
        ("recognition-before-policy", 2, "date"),
        ("recognition-outside-region", 2, "bodies"),
    ]


def test_a_row_of_an_id_that_exists_is_checked_in_place_of_the_old_record(desk: Desk) -> None:
    sheet = RELATIONS + (
        f"rel-ah-2023-hefei-pilot-base-application-02,{MEASURES},basedOn,{APPLICATION},s0235\n"
    )  # the other way round: no circle, since the old direction is gone
    findings = desk.findings(sheet, "policy-relations.csv")
    assert told(findings) == [("older-than-basis", 2, "target")]


@pytest.mark.parametrize(
    "table", ["platforms", "policies", "recognitions", "participations", "policy-relations"]
)
def test_shipped_records_cause_no_finding_again(desk: Desk, table: str) -> None:
    report = desk.check(PROJECT / "data" / f"{table}.csv")
    assert [f for f in report.findings if f.severity != "info"] == []
