"""Two states to compare: the toy edited, and a copy of the shipped knowledge edited."""

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.shell import Shell, shell
from tests.toys import Library, copy_of_toy
from zsgraph.diff.compare import Comparison, compare
from zsgraph.diff.sides import opened
from zsgraph.knowledge import FOLDERS, locate

__all__ = ["Shell", "shell"]
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Pair:
    """Two copies of the toy."""

    old: Library
    new: Library


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    return Pair(copy_of_toy(tmp_path / "old"), copy_of_toy(tmp_path / "new"))


@pytest.fixture
def compared(pair: Pair) -> Iterator[Callable[[], Comparison]]:
    with ExitStack() as stack:

        def run() -> Comparison:
            knowledge = pair.new.knowledge
            sides = [opened(str(side.root), knowledge) for side in (pair.old, pair.new)]
            return compare(*(stack.enter_context(side) for side in sides))

        yield run


@pytest.fixture(scope="session")
def shipped_comparison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    """The shipped knowledge and a copy in which Sichuan's recognitions were edited."""
    folder = tmp_path_factory.mktemp("edited")
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, folder / name)
    edit_recognitions(folder / "data" / "recognitions.csv")
    with (
        opened(str(PROJECT), locate(PROJECT)) as old,
        opened(str(folder), locate(PROJECT)) as new,
    ):
        yield compare(old, new)


def edit_recognitions(path: Path) -> None:
    """End the first recognition in Sichuan, add one like the second, and remove the third."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    ended, model, removed, *_ = [row for row in rows if row["id"].startswith("rec-sc-")]
    ended["ended"] = "2026-03"
    rows.remove(removed)
    rows.append(model | {"id": "rec-sc-new-1"})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(rows)
