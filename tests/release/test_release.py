"""A release is made whole from a clean checkout, which carries its version afterwards."""

import gc
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.release.conftest import FAIL, Checkout
from zsgraph.errors import ZsgraphError
from zsgraph.export.registry import FORMATS
from zsgraph.patch import apply_to_store, quad_of, read_patch
from zsgraph.release.versioned_files import for_release
from zsgraph.transaction import Disk, replace_files

VERSIONED = {
    "CHANGELOG.md",
    "CITATION.cff",
    "data/description.ttl",
    "ontology/library.ttl",
    "pyproject.toml",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def changed(checkout: Checkout) -> set[str]:
    return {line[3:] for line in checkout.git("status", "--porcelain").splitlines()}


def stored(folder: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=folder / "zsgraph.nq", format=ox.RdfFormat.N_QUADS)
    return store


def test_a_release_holds_all_exports_and_papers(checkout: Checkout) -> None:
    ran = checkout.release("1.0.0")
    assert ran.code == 0, ran.err
    files = contents(checkout.folder("1.0.0"))
    for form in FORMATS.values():
        assert any(form.ending in name for name in files), form.name
    assert {"CITATION.cff", "LICENSE", "CHANGES.md", "manifest.json"} <= files.keys()
    assert files["CHANGES.md"].decode() == "# 1.0.0 - 2026-12-01\n\n### Added\n\n- A library.\n"
    assert b"version: 1.0.0\ndate-released: 2026-12-01\n" in files["CITATION.cff"]


def test_the_manifest_has_the_checksum_of_every_file(checkout: Checkout) -> None:
    assert checkout.release("1.0.0").code == 0
    files = contents(checkout.folder("1.0.0"))
    manifest = json.loads(files.pop("manifest.json"))
    sums = {entry["file"]: entry["sha256"] for entry in manifest["files"]}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_the_checkout_carries_the_version_to_be_committed(checkout: Checkout) -> None:
    ran = checkout.release("1.0.0")
    assert changed(checkout) == VERSIONED
    assert "git tag v1.0.0" in ran.out
    assert 'versionInfo "1.0.0" ; # the version' in checkout.text("ontology/library.ttl")
    assert 'dcat:version "1.0.0"' in checkout.text("data/description.ttl")
    assert "## [Unreleased]\n\n## [1.0.0] - 2026-12-01\n" in checkout.text("CHANGELOG.md")


def test_the_released_ontology_names_the_version_before(checkout: Checkout) -> None:
    checkout.publish("1.0.0")
    checkout.note("More.")
    checkout.commit()
    checkout.publish("1.1.0-rc.1")
    store = stored(checkout.folder("1.1.0-rc.1"))
    library = ox.NamedNode("https://example.org/library")
    found = {
        quad.predicate.value.partition("#")[2]: quad.object.value
        for quad in store.quads_for_pattern(library, None, None, None)
        if isinstance(quad.object, ox.NamedNode | ox.Literal) and "ersion" in quad.predicate.value
    }
    assert found == {
        "versionInfo": "1.1.0-rc.1",
        "versionIRI": "https://example.org/library/1.1.0-rc.1/",
        "priorVersion": "https://example.org/library/1.0.0/",
    }


def test_the_next_release_tells_what_differs(checkout: Checkout) -> None:
    checkout.publish("1.0.0")
    checkout.note("A better remark.")
    checkout.library.replace("data/remarks.csv", "A pen name.", "His pen name.")
    checkout.commit()
    ran = checkout.release("1.1.0")
    assert "zsgraph-1.0.0" in ran.out
    folder = checkout.folder("1.1.0")
    assert "A pen name. → His pen name." in (folder / "changes.en.md").read_text(encoding="utf-8")
    store = stored(checkout.folder("1.0.0"))
    apply_to_store(read_patch((folder / "changes.rdfp").open(encoding="utf-8")), store)
    assert set(map(quad_of, store)) == set(map(quad_of, stored(folder)))


def test_the_same_release_is_made_again_from_its_tag(checkout: Checkout) -> None:
    checkout.publish("1.0.0")
    again = checkout.root / "dist" / "again"
    assert checkout.release("1.0.0", "--out", str(again)).code == 0
    assert contents(again) == contents(checkout.folder("1.0.0"))


def test_a_release_can_be_compressed(checkout: Checkout) -> None:
    assert checkout.release("1.0.0", "--compress", "gzip").code == 0
    names = contents(checkout.folder("1.0.0"))
    assert {"zsgraph.nq.gz", "CITATION.cff"} <= names.keys()


def refused(checkout: Checkout, version: str, said: str, *options: str, **more: str) -> None:
    before = contents(checkout.root)
    ran = checkout.release(version, *options, **more)
    assert ran.code in (1, 2)
    assert said in ran.err
    assert {n: c for n, c in contents(checkout.root).items() if ".git/" not in n} == {
        n: c for n, c in before.items() if ".git/" not in n
    }


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-", "01.0.0", "１.0.0", "1.0.0-01"])
def test_what_is_no_semantic_version_is_refused(version: str, checkout: Checkout) -> None:
    refused(checkout, version, "no semantic version")


@pytest.mark.parametrize("version", ["0.9.0", "1.0.0-rc.1"])
def test_a_version_does_not_go_backwards(version: str, checkout: Checkout) -> None:
    checkout.publish("1.0.0")
    checkout.note("More.")
    checkout.commit()
    refused(checkout, version, "does not go after 1.0.0")
    refused(checkout, "1.0.0", "check that tag out")


def test_a_tree_that_is_not_clean_is_refused(checkout: Checkout) -> None:
    checkout.library.write("data/notes.txt", "not committed")
    refused(checkout, "1.0.0", "data/notes.txt")


def test_failing_tests_are_refused(checkout: Checkout) -> None:
    refused(checkout, "1.0.0", "The tests failed (false, exit code 1)", tests=FAIL)
    refused(checkout, "1.0.0", "Name the command with --tests", tests="no-such-program")


def test_tests_that_write_into_the_tree_are_refused(checkout: Checkout) -> None:
    ran = checkout.release("1.0.0", tests="touch data/left-behind.txt")
    assert ran.code == 2
    assert "data/left-behind.txt" in ran.err
    assert changed(checkout) == {"data/left-behind.txt"}


def test_records_with_errors_are_refused(checkout: Checkout) -> None:
    checkout.library.replace("data/remarks.csv", "aut-orwell", "aut-nobody")
    checkout.commit()
    refused(checkout, "1.0.0", "The records have errors")


def test_missing_extras_are_told_before_the_tests_run(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zsgraph.export.registry.find_spec", lambda name: None)
    refused(checkout, "1.0.0", "zsgraph[parquet]", tests=FAIL)


def test_an_empty_changelog_is_refused(checkout: Checkout) -> None:
    checkout.library.replace("CHANGELOG.md", "### Added\n\n- A library.\n", "")
    checkout.commit()
    refused(checkout, "1.0.0", "[Unreleased]")


def test_a_folder_that_exists_is_refused(checkout: Checkout) -> None:
    checkout.folder("1.0.0").mkdir(parents=True)
    (checkout.folder("1.0.0") / "mine.txt").write_text("mine")
    refused(checkout, "1.0.0", "exists already")


def test_an_unusual_version_is_left_alone(checkout: Checkout) -> None:
    checkout.library.replace("ontology/library.ttl", "library/0.0.1/>", "library/latest/>")
    checkout.commit()
    refused(checkout, "1.0.0", "library.ttl")


def test_outside_of_git_nothing_is_released(checkout: Checkout) -> None:
    (checkout.root / ".git").rename(checkout.root / ".no-git")
    refused(checkout, "1.0.0", "no git checkout")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield folder
    gc.collect()  # closes the stores that a failure left open
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("size", ["100k", "400k", "700k"])
def test_a_full_disk_leaves_nothing_and_a_second_try_completes(
    size: str, checkout: Checkout, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(small_disk)], check=True)
    target = small_disk / "release"
    refused(checkout, "1.0.0", "is full", "--out", str(target))
    assert contents(small_disk) == {}
    assert changed(checkout) == set()

    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert checkout.release("1.0.0", "--out", str(target)).code == 0
    assert changed(checkout) == VERSIONED
    assert "manifest.json" in contents(target)


def test_a_killed_release_leaves_nothing_and_a_second_try_completes(checkout: Checkout) -> None:
    place = ("--root", str(checkout.root), "--tests", "true", "--date", "2026-12-01")
    command = [str(Path(sys.executable).with_name("zsgraph")), "release", "1.0.0", *place]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(checkout.root.glob("dist/.zsgraph-export-*/files/*")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert not checkout.folder("1.0.0").exists()
    assert changed(checkout) == set()
    assert checkout.release("1.0.0").code == 0
    assert [path.name for path in (checkout.root / "dist").iterdir()] == ["zsgraph-1.0.0"]


def test_a_release_killed_while_it_writes_versions_is_finished(checkout: Checkout) -> None:
    edits = for_release(checkout.library.knowledge, "1.0.0", "2026-12-01")
    with pytest.raises(ZsgraphError):
        replace_files(checkout.root, edits, Failing(2))
    assert 0 < len(changed(checkout) & VERSIONED) < len(VERSIONED)
    ran = checkout.release("1.0.0")
    assert "Commit or undo" in ran.err
    assert changed(checkout) == VERSIONED
    checkout.commit()
    assert checkout.release("1.0.0").code == 0


class Failing(Disk):
    """A disk on which only so many files get their new names once the journal is there."""

    def __init__(self, renames: int) -> None:
        self._left = renames + 1

    def rename(self, old: Path, new: Path) -> None:
        self._left -= 1
        if self._left < 0:
            raise OSError(28, "No space left on device")
        super().rename(old, new)
