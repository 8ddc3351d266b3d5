"""``zsgraph diff`` takes whatever holds a graph, and says what it cannot take."""

import gzip
import subprocess
from pathlib import Path

import pytest

from tests.diff.conftest import Pair
from tests.shell import Shell
from tests.toys import Library
from zsgraph.build import Silence
from zsgraph.export.run import Options, export
from zsgraph.store import open_graph


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    command = ["git", "-C", str(root), *identity, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def forms(library: Library, folder: Path) -> dict[str, str]:
    """Return the toy in all forms that can be compared."""
    assert library.build().published
    graph = open_graph(library.home)
    for compression in ("", "gzip", "zstd"):
        options = Options(compression=compression)
        target = folder / f"release{compression}"
        export(graph, library.knowledge, options, target, Silence())
    return {
        "knowledge": str(library.root),
        "records": str(library.root / "data"),
        "home": str(library.home),
        "graph": str((library.home / "current").resolve()),
        "file": str(folder / "release" / "zsgraph.nq"),
        "release": str(folder / "release"),
        "gzip": str(folder / "releasegzip"),
        "zstd": str(folder / "releasezstd" / "zsgraph.nq.zst"),
    }


def test_all_forms_of_a_graph_are_the_same(library: Library, shell: Shell, tmp_path: Path) -> None:
    root = str(library.root)
    for name, form in forms(library, tmp_path).items():
        ran = shell.run("diff", root, form, "--root", root, "--lang", "en")
        assert (ran.code, "Nothing differs." in ran.out) == (0, True), name + ran.out


@pytest.mark.parametrize("name", ["v0.1.0", "0.1.0", "HEAD~1"])
def test_revisions_are_read_without_touching_the_work_tree(
    name: str, library: Library, shell: Shell
) -> None:
    root = library.root
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "First")
    git(root, "tag", "v0.1.0")
    library.replace("data/remarks.csv", "A pen name.", "His pen name.")
    git(root, "commit", "-qam", "Second")
    library.replace("data/remarks.csv", "His pen name.", "Not saved yet.")
    ran = shell.run("diff", name, str(root), "--root", str(root), "--lang", "en")
    assert ran.code == 1
    assert "A pen name. → Not saved yet." in ran.out
    assert "Not saved yet." in (root / "data/remarks.csv").read_text(encoding="utf-8")


def test_output_goes_to_a_file(pair: Pair, shell: Shell, tmp_path: Path) -> None:
    pair.new.replace("data/remarks.csv", "A pen name.", "His pen name.")
    out = tmp_path / "changes.rdfp"
    root = str(pair.new.root)
    sides = (str(pair.old.root), root, "--root", root)
    ran = shell.run("diff", *sides, "--format", "patch", "-o", str(out))
    assert (ran.code, ran.out) == (1, "")
    assert out.read_text(encoding="utf-8").startswith("H id <uuid:")


def test_records_with_errors_are_not_compared(pair: Pair, shell: Shell) -> None:
    pair.new.replace("data/remarks.csv", "aut-orwell", "aut-nobody")
    root = str(pair.new.root)
    ran = shell.run("diff", str(pair.old.root), root, "--root", root, "--lang", "en")
    assert ran.code == 2
    assert "remarks.csv 2" in ran.err


@pytest.mark.parametrize("content", ["nonsense", "truncated", "other"])
def test_what_is_no_graph_is_refused(
    content: str, library: Library, shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / {"other": "graph.txt", "truncated": "graph.nq.gz"}.get(content, "graph.nq")
    whole = gzip.compress(b"<urn:a> <urn:b> <urn:c> <urn:d> .\n" * 99)
    path.write_bytes(whole[:-9] if content == "truncated" else content.encode())
    root = str(library.root)
    ran = shell.run("diff", root, str(path), "--root", root)
    assert ran.code == 2
    assert str(path) in ran.err


def test_an_unknown_name_is_refused(library: Library, shell: Shell, tmp_path: Path) -> None:
    root = str(library.root)
    (tmp_path / "empty").mkdir()
    for name in ("v9.9.9", "--output=x", str(tmp_path / "empty")):
        ran = shell.run("diff", "--root", root, "--", name, root)
        assert ran.code == 2
        assert name in ran.err
