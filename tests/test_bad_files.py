"""Whatever people hand in, each fault is told once, at its place, with the way out."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.desk import GOOD, HEAD, Desk, desk, told
from tests.shell import Shell, shell
from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.finding_formats import render

__all__ = ["desk", "shell"]

ID, NAME, *REST = GOOD.strip().split(",")
REST_TEXT = ",".join(REST)
WITHOUT_DATE = ",".join(REST[:-1])

FILES = [
    ("an empty file", "", [("empty-file", None, None)]),
    ("only headings", HEAD, [("no-records", 1, None)]),
    (
        "a heading twice",
        HEAD.strip() + ",name\n" + GOOD.strip() + ",x\n",
        [("heading-twice", 1, "name")],
    ),
    (
        "an unknown heading",
        HEAD.replace("established", "establishd") + GOOD,
        [("unknown-column", 1, "establishd")],
    ),
    ("too many cells", HEAD + GOOD.strip() + ",x\n", [("ragged-row", 2, None)]),
    ("too few cells", HEAD + f"{ID},{NAME}\n", [("ragged-row", 2, None)]),
    ("NUL", HEAD + GOOD.replace("某", "某\0"), [("control-character", 2, "name")]),
    (
        "an escape sequence",
        HEAD + GOOD.replace("某", "\x1b[31m"),
        [("control-character", 2, "name")],
    ),
    ("emoji", HEAD + GOOD.replace("某", "🏭"), []),
    ("a sign before a name", HEAD + GOOD.replace("成都", "=成都"), []),
    ("an at sign before a name", HEAD + GOOD.replace("成都", "@成都"), []),
    ("an id with a space", HEAD + GOOD.replace(ID, "plt a"), [("Platform", 2, "id")]),
    ("an id in Chinese", HEAD + GOOD.replace(ID, "平台一"), [("Platform", 2, "id")]),
    ("an id of another table", HEAD + GOOD.replace(ID, "org-ah-st"), [("Platform", 2, "id")]),
    ("an id twice", HEAD + GOOD + GOOD, [("duplicate-id", 3, "id")]),
]
DATES = ["2024-02-30", "31/12/2024", "二〇二四年", "2024年5月31日", "2024/5/31", "24-05", "５月"]


@pytest.mark.parametrize(("content", "faults"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_each_fault_of_a_sheet_is_told_at_its_place(
    desk: Desk, content: str, faults: list[tuple[str, int | None, str | None]]
) -> None:
    findings = desk.findings(content)
    assert set(told(findings)) >= set(faults)
    errors = [f for f in findings if f.severity == "error"]
    assert len(errors) <= max(1, len(faults))
    assert all(f.message.zh and f.message.en for f in findings)


@pytest.mark.parametrize("date", DATES)
def test_dates_in_other_forms_or_that_do_not_exist_are_told(desk: Desk, date: str) -> None:
    findings = desk.findings(HEAD + f"{ID},{NAME},{WITHOUT_DATE},{date}\n")
    assert told(findings) == [("Platform-established", 2, "established")]
    assert findings[0].advice is not None
    assert "2024" in findings[0].advice.zh


def test_an_unknown_heading_offers_the_nearest(desk: Desk) -> None:
    (finding,) = desk.findings(HEAD.replace("established", "establishd") + GOOD)
    assert finding.advice is not None
    assert "established" in finding.advice.en.lower()


@pytest.mark.parametrize("number", ["1.2万", "3亿", "1,200", "100-200", "约100"])
def test_numbers_with_units_commas_or_ranges_are_told(desk: Desk, number: str) -> None:
    lines = (PROJECT / "data" / "measurements.csv").read_text(encoding="utf-8").splitlines()
    head, row = lines[0].split(","), lines[1].split(",")
    row[head.index("id")] += "-new"
    row[head.index("value")] = f'"{number}"'
    findings = desk.findings(f"{lines[0]}\n{','.join(row)}\n", "measurements.csv")
    assert ("Measurement-value", 2, "value") in told(findings)


def test_a_long_cell_is_shown_in_short(desk: Desk) -> None:
    sheet = HEAD + GOOD.replace("510100", "长" * 300)
    report = desk.check(desk.write(sheet))
    assert told(report.findings) == [("Platform-region", 2, "region")]
    assert max(map(len, render(report, "text", "zh").splitlines())) < 500


#: Runs a command from a process that is small, for what it had counts as the command's too.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def test_a_hundred_thousand_equal_faults_are_one_group_in_bounded_memory(
    desk: Desk, built: tuple[Path, object]
) -> None:
    rows = "".join(f"plt-many-{n},平台{n},as-printed,四川,no,s0013,2024\n" for n in range(100_000))
    path, output = desk.write(HEAD + rows), desk.folder / "out.txt"
    program = Path(sys.executable).with_name("zsgraph")
    command = [program, "--lang", "zh", "validate", path, "-o", output, "--home", built[0]]
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    text = output.read_text(encoding="utf-8")
    assert "第 2-100001 行（100000 行）" in text
    assert len(text.splitlines()) < 6
    assert int(ran.stdout.splitlines()[-1]) < 512 * 2**10  # KiB


def test_a_row_may_refer_to_one_further_down(desk: Desk) -> None:
    head = "id,title,title_en,title_basis,level,region,kind,family,sources\n"
    rows = (
        "pol-a,甲办法,First Measures,worded,provincial,510000,management-measures,pol-b,s0013\n"
        "pol-b,乙办法,Second Measures,worded,provincial,510000,management-measures,,s0013\n"
    )
    findings = desk.findings(head + rows, "policies.csv")
    assert [f for f in findings if f.severity == "error"] == []


def test_a_folder_and_a_file_that_is_not_there_are_refused(desk: Desk) -> None:
    for path, said in ((desk.folder, "folder"), (desk.folder / "none.csv", "no file")):
        with pytest.raises(UsageError, match=said):
            desk.check(path)


def test_a_file_that_cannot_be_read_or_goes_away_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = desk.write(HEAD + GOOD), Path.read_bytes

    def fail(closed: Path) -> bytes:
        if closed == path:
            raise PermissionError(13, "Permission denied")
        return read(closed)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        with pytest.raises(ZsgraphError, match="cannot be read"):
            desk.check(path)

    def vanish(gone: Path) -> bytes:
        if gone == path:
            raise FileNotFoundError(2, "No such file", str(gone))
        return read(gone)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", vanish)
        with pytest.raises(UsageError, match="no file"):
            desk.check(path)


@pytest.mark.parametrize("name", ["old.xls", "sheet.ods", "letter.docx"])
def test_other_kinds_of_file_are_refused_with_the_way_out(desk: Desk, name: str) -> None:
    path = desk.write(b"\xd0\xcf\x11\xe0", name)
    with pytest.raises(UsageError, match=r"\.xlsx"):
        desk.check(path)


def test_the_command_tells_exit_codes_apart(
    desk: Desk, shell: Shell, built: tuple[Path, object]
) -> None:
    home = ("--home", str(built[0]))
    good, bad = desk.write(HEAD + GOOD, "good.csv"), desk.write(HEAD + GOOD.replace("no", "x"))
    assert shell.run("validate", str(good), *home).code == 0
    ran = shell.run("validate", str(bad), *home)
    assert ran.code == 1
    assert "第 2 行" in ran.out
    assert shell.run("validate", "gone.csv", *home).code == 2
    assert shell.run("validate").code == 2
