"""A visitor: a page of a real browser that remembers what went wrong while it was used."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request

from tests.conftest import PROJECT

AXE = PROJECT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
_LOCAL = ("data:", "blob:", "about:")
_GRAVE = ("serious", "critical")


@dataclass
class Visitor:
    """A page in one language and of one width.

    Attributes
    ----------
    complaints
        Errors on the console, failures of scripts, and requests to other hosts.
    """

    page: Page
    base: str
    language: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def entering(cls, context: BrowserContext, base: str, language: str) -> "Visitor":
        """Open a page in a context."""
        visitor = cls(context.new_page(), base, language)
        visitor.page.on("console", visitor._heard)
        visitor.page.on("pageerror", visitor._failed)
        visitor.page.on("request", visitor._asked)
        return visitor

    def go(self, path: str) -> None:
        """Open a page of the site in the visitor's language."""
        joint = "&" if "?" in path else "?"
        self.page.goto(f"{self.base}{path}{joint}lang={self.language}")

    def say(self, zh: str, en: str) -> str:
        """Return a text in the visitor's language."""
        return zh if self.language == "zh" else en

    def overflows(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(script))

    def barriers(self) -> list[str]:
        """Return what keeps people out, as axe-core finds it; nothing of the editor's own."""
        self.page.evaluate(_axe(AXE))
        found: dict[str, Any] = self.page.evaluate(
            "axe.run({exclude: ['#editor']}, {resultTypes: ['violations']})"
        )
        return [
            f"{self.page.url}: {violation['id']}: {violation['nodes'][0]['html'][:200]} "
            f"{json.dumps(violation['nodes'][0]['any'][:1])[:300]}"
            for violation in found["violations"]
            if violation["impact"] in _GRAVE
        ]

    def number(self, selector: str) -> int:
        """Return the number that an element holds."""
        text = self.page.locator(selector).inner_text()
        return int(re.sub(r"\D", "", text))

    def download(self, name: str | re.Pattern[str], folder: Path) -> Path:
        """Follow a link that gives a file, and return where it lies."""
        with self.page.expect_download() as begun:
            self.page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()
        target = folder / begun.value.suggested_filename
        begun.value.save_as(target)
        return target

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _failed(self, error: Error) -> None:
        self.complaints.append(f"{self.page.url}: {error}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, *_LOCAL)):
            self.complaints.append(f"{self.page.url}: asks {request.url}")


def _axe(path: Path) -> str:
    return path.read_text(encoding="utf-8")
