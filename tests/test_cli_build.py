"""``zsgraph build`` as people run it: what they are told, exit codes, and the graph that stays."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import CHINESE, Ran, Shell, shell
from tests.toys import Library
from zsgraph.store import CURRENT, is_built

__all__ = ["shell"]


def test_a_build_tells_what_it_made(shell: Shell, library: Library) -> None:
    ran = shell.build(library, "--lang", "en")
    assert ran.code == 0
    assert "10 records in 4 tables" in ran.out
    assert re.search(r"books +2\n", ran.out)
    assert re.search(r"[1-9]\d* statements asserted, [1-9]\d* inferred", ran.out)
    assert "note books.csv row 3" in ran.err
    assert "error 0, warning 0, note 1" in ran.out
    for stage in ("Reading and checking records", "Reasoning", "Validating", "Storing"):
        assert re.search(rf"^{stage} \d+\.\d\d s$", ran.err, re.MULTILINE), stage
        assert re.search(rf"{stage} \d+\.\d\d s", ran.out), stage
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
        "syntax error in a named query": (
            "sed queries/questions/books.rq SELECT|SELCT",
            2,
            r"books\.rq, line 14, column 1.*did you mean SELECT",
            r"books\.rq 第14行第1列.*是不是 SELECT",
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

    def test_a_faulty_file_comes_before_what_follows_from_it(
        self, shell: Shell, library: Library
    ) -> None:
        library.write("data/authors.csv", "")
        ran = shell.build(library, "--lang", "en")
        errors = [line for line in ran.err.splitlines() if line.startswith("error")]
        assert len(errors) > 1
        assert errors[0].startswith("error authors.csv: ")

    def test_many_alike_are_told_once_with_examples(self, shell: Shell, library: Library) -> None:
        rows = "".join(f"rem-{n},nobody-{n},x\n" for n in range(10))
        library.write("data/remarks.csv", "id,about,text\n" + rows)
        ran = shell.build(library, "--lang", "en")
        assert ran.code == 1
        assert ran.err.count("error remarks.csv row") == 3
        assert "7 more of the same" in ran.err


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
        return re.sub(r"[\d.]+ s\b", "", ran.out)

    assert counts(shell.build(library, "--lang", "en")) == counts(
        shell.build(library, "--lang", "en", *engine)
    )


def test_the_home_is_taken_from_the_environment(shell: Shell, library: Library) -> None:
    shell.monkeypatch.setenv("ZSGRAPH_HOME", str(library.home))
    assert shell.run("build", "--root", str(library.root)).code == 0
    assert is_built(library.home)
