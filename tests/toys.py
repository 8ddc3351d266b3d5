"""The toy knowledge, a library of books: copied into a folder of its own, edited and built."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PROJECT
from zsgraph.build import Summary, build
from zsgraph.findings import Finding, Severity
from zsgraph.knowledge import Knowledge, locate

TOY = PROJECT / "tests" / "toy"


@dataclass(frozen=True)
class Library:
    """A copy of the toy knowledge and a home for its graphs."""

    root: Path
    home: Path

    @property
    def knowledge(self) -> Knowledge:
        return locate(self.root)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the copy anew."""
        data = content.encode() if isinstance(content, str) else content
        (self.root / path).write_bytes(data)

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace the only occurrence of a text in a file of the copy."""
        file = self.root / path
        text = file.read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} is in {path} {text.count(old)} times"
        file.write_bytes(text.replace(old, new).encode())

    def build(self) -> Summary:
        """Build the copy in its home."""
        return build(self.knowledge, self.home)

    def errors(self) -> list[Finding]:
        """Build the copy and return the errors that were found."""
        return [f for f in self.build().findings if f.severity is Severity.ERROR]


def copy_of_toy(folder: Path) -> Library:
    """Copy the toy knowledge into a folder."""
    shutil.copytree(TOY, folder / "library")
    return Library(folder / "library", folder / "home")
