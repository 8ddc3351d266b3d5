"""``zsgraph add`` takes a sheet in after showing what changes, and writes all of it or nothing."""

import csv
import os
import pty
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import zsgraph
from tests.shell import CHINESE, Ran, Shell, shell
from tests.test_transaction import Failing
from tests.toys import Library
from zsgraph.cli.graph import fresh_folder
from zsgraph.editing.changes import Changes, changes_of
from zsgraph.editing.writing import check_writable, state_of, write
from zsgraph.errors import UsageError
from zsgraph.transaction import STAGED, reading
from zsgraph.validation.files import check_files

__all__ = ["shell"]

BOOKS = """\
书名,编号,体裁,在售,定价,出版
The Green Sheep,gs-3,讽刺小说;Novel,是,12.50,2024-05
Fortress Besieged,fc-1,Novel;Satire,yes,29.5,1948
Animal Farm,af-2,satire,否,,1945-08-17
"""
AUTHORS = "id,name,born\naut-new,New Author,1980\n"
CONTRIBUTIONS = "id,book,role,author\ncon-4,The Green Sheep,writtenBy,New Author\n"
NEW_BOOK = "gs-3,The Green Sheep,,satire;novel,2024-05,,12.5,yes,,\n"


CHEAP = """\
#+ summary: {zh: 太便宜, en: Too cheap}
#+ severity: error
#+ message: {zh: "{pages}页太便宜。", en: "Cheap for {pages} pages."}
PREFIX lib: <https://example.org/library#>
SELECT ?focus ?pages WHERE {
  ?focus lib:pages ?pages ; lib:price ?price .
  FILTER(?pages > 358 && ?price < 30)
}
ORDER BY ?focus
"""


@pytest.fixture
def built(library: Library) -> Library:
    library.build()
    return library


def place(library: Library) -> list[str]:
    return ["--root", str(library.root), "--home", str(library.home)]


def sheet(library: Library, content: str, name: str = "books.csv") -> str:
    path = library.root.parent / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def data(library: Library) -> dict[str, str]:
    folder = library.root / "data"
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def add(shell: Shell, library: Library, *arguments: str) -> Ran:
    return shell.run("add", *arguments, *place(library))


def test_what_changes_is_shown_and_then_written(shell: Shell, built: Library) -> None:
    before = data(built)
    file = sheet(built, BOOKS)
    ran = add(shell, built, file, "--update", "--yes", "--lang", "en")
    assert ran.code == 0, ran.err
    assert "1 new, 1 changed" in ran.out
    assert "+ gs-3  The Green Sheep" in ran.out
    assert "Published: 1947 → 1948" in ran.out
    assert "Registered and unchanged: 1." in ran.out
    assert f"Run zsgraph build --root {built.root} --home {built.home} so that" in ran.out
    assert not CHINESE.search(ran.out.replace("围城", ""))
    # Sorted it is not, so the new row comes last; what did not change keeps its bytes.
    expected = before["books.csv"].replace(
        "novel;Satire,1947,0358,29.50", "novel;Satire,1948,0358,29.50"
    )
    assert data(built) == before | {"books.csv": expected + NEW_BOOK}


def test_it_speaks_chinese(shell: Shell, built: Library) -> None:
    ran = add(shell, built, sheet(built, BOOKS), "--update", "--yes", "--lang", "zh")
    assert "新增 1 条，改动 1 条" in ran.out
    assert "出版：1947 → 1948" in ran.out
    assert "已写入 2 条记录" in ran.out


def test_a_second_time_there_is_nothing_to_write(shell: Shell, built: Library) -> None:
    file = sheet(built, BOOKS)
    add(shell, built, file, "--update", "--yes")
    before = data(built)
    ran = add(shell, built, file, "--yes", "--lang", "en")
    assert ran.code == 0
    assert "building it anew first" in ran.err
    assert "There is nothing to write." in ran.out
    assert data(built) == before


def test_a_graph_of_other_records_does_not_do(shell: Shell, built: Library) -> None:
    """A copy of older files is as different from what the graph holds as a newer one."""
    built.replace("data/authors.csv", "aut-kelly,", "aut-other,")
    built.replace("data/contributions.csv", "aut-kelly", "aut-other")
    for path in built.knowledge.data.iterdir():
        os.utime(path, (0, 0))
    content = "id,name\naut-kelly,Jeanne Kelly\n"
    ran = add(shell, built, sheet(built, content, "authors.csv"), "--yes", "--lang", "en")
    assert "building it anew first" in ran.err
    assert "1 new, 0 changed" in ran.out


def test_several_tables_are_written_together(shell: Shell, built: Library) -> None:
    before = data(built)
    files = [
        sheet(built, CONTRIBUTIONS, "contributions.csv"),
        sheet(built, "\n".join(BOOKS.splitlines()[:2]) + "\n"),
        sheet(built, AUTHORS, "authors.csv"),
    ]
    ran = add(shell, built, *files, "--yes")
    assert ran.code == 0, ran.out + ran.err
    assert data(built) == before | {
        "books.csv": before["books.csv"] + NEW_BOOK,
        "authors.csv": before["authors.csv"] + "aut-new,New Author,,1980\n",
        "contributions.csv": before["contributions.csv"] + "con-4,gs-3,writtenBy,aut-new\n",
    }
    assert built.errors() == []


