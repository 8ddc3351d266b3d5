"""``zsgraph build`` as people run it: what they are told, exit codes, and the graph that stays."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.toys import Library
from zsgraph.cli import COMMANDS, main
from zsgraph.store import CURRENT, is_built

CHINESE = re.compile("[\u4e00-\u9fff]")


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
    for name in ("ZSGRAPH_LANG", "ZSGRAPH_HOME", "ZSGRAPH_DEBUG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return Shell(monkeypatch, capsys)


def test_a_build_tells_what_it_made(shell: Shell, library: Library) -> None:
    ran = shell.build(library, "--lang", "en")
    assert ran.code == 0
    assert "10 records in 4 tables" in ran.out
    assert re.search(r"books +2\n", ran.out)
    assert re.search(r"[1-9]\d* statements asserted, [1-9]\d* inferred", ran.out)
    assert "note books.csv row 3" in ran.err
    for stage in ("Reading and checking records", "Reasoning", "Validating", "Storing"):
        assert re.search(rf"^{stage} \d+\.\d\d s$", ran.err, re.MULTILINE), stage
    assert not CHINESE.search(ran.out)


def test_progress_is_plain_lines_where_there_is_no_terminal(shell: Shell, library: Library) -> None:
    ran = shell.build(library)
    assert "\r" not in ran.err
    assert "\x1b" not in ran.out + ran.err


class TestBadInput:
    """Each fault: a sentence with file and place, an exit code, the old graph still in place."""

    #: What is done to the knowledge, exit code, what is said in English and what in Chinese.
    FAULTS = {  # noqa: RUF012 - a table of cases
        "missing file": ("rm data/books.csv", 2, r"books\.csv is missing", "缺少记录文件"),
        "empty file": ("set data/books.csv ", 1, r"books\.csv.*: The file is empty", "文件是空的"),
        "header only": (
            "set data/remarks.csv id,about,text\n",
            0,
            r"remarks +0\n",
            r"remarks +0\n",
        ),
        "not UTF-8": (
            "bytes data/authors.csv id,name\naut-a,\xc3\xfc\n",
            1,
            r"authors\.csv row 2: The file is not UTF-8 \(byte 15\)",
            r"authors\.csv 第2行：文件不是 UTF-8 编码",
        ),
        "unknown column": (
            "sed data/books.csv ,in_print,|,in_prnt,",
            1,
            r"books\.csv row 1 column in_prnt.*Did you mean “in_print”",
            r"books\.csv 第1行 “in_prnt”列.*是不是“in_print”",
        ),
        "duplicate id": (
            "sed data/authors.csv aut-orwell|aut-qian",
            1,
            r"authors\.csv row 4 column id.*taken by row 2",
            r"authors\.csv 第4行 “(?:编号|id)”列.*第2行已经用过",
        ),
        "bad date": (
            "sed data/authors.csv 1910-11-21|1910-13-21",
            1,
            r"authors\.csv row 2 column born.*1910-13-21",
            r"authors\.csv 第2行 “born”列.*1910-13-21",
        ),
        "unknown reference": (
            "sed data/contributions.csv ,aut-kelly|,aut-kely",
            1,
            r"contributions\.csv row 3 column author.*aut-kely",
            r"contributions\.csv 第3行 “author”列.*aut-kely",
        ),
        "misspelt target": (
            "sed shapes/authors.ttl sh:targetClass lib:Author|sh:targetClass lib:Auther",
            2,
            r"authors\.ttl.*Auther.*did you mean",
            r"authors\.ttl.*Auther.*是不是",
        ),
        "shape not Turtle": (
            "sed shapes/authors.ttl sh:order 1|sh:order 1 1 ;;; ]",
            2,
            r"authors\.ttl, line \d+",
            r"authors\.ttl第\d+行",
        ),
        "ontology not Turtle": (
            "sed ontology/library.ttl a owl:Ontology .|a owl:Ontology",
            2,
            r"library\.ttl, line \d+",
            r"library\.ttl第\d+行",
        ),
        "syntax error in a verify query": (
            "sed queries/verify/without-page.rq FILTER NOT|FILTR NOT",
            2,
            r"without-page\.rq.*line 7, column \d+",
            r"without-page\.rq.*第7行第\d+列",
        ),
        "disjoint classes": (
            "sed ontology/library.ttl disjointWith lib:Agent|disjointWith lib:TranslatedBook",
            1,
            r"books\.csv row 2: .*Fortress Besieged",
            r"books\.csv 第2行：.*Fortress Besieged",
        ),
        "too few records": (
            "sed data/expectations.yaml books: 2|books: 5",
            1,
            r"books\.csv: .*2 records, at least 5",
            r"books\.csv：.*2 条记录，至少应有 5 条",
        ),
    }

    @staticmethod
    def spoil(library: Library, change: str) -> None:
        verb, _, rest = change.partition(" ")
        path, _, what = rest.partition(" ")
        if verb == "rm":
            (library.root / path).unlink()
        elif verb == "set":
            library.write(path, what)
        elif verb == "bytes":
            library.write(path, what.encode("latin-1"))
        else:
            library.replace(path, *what.split("|"))

    @pytest.mark.parametrize(("change", "code", "english", "chinese"), FAULTS.values(), ids=FAULTS)
    def test_is_told_and_leaves_the_old_graph(
        self, shell: Shell, library: Library, change: str, code: int, english: str, chinese: str
    ) -> None:
        if code:
            shell.build(library)
            before = os.readlink(library.home / CURRENT)
        self.spoil(library, change)
        ran = shell.build(library, "--lang", "en")
        assert ran.code == code
        assert re.search(english, ran.out + ran.err), ran.err
        ran = shell.build(library, "--lang", "zh")
        assert ran.code == code
        assert re.search(chinese, ran.out + ran.err), ran.err
        if code:
            assert os.readlink(library.home / CURRENT) == before
            assert len(list(library.home.glob("graph-*"))) == 1
            assert is_built(library.home)

    def test_a_faulty_first_build_leaves_nothing(self, shell: Shell, library: Library) -> None:
        self.spoil(library, "sed data/expectations.yaml books: 2|books: 5")
        assert shell.build(library).code == 1
        assert not is_built(library.home)
        assert list(library.home.glob("graph-*")) == []

    def test_many_alike_are_told_once_with_examples(self, shell: Shell, library: Library) -> None:
        rows = "".join(f"rem-{n},nobody-{n},x\n" for n in range(10))
        library.write("data/remarks.csv", "id,about,text\n" + rows)
        ran = shell.build(library, "--lang", "en")
        assert ran.code == 1
        assert ran.err.count("error remarks.csv row") == 3
        assert "7 more of the same" in ran.err


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
            (["--lang", "en", "build", "--validator", "none"], "none.*default, pyshacl"),
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


def test_an_interrupted_build_leaves_the_graph_of_before(library: Library) -> None:
    library.build()
    before = os.readlink(library.home / CURRENT)
    script = """
