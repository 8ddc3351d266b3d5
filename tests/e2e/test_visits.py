"""What visitors come for: the answers, the map, the sources, the reasons, the data."""

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import rdflib
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor
from tests.web.live import Live

PLATFORM = "/id/platforms/plt-ah-hefei-biomanufacturing.html"


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_each_of_the_nine_questions_is_answered(visitor: Visitor, site: Live) -> None:
    visitor.go("/")
    cards = visitor.page.locator("#questions + .cards .card")
    expect(cards).to_have_count(9)
    told = cards.locator("p").all_inner_texts()
    for place, sentence in enumerate(told):
        visitor.go("/")
        cards.nth(place).get_by_role("link").click()
        expect(visitor.page.locator("[data-answer]")).to_have_text(sentence)
        chart = visitor.page.locator(".chart img")
        expect(chart).to_have_js_property("complete", True)
        assert chart.evaluate("image => image.naturalWidth") > 300
        name = urlsplit(visitor.page.url).path.rpartition("/")[2]
        known = site.get(f"/api/queries/{name}?lang={visitor.language}&limit=1").json()
        assert visitor.number("#rows .muted") == known["total"]
        assert visitor.page.locator("tbody tr").count() == min(known["total"], 30)


def test_the_table_is_filtered_sorted_and_turned_while_the_address_keeps_it(
    visitor: Visitor,
) -> None:
    visitor.go("/queries/q6-platforms")
    page = visitor.page
    whole = page.locator("tbody tr").first.inner_text()
    page.locator("thead a").first.click()
    expect(page.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name=visitor.say("下一页", "Next")).click()
    expect(page.locator(".pages")).to_contain_text("2")
    page.locator("#contains").fill("2025")
    expect(page).to_have_url(re.compile("contains=2025"))
    expect(page.locator("#rows .muted")).to_contain_text("/")
    address, text = page.url, page.locator("tbody").inner_text()
    page.goto(address)
    assert page.locator("tbody").inner_text() == text
    visitor.go("/queries/q6-platforms")
    assert page.locator("tbody tr").first.inner_text() == whole


def test_conditions_narrow_an_answer(visitor: Visitor, site: Live) -> None:
    visitor.go("/queries/q6-platforms")
    visitor.page.locator("input[name=region]").fill("四川省")
    visitor.page.get_by_role("button", name=visitor.say("查询", "Ask"), exact=True).click()
    expect(visitor.page).to_have_url(re.compile("region="))
    known = site.get("/api/queries/q6-platforms?region=四川省&limit=1").json()
    assert visitor.number("#rows .muted") == known["total"]


def test_the_map_and_the_facets_narrow_each_other(visitor: Visitor, tmp_path: Path) -> None:
    visitor.go("/explore")
    page = visitor.page
    total = visitor.number("[data-matching]")
    tile = page.get_by_role("link", name=re.compile(visitor.say("^四川 ", "^Sichuan ")))
    in_place = int((tile.get_attribute("aria-label") or "").split()[-1])
    tile.click()
    expect(page.locator("[data-matching]")).to_have_text(str(in_place))
    assert in_place < total
    bar = page.locator("section[aria-labelledby=facet-industry] .bars a").first
    in_both = int(bar.locator("span").last.inner_text())
    bar.click()
    expect(page.locator("[data-matching]")).to_have_text(str(in_both))
    choice = parse_qs(urlsplit(page.url).query)
    assert choice["place"] == ["510000"]
    assert choice["industry"]
    page.goto(page.url)
    expect(page.locator("[data-matching]")).to_have_text(str(in_both))
    assert len(rows(visitor.download("CSV", tmp_path))) == in_both + 1
    graph = rdflib.Graph().parse(visitor.download("TTL", tmp_path))
    assert len(set(graph.subjects())) == in_both
    page.go_back()
    expect(page.locator("[data-matching]")).to_have_text(str(in_place))


