"""The address of an id that was changed leads to the new one for good."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.web.live import Live, running
from zsgraph.build import build
from zsgraph.knowledge import FOLDERS, locate

NEW = "id/platforms/plt-sn-rare-metals"
OLD = "id/platforms/plt-of-before"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server over the shipped records, one of which had another id."""
    root = tmp_path_factory.mktemp("changed")
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, root / name)
    with (root / "data" / "redirects.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{OLD.removeprefix('id/')},{NEW.removeprefix('id/')},,\n")
    home: Path = root / "home"
    assert build(locate(root), home).published
    with running(home, "--workers", "1") as live:
        yield live


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html", "?lang=en"])
def test_an_old_address_leads_to_the_new_one(suffix: str, changed: Live) -> None:
    answer = changed.get(f"/{OLD}{suffix}", "text/turtle")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/{NEW}{suffix}"


def test_the_new_address_answers(changed: Live) -> None:
    assert changed.get(f"/{NEW}.ttl", "text/turtle").status_code == 200
