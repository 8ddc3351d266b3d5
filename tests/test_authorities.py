"""Regions, industries, services and economic activities: complete and well-formed."""

import csv
import io
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.authorities import HAN, all_concepts, by_id, circles, repeated, rows, split
from tests.conftest import PROJECT
from zsgraph.namespaces import SCHEME

TABLES = sorted((PROJECT / "data").glob("*.csv"))

# 2 digits of GB/T 2260 and 2 letters of ISO 3166-2, from the two standards
# fmt: off
PROVINCES = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM",
    "21": "LN", "22": "JL", "23": "HL",
    "31": "SH", "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD",
    "41": "HA", "42": "HB", "43": "HN", "44": "GD", "45": "GX", "46": "HI",
    "50": "CQ", "51": "SC", "52": "GZ", "53": "YN", "54": "XZ",
    "61": "SN", "62": "GS", "63": "QH", "64": "NX", "65": "XJ",
    "71": "TW", "81": "HK", "82": "MO",
}
# fmt: on
MUNICIPALITIES = ("11", "12", "31", "50")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_record_files_are_plain_and_sorted(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    plain = io.StringIO()
    lines = list(csv.reader(io.StringIO(text, newline="")))
    csv.writer(plain, lineterminator="\n").writerows(lines)
    assert plain.getvalue() == text, "only cells that need it are quoted, and lines end with LF"
    ids = [line[0] for line in lines[1:]]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("table", ["regions", "industries", "services", "economic-activities"])
def test_authorities_are_named_in_both_languages(table: str) -> None:
    for row in rows(table):
        assert HAN.search(row["name"]), row
        assert row["name_en"].strip(), row
        assert not HAN.search(row["name_en"]), row
    assert not repeated(row["name_en"] for row in rows(table))


def region_level(code: str) -> str:
    """Return the level that the digits of a GB/T 2260 code stand for."""
    if code == "100000":
        return "country"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def region_parents(code: str) -> set[str]:
    """Return the regions that may lie directly above a code."""
    level = region_level(code)
    if level == "country":
        return {""}
    if level == "province":
        return {"100000"}
    province, prefecture = f"{code[:2]}0000", f"{code[:4]}00"
    directly_governed = code[:2] in MUNICIPALITIES or code[2:4] == "90"
    return {province if level == "prefecture" or directly_governed else prefecture}


def test_regions_are_counted_by_level() -> None:
    counts = Counter(row["level"] for row in rows("regions"))
    assert (counts["country"], counts["province"], counts["prefecture"]) == (1, 34, 333)


def test_codes_levels_and_parents_of_regions_agree() -> None:
    regions = by_id("regions")
    for code, row in regions.items():
        assert re.fullmatch("[1-8][0-9]{5}", code)
        assert row["level"] == region_level(code), row
        assert row["parent"] in region_parents(code), row
        assert row["parent"] in regions or code == "100000", row


def test_provinces_carry_their_iso_codes() -> None:
    found = {row["id"]: row["iso_code"] for row in rows("regions") if row["iso_code"]}
    assert found == {
        "100000": "CN",
        **{f"{digits}0000": f"CN-{letters}" for digits, letters in PROVINCES.items()},
    }


def test_no_two_regions_share_a_name() -> None:
    assert not repeated(row["name"] for row in rows("regions"))


@pytest.mark.parametrize(
    ("code", "name", "name_en"),
    [
        ("140000", "山西省", "Shanxi"),
        ("610000", "陕西省", "Shaanxi"),
        ("500000", "重庆市", "Chongqing"),
        ("150700", "呼伦贝尔市", "Hulunbuir"),
        ("152500", "锡林郭勒盟", "Xilingol League"),
        ("141100", "吕梁市", "Lüliang"),
        ("230100", "哈尔滨市", "Harbin"),
        ("341600", "亳州市", "Bozhou"),
        ("340200", "芜湖市", "Wuhu"),
        ("350200", "厦门市", "Xiamen"),
        ("331100", "丽水市", "Lishui"),
        ("411100", "漯河市", "Luohe"),
        ("513200", "阿坝藏族羌族自治州", "Ngawa Tibetan and Qiang Autonomous Prefecture"),
        ("540100", "拉萨市", "Lhasa"),
        ("650100", "乌鲁木齐市", "Ürümqi"),
        ("654000", "伊犁哈萨克自治州", "Ili Kazakh Autonomous Prefecture"),
        ("810000", "香港特别行政区", "Hong Kong"),
        ("820000", "澳门特别行政区", "Macao"),
        ("710000", "台湾省", "Taiwan"),
    ],
)
def test_names_that_pinyin_alone_gets_wrong(code: str, name: str, name_en: str) -> None:
    row = by_id("regions")[code]
    assert (row["name"], row["name_en"]) == (name, name_en)


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("自治州", " Autonomous Prefecture"), ("地区", " Prefecture"), ("盟", " League")],
)
def test_english_names_tell_what_is_no_city(kind: str, ending: str) -> None:
    prefectures = [row for row in rows("regions") if row["level"] == "prefecture"]
    of_kind = [row for row in prefectures if row["name"].endswith(kind)]
    assert of_kind
    assert all(row["name_en"].endswith(ending) for row in of_kind)
    others = {row["name_en"] for row in prefectures if row["name"].endswith("市")}
    assert not any(name.endswith(ending) for name in others)