def test_a_fact_is_followed_to_its_source(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.page.locator("#home-search").fill("大健康研究院生物制造中试能力平台")
    visitor.page.locator("#home-search").press("Enter")
    visitor.page.locator(".hits a").first.click()
    expect(visitor.page.locator("h1")).not_to_be_empty()
    visitor.page.locator(".facts dd .badge.strong").first.click()
    expect(visitor.page).to_have_url(re.compile("/id/sources/"))
    expect(visitor.page.locator("dl.facts a[href^=http]").first).to_be_visible()


def test_why_leads_from_an_inference_to_records_and_sources(visitor: Visitor) -> None:
    visitor.go(PLATFORM)
    visitor.page.locator("dd .badge.inferred").first.click()
    expect(visitor.page).to_have_url(re.compile("/why"))
    expect(visitor.page.locator(".proof .inferred").first).to_be_visible()
    expect(visitor.page.locator(".proof .badge.strong, .proof .badge.weak").first).to_be_visible()


def test_weak_sources_can_be_seen_as_such(visitor: Visitor) -> None:
    visitor.go("/id/policies/pol-ah-2022-pilot-base-guidelines.html")
    badge = visitor.page.locator("dd .badge.weak").first
    expect(badge).to_be_visible()
    assert badge.evaluate("badge => getComputedStyle(badge).borderStyle") == "dashed"


def test_a_query_is_opened_in_the_editor_changed_and_run(visitor: Visitor) -> None:
    visitor.go("/queries/q4-platform-types")
    visitor.page.locator("summary", has_text="SPARQL").click()
    visitor.page.get_by_role(
        "link", name=visitor.say("在编辑器中打开", "Open in the editor")
    ).click()
    editor = visitor.page.locator(".yasqe .CodeMirror").first
    expect(editor).to_contain_text("SELECT")
    query = "SELECT (COUNT(?thing) AS ?things) WHERE { ?thing a zs:Platform }"
    editor.click()
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.insert_text(query)
    visitor.page.locator(".yasqe_queryButton").first.click()
    expect(visitor.page.locator(".yasr table")).to_contain_text(re.compile(r"\d{3}"))


def test_the_editor_completes_terms_by_name_and_draws_numbers(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/editor")
    editor = page.locator(".yasqe .CodeMirror").first
    expect(editor).to_contain_text("SELECT")
    page.locator(".yasqe_queryButton").first.click()
    page.locator(".yasr .select_bars").click()
    expect(page.locator(".bars-of-results rect")).to_have_count(15)
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT * { ?s a " + visitor.say("政策文件", "policy"))
    page.keyboard.press("Control+Space")
    hint = page.locator(".CodeMirror-hint", has_text="zs:PolicyDocument").first
    hint.click()
    expect(editor).to_contain_text("?s a zs:PolicyDocument")
    page.locator("#examples").select_option(index=1)
    expect(editor).to_contain_text("zs:Definition")


def test_the_editor_draws_a_map_of_places(visitor: Visitor) -> None:
    page, base = visitor.page, "https://w3id.org/zsgraph/id/regions/"
    rows = ("510000", 3), ("510100", 4), ("110000", 5), ("100000", 6)
    values = " ".join(f"(<{base}{code}> {number})" for code, number in rows)
    for asked, sum_of_sichuan, elsewhere in ("*", "7", "6"), ("?place", "2", "1"):
        query = f"SELECT {asked} {{ VALUES (?place ?number) {{ {values} }} }}"
        visitor.go("/editor?" + urlencode({"query": query}))
        page.locator(".yasqe_queryButton").first.click()
        page.get_by_role("button", name=visitor.say("地图", "Map")).click()
        tiles = page.locator(".yasr svg.tiles")
        expect(tiles.locator("title")).to_have_count(34)
        sichuan = tiles.get_by_role("link", name=visitor.say("四川", "Sichuan"))
        expect(sichuan.locator(".count")).to_have_text(sum_of_sichuan)
        expect(tiles.get_by_role("link")).to_have_count(2)
        expect(page.locator(".yasr_results p")).to_contain_text(elsewhere)
        assert visitor.overflows() <= 0
    tiles.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/id/regions/110000"))
    visitor.go("/editor")
    page.locator(".yasqe_queryButton").first.click()
    expect(page.locator(".yasr .select_bars")).to_be_visible()
    expect(page.locator(".yasr .select_map")).to_have_class(re.compile("disabled"))


def test_an_answer_is_taken_along(visitor: Visitor, site: Live, tmp_path: Path) -> None:
    visitor.go("/queries/q7-industries")
    known = site.get("/api/queries/q7-industries?limit=1").json()
    found = rows(visitor.download("CSV", tmp_path))
    assert len(found) == known["total"] + 1
    chart = visitor.download(visitor.say("图 PNG", "Chart PNG"), tmp_path)
    assert chart.read_bytes().startswith(b"\x89PNG")


def test_the_language_is_changed_where_one_stands(visitor: Visitor) -> None:
    visitor.go("/queries/q6-platforms?contains=2025")
    visitor.page.locator(".site-header a[hreflang]").click()
    other = "en" if visitor.language == "zh" else "zh"
    expect(visitor.page.locator("html")).to_have_attribute("lang", re.compile(f"^{other}"))
    assert "contains=2025" in visitor.page.url
