"""``zsgraph validate --fix`` corrects what is certain in a copy, lists it, and checks the copy."""

from pathlib import Path

import pytest

from tests.shell import CHINESE, Ran, Shell, shell
from tests.toys import Library

__all__ = ["shell"]

FAULTY = """\
编号,书名,体裁,出版,页数,在售
ｇｓ-3,"The Green Sheep, again",novel；讽刺小说,2024年5月31日,"1,358",是
gs-4 ,A  Title,Ｎovel,03/04/2024,3万,否
"""
FIXED = """\
编号,书名,体裁,出版,页数,在售
gs-3,"The Green Sheep, again",novel;讽刺小说,2024-05-31,1358,是
gs-4,A  Title,Novel,03/04/2024,3万,否
"""


@pytest.fixture
def built(library: Library) -> Library:
    library.build()
    return library


def fix(shell: Shell, library: Library, *arguments: str) -> Ran:
    place = ("--root", str(library.root), "--home", str(library.home))
    return shell.run("validate", "--fix", *arguments, *place)


def sheet(library: Library, content: str | bytes, name: str = "new.csv") -> Path:
    path = library.root.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_copy_is_corrected_listed_and_checked(shell: Shell, built: Library) -> None:
    path = sheet(built, FAULTY)
    ran = fix(shell, built, str(path), "--lang", "en")
    assert path.read_text(encoding="utf-8") == FAULTY
    copy = path.with_name("new.fixed.csv")
    assert copy.read_text(encoding="utf-8") == FIXED
    for line in (
        f"Corrected 6 cells of {path}; the copy is {copy}:",
        "column “编号” row 2: “ｇｓ-3” → “gs-3”",
        "column “编号” row 3: “gs-4␣” → “gs-4”",
        "column “体裁” row 2: “novel；讽刺小说” → “novel;讽刺小说”",
        "column “出版” row 2: “2024年5月31日” → “2024-05-31”",
        "column “页数” row 2: “1,358” → “1358”",
    ):
        assert line in ran.out
    # What is left is not certain, and the copy is told to have it.
    assert ran.code == 1
    assert "“03/04/2024”" in ran.out
    assert "“3万”" in ran.out
    assert str(copy) in ran.out.partition("\n\n")[2]
    assert "2024年5月31日" not in ran.out.partition("\n\n")[2]


def test_it_speaks_chinese_and_ends_well(shell: Shell, built: Library) -> None:
    lines = FAULTY.splitlines(keepends=True)
    ran = fix(shell, built, str(sheet(built, "".join(lines[:2]))), "--lang", "zh")
    assert ran.code == 0
    assert "改正了" in ran.out
    assert "“页数”列第 2 行：“1,358” → “1358”" in ran.out


def test_one_correction_of_many_rows_is_told_once(shell: Shell, built: Library) -> None:
    rows = "".join(f"gs-{n},Title {n},novel,2024/5/31,是\n" for n in range(3, 203))
    ran = fix(shell, built, str(sheet(built, "编号,书名,体裁,出版,在售\n" + rows)), "--lang", "en")
    assert ran.code == 0
    assert ran.out.count("2024/5/31") == 1
    assert "rows 2-201: “2024/5/31” → “2024-05-31”" in ran.out
    assert "Corrected 200 cells" in ran.out