def test_the_written_rows_stand_in_their_order(shell: Shell, built: Library) -> None:
    built.replace("data/remarks.csv", "rem-2,satire", "rem-5,satire")
    file = sheet(built, 'id,about,text\nrem-3,af-2,Three.\nrem-9,af-2,"A, b"\n', "remarks.csv")
    assert add(shell, built, file, "--yes").code == 0
    lines = data(built)["remarks.csv"].splitlines()
    assert [line.partition(",")[0] for line in lines] == [
        "id", "rem-1", "rem-3", "rem-5", 'humour."', "rem-9",
    ]  # fmt: skip
    assert lines[2] == "rem-3,https://example.org/id/books/af-2,Three."


def test_a_column_that_the_table_lacks_is_added_to_it(shell: Shell, built: Library) -> None:
    text = (built.root / "data" / "authors.csv").read_text(encoding="utf-8")
    rows = [line.rpartition(",")[0] for line in text.splitlines()]
    built.write("data/authors.csv", "\n".join(rows) + "\n")
    assert add(shell, built, sheet(built, AUTHORS, "authors.csv"), "--yes").code == 0
    assert data(built)["authors.csv"].splitlines() == [
        "id,name,name_zh,born", *(row + "," for row in rows[1:]), "aut-new,New Author,,1980",
    ]  # fmt: skip
    assert built.errors() == []


