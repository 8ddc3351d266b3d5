"""Records that may be the same as others are warned of, by name, number, operator and industry."""

import pytest

from tests.conftest import PROJECT
from tests.desk import HEAD, Desk, desk, told
from zsgraph.name_index import Key
from zsgraph.query_header import read_query_file
from zsgraph.validation.likeness import LikenessRule

__all__ = ["desk"]

NAMES = [
    ("traditional characters and a legal form", "釩鈦新材料中试研发平台有限公司"),
    ("spaces and full-width brackets", "钒钛 新材料（中试研发平台）"),
    ("another ending", "钒钛新材料中试基地"),
]


@pytest.mark.parametrize("name", [n[1] for n in NAMES], ids=[n[0] for n in NAMES])
def test_a_name_that_differs_in_spelling_alone_is_warned_of(desk: Desk, name: str) -> None:
    sheet = HEAD + f"plt-x-a,{name},as-printed,510400,no,s0013,2024\n"
    (finding,) = desk.findings(sheet)
    assert told([finding]) == [("similar-name", 2, "name")]
    assert finding.severity == "warning"
    assert "plt-sc-panzhihua-vanadium-titanium" in finding.message.zh


def test_the_same_name_in_another_city_is_no_finding(desk: Desk) -> None:
    sheet = HEAD + "plt-x-a,钒钛新材料中试基地,as-printed,510100,no,s0013,2024\n"
    assert desk.findings(sheet) == []


def test_new_rows_are_compared_with_each_other(desk: Desk) -> None:
    sheet = HEAD + (
        "plt-x-a,某某新型材料中试平台,as-printed,510100,no,s0013,2024\n"
        "plt-x-b,某某新型材料中试基地,as-printed,510100,no,s0013,2024\n"
    )
    assert told(desk.findings(sheet)) == [("similar-name", 3, "name")]


def test_what_a_verify_query_tells_is_not_told_again(desk: Desk) -> None:
    sheet = HEAD + "plt-x-a,钒钛新材料中试研发平台,as-printed,510400,no,s0013,2024\n"
    assert told(desk.findings(sheet)) == [("same-name-same-place", 2, "name")]


def test_the_same_operator_and_industry_are_warned_of(desk: Desk) -> None:
    head = "id,platform,role,organisation,sources\n"
    lines = (PROJECT / "data" / "participations.csv").read_text(encoding="utf-8").splitlines()
    operators = {c[1]: c[3] for line in lines if (c := line.split(","))[2] == "operatedBy"}
    platforms = (PROJECT / "data" / "platforms.csv").read_text(encoding="utf-8").splitlines()
    place = platforms[0].split(",").index("focus_industry")
    old, industry = next(
        (c[0], c[place])
        for line in platforms[1:]
        if '"' not in line and (c := line.split(","))[place] and c[0] in operators
    )
    new = desk.write(
        HEAD.replace("established", "focus_industry")
        + f"plt-x-a,另一个平台,as-printed,510100,no,s0013,{industry}\n"
    )
    operated = desk.write(
        head + f"par-x-1,plt-x-a,operatedBy,{operators[old]},s0013\n", "participations.csv"
    )
    findings = [f for f in desk.check(new, operated).findings if "likeness" in f.rule]
    assert any(old in finding.message.en for finding in findings)


@pytest.fixture
def rule() -> LikenessRule:
    return LikenessRule(read_query_file(PROJECT / "queries" / "likeness" / "similar-name.rq"))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("新材料", "新材料", True),
        ("成都高新区新材料研究", "成都高新区新材料研发", True),
        ("新材料", "生物医药", False),
        ("新", "成都高新区新材料研究", False),
    ],
)
def test_similar_texts_are_alike(rule: LikenessRule, one: str, other: str, alike: bool) -> None:
    assert rule.alike(one, other) is alike
    assert rule.alike(other, one) is alike


def test_every_shipped_platform_has_a_key(graph: object, rule: LikenessRule) -> None:
    keys = list(rule.keys(graph.store))  # type: ignore[attr-defined]
    assert len({key.iri for key in keys}) > 200
    assert all(isinstance(key, Key) and key.text for key in keys)
