"""A desk where files are written and checked against the shipped graph."""

from pathlib import Path

import pytest

from zsgraph.findings import Finding
from zsgraph.knowledge import Knowledge
from zsgraph.store import current_folder
from zsgraph.validation.files import Report, check_files

HEAD = "id,name,name_basis,region,biomedicine,sources,established\n"
GOOD = "plt-sc-new,成都某中试平台,as-printed,510100,no,s0013,2024-05\n"


class Desk:
    """Writes files and has them checked against the shipped graph."""

    def __init__(self, folder: Path, knowledge: Knowledge, graph: Path) -> None:
        self.folder, self._knowledge, self._graph = folder, knowledge, graph

    def write(self, content: str | bytes, name: str = "platforms.csv") -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def check(self, *paths: Path, kind: str | None = None) -> Report:
        """Check files together."""
        return check_files(paths, self._knowledge, self._graph, kind)

    def findings(self, content: str | bytes, name: str = "platforms.csv") -> list[Finding]:
        """Write a file and check it."""
        return self.check(self.write(content, name)).findings


@pytest.fixture
def desk(tmp_path: Path, knowledge: Knowledge, built: tuple[Path, object]) -> Desk:
    return Desk(tmp_path, knowledge, current_folder(built[0]))


def told(findings: list[Finding]) -> list[tuple[str, int | None, str | None]]:
    """Return the name of the rule, row and column of each finding."""
    return [(f.rule.replace("#", "/").rpartition("/")[2], f.row, f.column) for f in findings]
