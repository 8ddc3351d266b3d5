"""The command line run in this process, and what it leaves behind."""

import re
import sys
from dataclasses import dataclass

import pytest

from tests.toys import Library
from zsgraph.cli import main

CHINESE = re.compile("[\u4e00-\u9fff]")
SETTINGS = ("ZSGRAPH_LANG", "ZSGRAPH_HOME", "ZSGRAPH_DEBUG", "LC_ALL", "LANG")


@dataclass(frozen=True)
class Ran:
    """What a command left behind: exit code and what it wrote."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Runs commands in this process."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> Ran:
        self.monkeypatch.setattr(sys, "argv", ["zsgraph", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(int(exit_.value.code or 0), out, err)

    def build(self, library: Library, *options: str) -> Ran:
        place = ("--root", str(library.root), "--home", str(library.home))
        return self.run("build", *place, *options)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return Shell(monkeypatch, capsys)
