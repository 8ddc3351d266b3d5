"""The pages for stewards and developers: their links lead somewhere, the workflow does its work."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import PROJECT

GUIDES = [
    PROJECT / name
    for name in (
        "CONTRIBUTING.md",
        "docs/stewards.zh.md",
        "docs/stewards.en.md",
        "data/README.md",
        "docs/researchers.zh.md",
        "docs/researchers.en.md",
        "docs/systems.zh.md",
        "docs/systems.en.md",
        "docs/server.zh.md",
        "docs/server.en.md",
    )
]
WORKFLOW = PROJECT / "docs" / "validate-workflow.yml"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {_NOT_IN_ANCHORS.sub("", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert links
    for link in links:
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("guide", ["stewards", "researchers", "server"])
def test_both_guides_have_the_same_parts(guide: str) -> None:
    pages = [page for page in GUIDES if page.name.startswith(guide)]
    zh, en = (page.read_text(encoding="utf-8") for page in pages)
    for part in (r"^## ", r"^\| ", r"^- ", r"^!\[", r"^```sh"):
        pattern = re.compile(part, re.MULTILINE)
        assert len(pattern.findall(zh)) == len(pattern.findall(en)), part


@pytest.mark.parametrize("code", [0, 1])
def test_workflow_validates_the_changed_sheets_all_at_once(tmp_path: Path, code: int) -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    script = workflow["jobs"]["validate"]["steps"][-1]["run"]
    folder = tmp_path / "records"
    folder.mkdir()

    def git(*arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", *who, *arguments]
        return subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True
        ).stdout.strip()

    git("init", "-q")
    for name in ("changed name.csv", "same.csv", "gone.csv"):
        (folder / name).write_text("id\n")
    git("add", ".")
    git("commit", "-qm", "before")
    base = git("rev-parse", "HEAD")
    (folder / "changed name.csv").write_text("id\na\n")
    (folder / "-new;touch bad.xlsx").write_bytes(b"x")
    (folder / "notes.txt").write_text("no sheet")
    (folder / "gone.csv").unlink()
    git("add", "-A", ".")
    git("commit", "-qm", "after")

    commands = tmp_path / "commands"
    commands.mkdir()
    fake = commands / "zsgraph"
    fake.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@"\nexit {code}\n')
    fake.chmod(0o755)
    ran = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ
        | {"PATH": f"{commands}:{os.environ['PATH']}", "BASE": base, "RUNNER_TEMP": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.stdout.splitlines() == [
        "validate",
        "--format",
        "github",
        "--",
        "-new;touch bad.xlsx",
        "changed name.csv",
    ]
    assert (ran.returncode == 0) is (code == 0)