def test_counties_are_those_that_records_use() -> None:
    used = {
        code
        for path in TABLES
        if path.stem not in ("regions", "left-out")
        for row in rows(path.stem)
        for cell in row.values()
        for code in re.findall(r"\b\d{6}\b", cell)
    }
    counties = {row["id"] for row in rows("regions") if row["level"] == "county"}
    assert counties <= used


def test_industries_form_a_tree_of_at_most_three_levels() -> None:
    industries = by_id("industries")
    assert len(industries) == 112
    parents = {name: split(row["parent"]) for name, row in industries.items()}
    assert {parent for above in parents.values() for parent in above} <= set(industries)
    assert not circles(parents)
    for name in industries:
        path = [name]
        while parents[path[-1]]:
            path.append(parents[path[-1]][0])
        assert len(path) <= 3, path


def test_industries_map_to_known_classes() -> None:
    activities = by_id("economic-activities")
    listed = {iri.removeprefix(SCHEME) for iri in all_concepts()}
    for row in rows("industries"):
        assert set(split(row["economic_activities"])) <= set(activities), row
        for number in split(row["strategic_emerging"]):
            assert f"strategic-emerging/{number}" in listed, row
        for name in split(row["future_industries"]):
            assert f"future-industry/{name}" in listed, row


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("industries", ["name", "name_en", "alt_names", "narrower_words"]),
        ("services", ["name", "name_en", "alt_names"]),
    ],
)
def test_a_word_means_one_thing(table: str, columns: list[str]) -> None:
    words = [word for row in rows(table) for column in columns for word in split(row[column])]
    assert all(word == word.strip() != "" for word in words)
    assert not repeated(words)


def test_services_are_defined_in_both_languages() -> None:
    assert len(rows("services")) == 40
    for row in rows("services"):
        assert HAN.search(row["definition"]), row
        assert row["definition_en"], row
        assert not HAN.search(row["definition_en"]), row
        assert row["definition"] != row["name"], row
        assert row["definition_en"] != row["name_en"], row
    assert not repeated(row["definition_en"] for row in rows("services"))


def test_economic_activities_are_those_of_the_standard() -> None:
    activities = by_id("economic-activities")
    counts = Counter(row["level"] for row in activities.values())
    assert counts == {"section": 20, "division": 97, "group": 215}
    divisions = sorted(int(code[1:]) for code, row in activities.items() if len(code) == 3)
    assert divisions == list(range(1, 98))
    sections = [code for code in activities if len(code) == 1]
    assert all(ord(b) - ord(a) == 1 for a, b in pairwise(sections))
    assert {code[0] for code in activities if len(code) == 4} == {"C", "I", "M"}


def test_codes_levels_and_parents_of_economic_activities_agree() -> None:
    activities = by_id("economic-activities")
    levels = {1: "section", 3: "division", 4: "group"}
    for code, row in activities.items():
        assert re.fullmatch(r"[A-T](\d{2,3})?", code)
        assert row["level"] == levels[len(code)], row
        assert row["parent"] == {1: "", 3: code[:1], 4: code[:3]}[len(code)], row
        assert not row["parent"] or row["parent"] in activities, row
    names = Counter((row["level"], row["name"]) for row in activities.values())
    assert max(names.values()) == 1