class TestNothingIsWritten:
    """Whatever stands against it, the records stay as they are."""

    @pytest.mark.parametrize(
        ("content", "options", "code", "told"),
        [
            (BOOKS, ["--yes"], 1, "Add --update"),
            (BOOKS, ["--dry-run"], 1, "Add --update"),
            (BOOKS, ["--update", "--dry-run"], 0, "A dry run"),
            (BOOKS, ["--update"], 2, "Add --yes"),
            (BOOKS.replace("Novel;", "Nonsense;"), ["--update", "--yes"], 1, "There are errors"),
            (BOOKS.replace("gs-3", "GS 3"), ["--update", "--yes"], 1, "There are errors"),
        ],
    )  # fmt: skip
    def test_without_consent_or_with_errors(
        self,
        shell: Shell,
        built: Library,
        content: str,
        options: list[str],
        code: int,
        told: str,
    ) -> None:
        before = data(built)
        ran = add(shell, built, sheet(built, content), *options, "--lang", "en")
        assert ran.code == code
        assert told in ran.out + ran.err
        assert data(built) == before

    def test_without_a_file(self, shell: Shell, built: Library) -> None:
        ran = add(shell, built, "--lang", "en")
        assert ran.code == 2
        assert "zsgraph add platforms.xlsx" in ran.err

    def test_an_empty_cell_takes_nothing_away(self, shell: Shell, built: Library) -> None:
        before = data(built)
        content = "id,title,genres,in_print,pages,isbn\nfc-1,Fortress Besieged,novel;satire,yes,,\n"
        ran = add(shell, built, sheet(built, content), "--update", "--yes", "--lang", "en")
        assert ran.code == 0
        assert "2 empty cells leave what is registered as it is" in ran.out
        assert data(built) == before

    def test_what_a_sheet_leaves_unsaid_is_checked_with_it(
        self, shell: Shell, built: Library
    ) -> None:
        """A rule may be broken by a new cell together with one that the sheet does not have."""
        built.write("queries/verify/cheap.rq", CHEAP)
        before = data(built)
        content = "id,title,genres,in_print,pages\nfc-1,Fortress Besieged,novel;satire,yes,400\n"
        ran = add(shell, built, sheet(built, content), "--update", "--yes", "--lang", "en")
        assert ran.code == 1
        assert "error books.csv row 2: Cheap for 400 pages." in ran.err
        assert data(built) == before

    def test_registered_records_with_errors(self, shell: Shell, built: Library) -> None:
        built.replace("data/books.csv", "1945-08-17", "long ago")
        before = data(built)
        ran = add(shell, built, sheet(built, AUTHORS, "authors.csv"), "--yes", "--lang", "en")
        assert ran.code == 2
        assert "long ago" in ran.err
        assert "Correct them first" in ran.err
        assert data(built) == before

    def test_a_folder_that_may_not_be_written_to(
        self, shell: Shell, built: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("os.access", lambda _, mode, **__: not mode & os.W_OK)
        ran = add(shell, built, sheet(built, BOOKS), "--update", "--yes", "--lang", "en")
        assert ran.code == 2
        assert "--data" in ran.err

    def test_records_of_the_installed_package(self) -> None:
        package = Path(zsgraph.__file__).parent
        with pytest.raises(UsageError, match="--data FOLDER"):
            check_writable(package / "knowledge_base" / "data")


def planned(library: Library) -> Changes:
    """Return changes of three tables."""
    files = [
        sheet(library, BOOKS),
        sheet(library, AUTHORS, "authors.csv"),
        sheet(library, CONTRIBUTIONS, "contributions.csv"),
    ]
    folder = fresh_folder(library.knowledge, "en", library.home)
    report = check_files(map(Path, files), library.knowledge, folder)
    assert not report.failed
    return changes_of(report.records, library.knowledge.data, report.resolver)


def test_a_kill_at_every_step_leaves_the_records_as_before_or_as_after(built: Library) -> None:
    folder = built.knowledge.data
    before = data(built)
    changes, state = planned(built), state_of(folder)
    disk = Failing(1000, lambda: None)
    assert write(changes, folder, state, disk=disk)
    after = data(built)
    steps = 1000 - disk.left
    assert {name for name in before if before[name] != after[name]} == {
        "books.csv", "authors.csv", "contributions.csv",
    }  # fmt: skip
    ends = []
    for step in range(steps):
        for name, content in before.items():
            (folder / name).write_bytes(content.encode())
        child = os.fork()
        if child == 0:
            fatal = Failing(step, lambda: os.kill(os.getpid(), signal.SIGKILL), halved=True)
            write(changes, folder, state, disk=fatal)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        with reading(folder):  # as every build and every add does first
            assert not (folder / STAGED).exists()
        ends.append(data(built))
        assert ends[-1] in (before, after)
    assert ends[0] == before
    assert ends[-1] == after


def test_a_build_finishes_what_a_kill_left(built: Library) -> None:
    folder = built.knowledge.data
    changes, state = planned(built), state_of(folder)
    child = os.fork()
    if child == 0:  # killed between the first and the second table
        write(changes, folder, state, disk=Failing(10, lambda: os.kill(os.getpid(), 9)))
        os._exit(0)
    os.waitpid(child, 0)
    assert (folder / STAGED).is_dir()
    assert built.build().rows["contributions"] == 4
    assert not (folder / STAGED).exists()


def test_records_changed_meanwhile_are_not_overwritten(built: Library) -> None:
    folder = built.knowledge.data
    changes, state = planned(built), state_of(folder)
    built.replace("data/authors.csv", "George Orwell", "Eric Blair")
    before = data(built)
    assert not write(changes, folder, state)
    assert data(built) == before


COMMAND = [sys.executable, "-c", "from zsgraph.cli import main; main()", "add"]


def test_two_at_once_both_get_in(built: Library) -> None:
    files = [
        sheet(built, f"id,name\naut-{letter},Author {letter}\n", f"{letter}-authors.csv")
        for letter in "abcd"
    ]
    running = [
        subprocess.Popen(
            [*COMMAND, file, "--yes", "--lang", "en", *place(built)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for file in files
    ]
    for process in running:
        told, _ = process.communicate(timeout=300)
        assert process.returncode == 0, told
        assert "Wrote 1 record." in told
    rows = list(csv.reader(data(built)["authors.csv"].splitlines()))
    assert {f"aut-{letter}" for letter in "abcd"} <= {row[0] for row in rows}
    assert built.errors() == []


def test_a_full_disk_leaves_the_records_as_they_were(built: Library) -> None:
    before = data(built)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    ran = subprocess.run(
        [*COMMAND, sheet(built, AUTHORS, "authors.csv"), "--yes", "--lang", "en", *place(built)],
        capture_output=True,
        text=True,
        preexec_fn=no_room,
    )
    assert ran.returncode == 2
    assert "The records are as they were." in ran.stderr
    assert "Traceback" not in ran.stderr
    assert data(built) == before


def answered(terminal: int, answer: bytes) -> bytes:
    """Return what a terminal shows next; an answer given too early for it is given again."""
    while not select.select([terminal], [], [], 2)[0]:
        os.write(terminal, answer)
    return os.read(terminal, 1000)


@pytest.mark.parametrize(
    ("answer", "told", "written"),
    [
        (b"y\n", "Wrote 2 records.", True),
        (b"n\n", "Nothing was written.", False),
        (b"\n", "Nothing was written.", False),
        (b"\x03", "Interrupted; nothing was written.", False),
        (b"\x04", "Interrupted; nothing was written.", False),
    ],
    ids=["yes", "no", "return", "ctrl-c", "ctrl-d"],
)
def test_a_person_is_asked(built: Library, answer: bytes, told: str, written: bool) -> None:
    before = data(built)
    arguments = [*COMMAND, sheet(built, BOOKS), "--update", "--lang", "en", *place(built)]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(arguments[0], arguments)
    seen = b""
    try:
        while b"[y/N]" not in seen:
            seen += os.read(terminal, 1000)
        assert data(built) == before
        os.write(terminal, answer)
        while piece := answered(terminal, answer):
            seen += piece
    except OSError:  # what a terminal gives whose other side has gone
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    assert told in seen.decode(), seen.decode()
    assert (data(built) != before) is written
