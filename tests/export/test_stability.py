"""The same records give the same bytes, whatever hash seed, time zone and order of rows."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from tests.export.conftest import Exported
from zsgraph.export.sorting import sort_lines

FOLDERS = ("ontology", "shapes", "queries", "data")


def copy_of_knowledge(folder: Path, order: Callable[[list[str]], list[str]]) -> Path:
    """Copy the shipped knowledge, with the rows of each table in another order."""
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, folder / name)
    for path in (folder / "data").glob("*.csv"):
        head, *rows = records_of(path.read_text(encoding="utf-8"))
        path.write_text("".join([head, *order(rows)]), encoding="utf-8")
    return folder


def records_of(text: str) -> list[str]:
    """Split a CSV into its records, which may span lines."""
    records, open_ = [""], False
    for line in text.splitlines(keepends=True):
        records[-1] += line
        open_ ^= line.count('"') % 2 == 1
        if not open_:
            records.append("")
    return [record for record in records if record]


def exported_by(root: Path, seed: str, zone: str, language: str) -> Path:
    """Build and export with the installed command, in a process of its own."""
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": language,
        "ZSGRAPH_HOME": str(root / "home"),
    }
    zsgraph = str(Path(sys.executable).with_name("zsgraph"))
    out = root / "export"
    for command in (
        ["build", "--root", str(root)],
        ["export", "--root", str(root), "--format", "all", "--out", str(out)],
        ["export", "--root", str(root), "--compress", "gzip", "--out", str(out)],
        ["export", "--root", str(root), "--compress", "zstd", "--out", str(out)],
    ):
        done = subprocess.run([zsgraph, *command], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return out


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_order_seed_and_zone_do_not_matter(tmp_path: Path) -> None:
    first = copy_of_knowledge(tmp_path / "a", lambda rows: rows)
    second = copy_of_knowledge(tmp_path / "b", lambda rows: rows[::-1])
    one = exported_by(first, "0", "UTC", "C.UTF-8")
    other = exported_by(second, "4321", "Asia/Shanghai", "zh_CN.UTF-8")
    before, after = contents(one), contents(other)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert len(before) > 50
    manifests = [json.loads((out / "manifest.json").read_bytes()) for out in (one, other)]
    assert manifests[0]["files"] == manifests[1]["files"]


def test_n_quads_are_the_canonical_form_of_the_dataset(exported: Exported) -> None:
    dataset = ox.Dataset(exported.graph.store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    canonical = b"".join(sorted(f"{quad} .\n".encode() for quad in dataset))
    assert exported.file("nquads").read_bytes() == canonical


@pytest.mark.parametrize("chunk", [1, 10, 1000])
def test_lines_larger_than_the_memory_are_sorted_the_same(tmp_path: Path, chunk: int) -> None:
    lines = [f"{number * 7919 % 101}\n".encode() for number in range(300)]
    target = tmp_path / "sorted"
    assert sort_lines([lines[:150], lines[150:]], target, chunk) == (300, 101)
    assert target.read_bytes() == b"".join(sorted(set(lines)))
    assert list(tmp_path.iterdir()) == [target]
