"""``CHANGELOG.md``: its sections, and the one of a release.

Standard: Keep a Changelog 1.1.0, https://keepachangelog.com/
"""

import re
from dataclasses import dataclass
from typing import Final

from zsgraph.errors import KnowledgeError

FILE: Final = "CHANGELOG.md"
UNRELEASED: Final = "Unreleased"
_HEADING: Final = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?.*$", re.M)
_LINK: Final = re.compile(r"^\[[^\]]+\]: ", re.M)


@dataclass(frozen=True, slots=True)
class Section:
    """A section: ``Unreleased`` or a version with its date (year-month-day), and its text."""

    name: str
    date: str
    text: str


def sections(changelog: str) -> list[Section]:
    """Return the sections in the order of the file."""
    found = list(_HEADING.finditer(changelog))
    ends = [match.start() for match in found[1:]] + [len(changelog)]
    return [
        Section(m["name"], m["date"] or "", _LINK.split(changelog[m.end() : end])[0].strip())
        for m, end in zip(found, ends, strict=True)
    ]


def section(changelog: str, name: str) -> Section | None:
    """Return the section of a version, None if there is none."""
    return next((s for s in sections(changelog) if s.name == name), None)


def release_section(changelog: str, version: str, date: str) -> str:
    """Return the changelog with what was unreleased under a version, below an empty heading.

    Raises
    ------
    KnowledgeError
        If nothing unreleased is written.
    """
    unreleased = section(changelog, UNRELEASED)
    if unreleased is None or not unreleased.text:
        raise KnowledgeError(
            f"{FILE} 的 [{UNRELEASED}] 下什么也没写。请先写明这一版有何改动。",
            f"Nothing stands under [{UNRELEASED}] in {FILE}. First write what this release "
            "changes.",
        )
    heading = f"## [{UNRELEASED}]"
    return changelog.replace(heading, f"{heading}\n\n## [{version}] - {date}", 1)