@pytest.mark.parametrize(
    "content",
    [
        FAULTY.encode("gb18030"),
        FAULTY.encode("utf-16"),
        FAULTY.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=["gb18030", "utf-16", "windows"],
)
def test_any_encoding_that_is_read(shell: Shell, built: Library, content: bytes) -> None:
    path = sheet(built, content)
    fix(shell, built, str(path))
    assert path.read_bytes() == content
    copy = path.with_name("new.fixed.csv").read_bytes()
    assert copy.decode("utf-8-sig").replace("\r\n", "\n") == FIXED


def test_other_separators_become_commas(shell: Shell, built: Library) -> None:
    path = sheet(built, "编号;书名;体裁;出版;在售\ngs-3;Title;novel;2024/5/31;是\n")
    assert fix(shell, built, str(path)).code == 0
    copy = path.with_name("new.fixed.csv").read_text(encoding="utf-8-sig")
    assert copy == "编号,书名,体裁,出版,在售\ngs-3,Title,novel,2024-05-31,是\n"


def test_rows_of_several_files_see_each_other(shell: Shell, built: Library) -> None:
    one = sheet(built, "id,name\naut-new,New Author\n", "authors.csv")
    two = sheet(
        built, "id,book,role,author\ncon-4,af-2,writtenBy,new-author\n", "contributions.csv"
    )
    ran = fix(shell, built, str(one), str(two), "--lang", "en")
    assert ran.code == 0, ran.out
    assert "“new-author” → “New Author”" in ran.out
    assert f"{one}: nothing is certain enough to be corrected" in ran.out
    assert not one.with_name("authors.fixed.csv").exists()


def test_an_existing_copy_is_replaced_only_by_force(shell: Shell, built: Library) -> None:
    path = sheet(built, FAULTY)
    copy = sheet(built, "mine", "new.fixed.csv")
    ran = fix(shell, built, str(path), "--lang", "en")
    assert ran.code == 2
    assert "--force" in ran.err
    assert not CHINESE.search(ran.err)
    assert copy.read_text() == "mine"
    other = path.with_name("other.csv")
    assert fix(shell, built, str(path), "-o", str(other)).code == 1
    assert other.read_text(encoding="utf-8") == FIXED
    assert fix(shell, built, str(path), "--force").code == 1
    assert copy.read_text(encoding="utf-8") == FIXED


@pytest.mark.parametrize(
    ("output", "told"),
    [("new.csv", "exists and was left as it is"), ("new.xlsx", "must end in .csv")],
)
def test_the_file_itself_is_never_replaced(
    shell: Shell, built: Library, output: str, told: str
) -> None:
    path = sheet(built, FAULTY)
    out = path.with_name(output)
    ran = fix(shell, built, str(path), "-o", str(out), "--force", "--lang", "en")
    assert ran.code == 2
    assert told in ran.err
    assert path.read_text(encoding="utf-8") == FAULTY


def test_a_folder_takes_the_copies_of_several_files(shell: Shell, built: Library) -> None:
    paths = [str(sheet(built, FAULTY, name)) for name in ("a.csv", "b.csv")]
    folder = built.root.parent / "out"
    ran = fix(shell, built, *paths, "-o", str(folder), "--lang", "en")
    assert ran.code == 2
    assert "must be a folder" in ran.err
    folder.mkdir()
    fix(shell, built, *paths, "-o", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["a.fixed.csv", "b.fixed.csv"]


def test_quotes_that_do_not_pair_are_told(shell: Shell, built: Library) -> None:
    path = sheet(built, FAULTY + 'gs-5,"open,novel,2024,1,是\n')
    ran = fix(shell, built, str(path), "--lang", "en")
    assert ran.code == 2
    assert "do not pair" in ran.err
    assert [p.name for p in path.parent.glob("*new*")] == ["new.csv"]


def test_a_folder_without_room_for_the_copy(
    shell: Shell, built: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = sheet(built, FAULTY)
    monkeypatch.setattr(Path, "write_bytes", full)
    ran = fix(shell, built, str(path), "--lang", "en")
    assert ran.code == 2
    assert "Choose another place by -o" in ran.err
    assert not path.with_name("new.fixed.csv").exists()


def test_checking_tells_how_much_is_certain(shell: Shell, built: Library) -> None:
    place = ("--root", str(built.root), "--home", str(built.home), "--lang", "en")
    ran = shell.run("validate", str(sheet(built, FAULTY)), *place)
    assert "6 cells are certain to be corrected: --fix writes a copy" in ran.out
    copy = shell.run("validate", str(sheet(built, FIXED)), *place)
    assert "--fix" not in copy.out
    forced = shell.run("validate", str(sheet(built, FIXED)), "--force", *place)
    assert forced.code == 2
    assert "--force goes with --fix only" in forced.err
