"""The guide to the server: each command and each program in it does what it says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.web.live import Live

GUIDES = [PROJECT / "docs" / f"server.{language}.md" for language in ("zh", "en")]
SHOWN = "http://127.0.0.1:8000"


def blocks(guide: Path, language: str) -> list[str]:
    text = guide.read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_calls_are_answered(guide: Path, server: Live) -> None:
    lines = [line for block in blocks(guide, "sh") for line in block.splitlines()]
    calls = [shlex.split(line.replace(SHOWN, server.url)) for line in lines if "curl" in line]
    assert len(calls) > 5
    for call in calls:
        ran = subprocess.run([*call, "-sS", "--fail"], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, (call, ran.stderr)
        assert len(ran.stdout.splitlines()) > 0


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_programs_run(guide: Path, server: Live) -> None:
    programs = blocks(guide, "python")
    assert programs
    for program in programs:
        text = program.replace(SHOWN, server.url)
        ran = subprocess.run([sys.executable, "-c", text], capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr
