"""A checkout of the toy that can be released, and one small disk."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.shell import Ran, Shell, shell
from tests.toys import Library, copy_of_toy

__all__ = ["Shell", "shell"]
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A library.\n"
CITATION = """cff-version: 1.2.0
title: A library
authors:
  - name: Nobody
version: 0.0.1
date-released: 2026-01-01
url: https://example.org/
"""
HEADER = """<https://example.org/library> a owl:Ontology ;
    owl:versionInfo "0.0.1" ; # the version
    owl:versionIRI <https://example.org/library/0.0.1/> .
"""
PASS, FAIL = "true", "false"
DATE = "2026-12-01"


@dataclass(frozen=True)
class Checkout:
    """A git checkout of the toy."""

    library: Library
    shell: Shell

    @property
    def root(self) -> Path:
        return self.library.root

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        command = ["git", "-C", str(self.root), *identity, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def commit(self, message: str = "Change") -> None:
        self.git("add", ".")
        self.git("commit", "-qm", message)

    def note(self, text: str) -> None:
        """Write of a change in the changelog."""
        self.library.replace("CHANGELOG.md", "## [Unreleased]\n", f"## [Unreleased]\n\n- {text}\n")

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def release(self, version: str, *options: str, tests: str = PASS) -> Ran:
        place = ("--root", str(self.root), "--tests", tests, "--date", DATE, "--lang", "en")
        return self.shell.run("release", version, *place, *options)

    def publish(self, version: str) -> None:
        """Release a version, commit and tag it."""
        assert self.release(version).code == 0
        self.commit(f"Release {version}")
        self.git("tag", f"v{version}")

    def folder(self, version: str) -> Path:
        return self.root / "dist" / f"zsgraph-{version}"


@pytest.fixture
def checkout(tmp_path: Path, shell: Shell) -> Checkout:
    library = copy_of_toy(tmp_path)
    library.write("CHANGELOG.md", CHANGELOG)
    library.write("CITATION.cff", CITATION)
    library.write("LICENSE", "Do as you like.\n")
    library.write("pyproject.toml", '[project]\nname = "library"\nversion = "0.0.1"\n')
    library.write(".gitignore", "dist/\n")
    library.replace(
        "ontology/library.ttl", "<https://example.org/library> a owl:Ontology .\n", HEADER
    )
    description = (PROJECT / "tests" / "release" / "description.ttl").read_bytes()
    library.write("data/description.ttl", description)
    found = Checkout(library, shell)
    found.git("init", "-q")
    found.commit("First")
    return found
