"""Every page can be used by everyone: no barrier, no overflow, no script needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

MISSING = "/no-such-page"
PAGES = [
    "/",
    "/questions",
    "/queries",
    "/queries/q6-platforms?region=四川省",
    "/queries/policy-genealogy",
    "/browse",
    "/browse/platforms",
    "/find?q=生物",
    "/explore?place=510000",
    "/explore?kind=policies",
    "/id/platforms/plt-ah-hefei-biomanufacturing.html",
    "/id/policies/pol-ah-2022-pilot-base-guidelines.html",
    "/id/regions/510000.html",
    "/id/organisations/org-ah-st.html",
    "/scheme/industry/biomedicine.html",
    "/why?s=plt-ah-hefei-biomanufacturing&p=zs:locatedIn&o=regions/340000",
    "/editor",
    "/about",
    "/about/data",
    "/about/evidence",
    "/scheme/evidence-tier.html",
    "/api",
    MISSING,
]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh", 390, "light"), ("en", 1440, "dark")],
)
def test_no_page_has_barriers(
    language: str, width: int, scheme: str, enter: Callable[..., Visitor]
) -> None:
    visitor = enter(language, width, color_scheme=scheme)
    found = []
    for path in PAGES:
        visitor.go(path)
        found += visitor.barriers()
    forgive_missing(visitor)
    assert found == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_wider_than_its_window(language: str, enter: Callable[..., Visitor]) -> None:
    visitor = enter(language, 390)
    wide = {}
    for path in PAGES:
        visitor.go(path)
        wide[path] = visitor.overflows()
    forgive_missing(visitor)
    assert {path: pixels for path, pixels in wide.items() if pixels} == {}


def forgive_missing(visitor: Visitor) -> None:
    """Forget that the console tells of the page that is not there."""
    visitor.complaints[:] = [text for text in visitor.complaints if MISSING not in text]


def test_pages_serve_without_script(enter: Callable[..., Visitor]) -> None:
    visitor = enter("zh", 390, java_script_enabled=False)
    page = visitor.page
    visitor.go("/explore")
    page.get_by_role("link", name="四川 ").click()
    expect(page.locator(".badge.inferred")).to_contain_text("四川")
    visitor.go("/queries/q6-platforms")
    page.locator("#contains").fill("2025")
    page.locator("#contains").press("Enter")
    expect(page.locator("#rows .muted")).to_contain_text("/")
    page.locator("thead a").first.click()
    expect(page.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    visitor.go("/editor?query=ASK+{}")
    page.get_by_role("button", name="运行").click()
    page.wait_for_url("**/sparql?**")
    # What follows is JSON, which the browser shows by a page of its own.
    visitor.page.wait_for_load_state("networkidle")
    visitor.complaints[:] = [text for text in visitor.complaints if "/sparql?" not in text]


def test_the_keyboard_reaches_content_and_search(enter: Callable[..., Visitor]) -> None:
    visitor = enter("en", 1440)
    visitor.go("/")
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator("#home-search")).to_be_focused()


def test_paper_shows_what_matters(enter: Callable[..., Visitor]) -> None:
    visitor = enter("zh", 1440)
    visitor.go("/queries/q6-platforms")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator(".site-nav")).to_be_hidden()
    expect(visitor.page.locator("table")).to_be_visible()
