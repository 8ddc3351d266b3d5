"""A spreadsheet is corrected in a copy that keeps its look; what it shows then can be added."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.shell import Ran, Shell, shell
from tests.toys import Library

__all__ = ["shell"]

ROWS = [
    {
        "编号": "gs-3",
        "书名": "The Green Sheep",
        "体裁": "Ｓatire；长篇小说",
        "出版": "2024年5月31日",
        "页数": "1,358",
        "在售": "是",
    },
    {"编号": "gs-4 ", "书名": "=SUM of Parts", "体裁": "novel", "出版": "2024/5", "在售": "否"},
]


@pytest.fixture
def built(library: Library) -> Library:
    library.build()
    return library


def run(shell: Shell, library: Library, command: str, *arguments: str) -> Ran:
    return shell.run(command, *arguments, "--root", str(library.root), "--home", str(library.home))


def filled(shell: Shell, library: Library) -> Path:
    """Return a template filled as a person would, with a note and a colour of their own."""
    path = library.root.parent / "books.xlsx"
    made = shell.run("template", "books", "-o", str(path), "--root", str(library.root))
    assert made.code == 0
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(ROWS, start=2):
        for heading, text in row.items():
            cell = sheet.cell(number, places[heading])
            cell.value = text
            cell.data_type = "s"
    sheet.cell(2, 1).fill = PatternFill("solid", fgColor="FFFF00")
    book.create_sheet("notes")["B2"] = "=1+1"
    book["notes"].sheet_state = "hidden"
    book.save(path)
    return path


def cells(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    rows = [
        dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(2, 3, values_only=True)
    ]
    return [{name: cell for name, cell in row.items() if cell is not None} for row in rows]


def test_a_filled_template_is_corrected_and_added(shell: Shell, built: Library) -> None:
    path = filled(shell, built)
    before = path.read_bytes()
    assert run(shell, built, "validate", str(path)).code == 1
    ran = run(shell, built, "validate", "--fix", str(path), "--lang", "zh")
    assert ran.code == 0, ran.out
    assert path.read_bytes() == before
    copy = path.with_name("books.fixed.xlsx")
    assert cells(copy) == [
        ROWS[0] | {"体裁": "Satire;长篇小说", "出版": "2024-05-31", "页数": "1358"},
        ROWS[1] | {"编号": "gs-4", "出版": "2024-05"},
    ]
    assert "“出版”列第 2 行：“2024年5月31日” → “2024-05-31”" in ran.out
    added = run(shell, built, "add", str(copy), "--yes")
    assert added.code == 0, added.out + added.err
    lines = (built.root / "data" / "books.csv").read_text(encoding="utf-8").splitlines()
    assert lines[3:] == [
        "gs-3,The Green Sheep,,satire;novel,2024-05-31,1358,,yes,,",
        "gs-4,=SUM of Parts,,novel,2024-05,,,no,,",
    ]
    assert built.errors() == []


def test_the_copy_keeps_its_look(shell: Shell, built: Library) -> None:
    path = filled(shell, built)
    run(shell, built, "validate", "--fix", str(path))
    old, new = (openpyxl.load_workbook(p) for p in (path, path.with_name("books.fixed.xlsx")))
    assert new.sheetnames == old.sheetnames
    assert [s.sheet_state for s in new.worksheets] == [s.sheet_state for s in old.worksheets]
    assert new["notes"]["B2"].value == "=1+1"
    first, second = old.worksheets[0], new.worksheets[0]
    assert second["A2"].fill.fgColor.rgb == "00FFFF00"
    assert second["B3"].data_type == "s"  # begins with =, and is no formula
    assert second.freeze_panes == first.freeze_panes
    assert [bool(cell.comment) for cell in second[1]] == [bool(cell.comment) for cell in first[1]]
    drops = [
        [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation]
        for sheet in (first, second)
    ]
    assert drops[0] == drops[1] != []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_another_program_reads_the_copy(shell: Shell, built: Library) -> None:
    path = filled(shell, built)
    run(shell, built, "validate", "--fix", str(path))
    folder = path.parent
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless"]
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(path.with_name("books.fixed.xlsx"))], check=True, capture_output=True
    )
    read = (folder / "books.fixed.csv").read_text(encoding="utf-8").splitlines()
    assert read[1].startswith("gs-3,The Green Sheep,,Satire;长篇小说,2024-05-31,1358,")
    assert read[2].startswith("gs-4,=SUM of Parts,")
