"""An export appears whole or not at all: full disks, kills, folders that are there already."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.export.conftest import Exported
from tests.export.test_stability import contents
from zsgraph.build import Silence
from zsgraph.errors import ZsgraphError
from zsgraph.export.registry import FORMATS
from zsgraph.export.run import Options, export

EVERYTHING = Options(tuple(FORMATS))
KEEPER = "kept.txt"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of eight megabytes, on which no export has room beside a filler."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_nothing_and_a_second_try_completes(
    shipped: Exported, small_disk: Path, tmp_path: Path, form: str
) -> None:
    target = small_disk / "export"
    target.mkdir()
    (target / f"zsgraph.{FORMATS[form].ending}").write_text("of before")
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 7_900_000)
    before = contents(small_disk)
    with pytest.raises(ZsgraphError) as caught:
        export(shipped.graph, shipped.knowledge, Options((form,)), target, Silence())
    assert "磁盘已满" in caught.value.message.zh
    assert "full" in caught.value.message.en
    assert contents(small_disk) == before

    subprocess.run(["mount", "-o", "remount,size=80m", str(small_disk)], check=True)
    export(shipped.graph, shipped.knowledge, Options((form,)), target, Silence())
    found = contents(target)
    expected = contents(shipped.folder)
    del found["description.ttl"]  # has the sizes of these files only
    assert found
    assert {name: expected.get(name) for name in found if name in expected} == {
        name: content for name, content in found.items() if name in expected
    }


def test_a_killed_export_leaves_nothing_visible_and_the_next_one_tidies_up(
    shipped: Exported, built: tuple[Path, object], tmp_path: Path
) -> None:
    target = tmp_path / "out" / "export"
    target.parent.mkdir()
    command = [str(Path(sys.executable).with_name("zsgraph")), "export", "-f", "all"]
    environment = os.environ | {"ZSGRAPH_HOME": str(built[0])}
    process = subprocess.Popen(
        [*command, "-o", str(target)], env=environment, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while not list(target.parent.glob(".zsgraph-export-*/files/zsgraph.nq")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not target.exists()
    assert len(list(target.parent.iterdir())) == 1

    export(shipped.graph, shipped.knowledge, Options(), target, Silence())
    assert [path.name for path in target.parent.iterdir()] == ["export"]


def test_files_of_others_stay_and_those_of_the_same_name_are_replaced(
    awkward: Exported, tmp_path: Path
) -> None:
    target = tmp_path / "export"
    target.mkdir()
    (target / KEEPER).write_text("mine")
    (target / "zsgraph.nq").write_text("of before")
    export(awkward.graph, awkward.knowledge, EVERYTHING, target, Silence())
    assert (target / KEEPER).read_text() == "mine"
    assert (target / "zsgraph.nq").read_bytes() == awkward.file("nquads").read_bytes()
    assert not [path for path in target.iterdir() if path.name.startswith(".")]


def test_a_folder_that_cannot_be_made_is_told(awkward: Exported, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ZsgraphError, match="is a file, not a folder"):
        export(awkward.graph, awkward.knowledge, Options(), tmp_path / "file", Silence())


def test_the_manifest_tells_size_checksum_and_statements_of_each_file(shipped: Exported) -> None:
    import hashlib

    manifest = json.loads((shipped.folder / "manifest.json").read_bytes())
    entries = {entry["file"]: entry for entry in manifest["files"]}
    assert entries.keys() == contents(shipped.folder).keys()
    for name, content in contents(shipped.folder).items():
        assert entries[name]["bytes"] == len(content)
        assert entries[name]["sha256"] == hashlib.sha256(content).hexdigest()
    quads, triples = entries["zsgraph.nq"], entries["zsgraph.ttl"]
    assert quads["statements"] == len(shipped.quads())
    assert triples["statements"] == len(shipped.triples())
    assert quads["rdfc10"] == quads["sha256"] == entries["zsgraph.trig"]["rdfc10"]
    assert triples["rdfc10"] == entries["zsgraph.nt"]["sha256"]


def test_a_manifest_keeps_the_files_of_an_earlier_export_of_the_same_graph(
    awkward: Exported, tmp_path: Path
) -> None:
    target = tmp_path / "export"
    for form in ("nquads", "turtle"):
        export(awkward.graph, awkward.knowledge, Options((form,)), target, Silence())
    files = [e["file"] for e in json.loads((target / "manifest.json").read_bytes())["files"]]
    assert files == ["zsgraph.nq", "zsgraph.ttl"]
