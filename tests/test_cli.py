"""The command line: wrong use, languages, the last resort, help."""

import re
import subprocess
import sys

import pytest

from tests.shell import CHINESE, Shell, shell
from tests.toys import Library
from zsgraph.cli import COMMANDS, main

__all__ = ["shell"]


class TestWrongUse:
    """Wrong options end with code 2 and a sentence in the reader's language."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["biuld"], "没有叫“biuld”的命令。是不是“build”"),
            (["--lang", "en", "biuld"], "no command “biuld”. Did you mean “build”"),
            (["--lang", "en", "build", "--hoem", "x"], "no option --hoem. Did you mean --home"),
            (["build", "--home"], "--home"),
            (["--lang", "de", "build"], "zh"),
            (["--lang", "en", "build", "--reasoner", "pellet"], "pellet.*default, owlrl"),
            (["--lang", "en", "build", "--validator", "none"], "none.*default, pyshifty, pyshacl"),
            (["--lang", "en", "build", "--data", "/nowhere"], "no folder /nowhere"),
            (["build", "--root", "/nowhere"], "找不到文件夹 /nowhere"),
            (["build", "surplus"], "surplus"),
        ],
    )
    def test_is_told(self, shell: Shell, arguments: list[str], said: str) -> None:
        ran = shell.run(*arguments)
        assert ran.code == 2
        assert re.search(said, ran.err)
        assert ran.out == ""

    def test_a_home_that_cannot_be_made(self, shell: Shell, library: Library) -> None:
        library.write("data/a-file", "")
        ran = shell.run(
            "build", "--root", str(library.root), "--home", str(library.root / "data/a-file/home"),
            "--lang", "en",
        )  # fmt: skip
        assert ran.code == 2
        assert "a-file" in ran.err


class TestLanguage:
    """``--lang`` first, then ZSGRAPH_LANG, then the locale; Chinese unless it is English."""

    @pytest.mark.parametrize(
        ("environment", "options", "language"),
        [
            ({}, [], "zh"),
            ({"LANG": "C"}, [], "zh"),
            ({"LANG": "zh_CN.UTF-8"}, [], "zh"),
            ({"LANG": "en_GB.UTF-8"}, [], "en"),
            ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, [], "en"),
            ({"LANG": "en_US.UTF-8", "ZSGRAPH_LANG": "zh"}, [], "zh"),
            ({"LANG": "zh_CN.UTF-8"}, ["--lang", "en"], "en"),
            ({"LANG": "en_GB.UTF-8"}, ["--lang=zh"], "zh"),
        ],
    )
    def test_of_help_and_of_errors(
        self, shell: Shell, environment: dict[str, str], options: list[str], language: str
    ) -> None:
        for name, value in environment.items():
            shell.monkeypatch.setenv(name, value)
        summary = COMMANDS["build"][1 if language == "zh" else 2]
        shown = " ".join(shell.run(*options, "--help").out.split())
        assert summary in shown
        said = "找不到文件夹" if language == "zh" else "There is no folder"
        assert said in shell.run(*options, "build", "--root", "/nowhere").err


class TestLastResort:
    """No traceback reaches people, unless they ask for it."""

    @pytest.fixture
    def broken(self, shell: Shell) -> Shell:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError("out of luck")

        shell.monkeypatch.setattr("zsgraph.build.build", fail)
        return shell

    def test_an_unexpected_failure_says_how_to_report_it(
        self, broken: Shell, library: Library
    ) -> None:
        ran = broken.build(library, "--lang", "en")
        assert ran.code == 2
        assert "out of luck" in ran.err
        assert "ZSGRAPH_DEBUG=1" in ran.err

    def test_debugging_shows_where(self, broken: Shell, library: Library) -> None:
        broken.monkeypatch.setenv("ZSGRAPH_DEBUG", "1")
        broken.monkeypatch.setattr(sys, "argv", ["zsgraph", "build", "--root", str(library.root)])
        with pytest.raises(RuntimeError, match="out of luck"):
            main()

    def test_an_interruption_is_told(self, shell: Shell, library: Library) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        shell.monkeypatch.setattr("zsgraph.build.build", interrupt)
        ran = shell.build(library, "--lang", "en")
        assert ran.code == 2
        assert ran.err.strip().endswith("Interrupted.")


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", "from zsgraph.cli import main; main()", "query"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read().decode()
    process.wait(timeout=60)
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


def test_help_imports_nothing_heavy() -> None:
    script = """
import sys
from zsgraph.cli import main
sys.argv = ["zsgraph", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code
heavy = {"pyoxigraph", "rdflib", "shifty", "pyshacl", "owlrl", "yaml", "SPARQLWrapper", "asyncio"}
sys.exit(", ".join(sorted(heavy & set(sys.modules))) or 0)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", ran.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_both_languages(shell: Shell, name: str) -> None:
    for language, summary in zip(("zh", "en"), COMMANDS[name][1:], strict=True):
        assert summary
        assert bool(CHINESE.search(summary)) == (language == "zh")
    ran = shell.run(name, "--help")
    assert ran.code == 0
    assert ran.out
