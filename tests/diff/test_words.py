"""Differences are told in people's words, and every format says the same."""

import json
import re
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from tests.shell import CHINESE
from zsgraph.diff.compare import Comparison
from zsgraph.diff.formats import FORMATS, write
from zsgraph.patch import apply_to_store, quad_of, read_patch

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = "2026-11-25T00:00:00Z"


def written(comparison: Comparison, form: str, language: str = "zh") -> str:
    return write(comparison, form, language, TIME).decode()


def test_text_counts_by_place_and_kind(shipped_comparison: Comparison) -> None:
    text = written(shipped_comparison, "text")
    assert "记录新增 1、结束 1、删去 1" in text
    assert re.search(r"^四川省：认定 (?=.*结束 1)(?=.*\+1)(?=.*−1)", text, re.MULTILINE)
    assert re.search(r"^ +结束时间：\+ 2026-03$", text, re.MULTILINE)
    assert re.search(r"^ +\+ 认定 .+（rec-sc-new-1）$", text, re.MULTILINE)


def test_text_speaks_english(shipped_comparison: Comparison) -> None:
    text = written(shipped_comparison, "text", "en")
    assert "records 1 new, 1 ended, 1 removed" in text
    assert re.search(r"^Sichuan: Recognition ", text, re.MULTILINE)
    headings = re.findall(r"^ {8,}(\S[^:]*): ", text, re.MULTILINE)
    assert headings
    assert not any(CHINESE.search(heading) for heading in headings)


def test_patch_leads_from_old_to_new(shipped_comparison: Comparison) -> None:
    store = ox.Store()
    store.extend(shipped_comparison.old.store)
    patch = read_patch(written(shipped_comparison, "patch").split("\n"))
    apply_to_store(patch, store)
    assert set(map(quad_of, store)) == shipped_comparison.new.quads()
    assert set(map(quad_of, store)) != shipped_comparison.old.quads()


def test_json_gives_terms_and_words(shipped_comparison: Comparison) -> None:
    document = json.loads(written(shipped_comparison, "json"))
    (place,) = document["places"]
    assert place["title"] == "四川省"
    records = [record for thing in place["things"] for record in thing["records"]]
    assert sorted(record["change"] for record in records) == ["ended", "new", "removed"]
    (ended,) = [record for record in records if record["change"] == "ended"]
    assert [(c["column"], c["heading"], c["old"], c["new"]) for c in ended["cells"]] == [
        ("ended", "结束时间", [], ["2026-03"])
    ]


def test_feed_has_an_entry_for_each_record(shipped_comparison: Comparison) -> None:
    feed = ET.fromstring(written(shipped_comparison, "atom"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(shipped_comparison.records) + len(shipped_comparison.terms)
    for element in (feed, *entries):  # RFC 4287, 4.1.1 and 4.1.2
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_markdown_links_each_record(shipped_comparison: Comparison) -> None:
    page = written(shipped_comparison, "md")
    links = re.findall(r"^- \*\*\S+\*\* .*\]\(<(.*)>\)$", page, re.MULTILINE)
    assert sorted(links) == sorted(item.iri for item in shipped_comparison.records)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_comparison_gives_the_same_bytes(
    form: str, shipped_comparison: Comparison
) -> None:
    assert written(shipped_comparison, form) == written(shipped_comparison, form)