import os, signal, sys
from zsgraph import build
from zsgraph.cli import main
build.verify = lambda *_: os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["zsgraph", *sys.argv[1:]]
main()
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, "--lang", "en", "build", "--root", str(library.root),
         "--home", str(library.home)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert os.readlink(library.home / CURRENT) == before
    assert [path.name for path in library.home.glob("graph-*")] == [before]


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


def test_records_kept_elsewhere_can_be_built(
    shell: Shell, library: Library, tmp_path: Path
) -> None:
    (library.root / "data").rename(tmp_path / "records")
    (library.root / "data").mkdir()
    ran = shell.build(library, "--data", str(tmp_path / "records"), "--lang", "en")
    assert ran.code == 0
    assert "10 records" in ran.out


@pytest.mark.parametrize("engine", [("--reasoner", "owlrl"), ("--validator", "pyshacl")])
def test_reference_engines_build_the_same(
    shell: Shell, library: Library, engine: tuple[str, str]
) -> None:
    def counts(ran: Ran) -> str:
        return re.sub(r"in [\d.]+ s", "", ran.out)

    assert counts(shell.build(library, "--lang", "en")) == counts(
        shell.build(library, "--lang", "en", *engine)
    )


def test_the_home_is_taken_from_the_environment(shell: Shell, library: Library) -> None:
    shell.monkeypatch.setenv("ZSGRAPH_HOME", str(library.home))
    assert shell.run("build", "--root", str(library.root)).code == 0
    assert is_built(library.home)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
