"""One browser and one server for all visits."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.visitor import AXE, Visitor
from tests.web.live import Live, running
from zsgraph.build import Summary

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 30_000  # milliseconds; the machine may be busy
HEIGHT = 900


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None or not AXE.is_file():
        pytest.skip("needs Debian's chromium and npm's axe-core (scripts/system_packages)")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=FLAGS)


@pytest.fixture(scope="package")
def site(built: tuple[Path, Summary]) -> Iterator[Live]:
    with running(built[0], "--workers", "1", "--queries", "2") as live:
        yield live


@pytest.fixture
def enter(browser: Browser, site: Live) -> Iterator[Callable[..., Visitor]]:
    """Let visitors in; when they leave, none may have a complaint."""
    visitors: list[Visitor] = []

    def enter(language: str = "zh", width: int = 1440, **options: object) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(_PATIENCE)
        visitors.append(Visitor.entering(context, site.url, language))
        return visitors[-1]

    yield enter
    for visitor in visitors:
        visitor.page.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture(params=[("zh", 1440), ("zh", 390), ("en", 1440), ("en", 390)], ids=str)
def visitor(request: pytest.FixtureRequest, enter: Callable[..., Visitor]) -> Visitor:
    """A visitor in each language, at a desk and with a phone."""
    return enter(*request.param)
