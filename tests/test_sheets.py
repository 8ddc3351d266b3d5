"""Rows are read as a spreadsheet counts them; the faults of a file say where and what to do."""

from pathlib import Path

import pytest

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding
from zsgraph.sheets import Row, read_rows


def read(folder: Path, content: str | bytes) -> tuple[list[Row], list[Finding]]:
    path = folder / "sheet.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    findings: list[Finding] = []
    return list(read_rows(path, findings.append)), findings


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, 'a,b\n1,"x\ny\r\nz"\n\n,\n2,w\n')
    assert findings == []
    assert rows == [Row(1, ["a", "b"]), Row(2, ["1", "x\ny\r\nz"]), Row(5, ["2", "w"])]


def test_blank_rows_may_stand_before_the_header(tmp_path: Path) -> None:
    assert read(tmp_path, "\n,,\na,b\n") == ([Row(3, ["a", "b"])], [])


FAULTS = [
    ("nothing", b"", "empty-file", None, None),
    ("blank rows alone", b"\n\n,,\n", "empty-file", None, None),
    ("a byte order mark alone", b"\xef\xbb\xbf", "empty-file", None, None),
    ("too many cells", b"a,b\n1,2,3\n", "ragged-row", 2, None),
    ("too few cells", b"a,b\n1\n", "ragged-row", 2, None),
    ("NUL", b"a,b\n1,x\0y\n", "control-character", 2, "b"),
    ("an escape sequence", b"a,b\n\x1b[31m,2\n", "control-character", 2, "a"),
    ("a quote that is not closed", b'a,b\n1,2\n3,"4\n5,6\n', "quotes", 3, None),
    ("text after a quote", b'a,b\n"1" x,2\n', "quotes", 2, None),
    ("GB 18030", "a,b\n中,试\n".encode("gb18030"), "not-utf-8", 2, None),
    ("UTF-16", "a,b\n".encode("utf-16"), "not-utf-8", 1, None),
]


@pytest.mark.parametrize(
    ("content", "rule", "row", "column"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_each_fault_is_told_once_at_its_place(
    tmp_path: Path, content: bytes, rule: str, row: int | None, column: str | None
) -> None:
    rows, findings = read(tmp_path, content)
    assert [(f.rule, f.file, f.row, f.column) for f in findings] == [
        (f"reader/{rule}", "sheet.csv", row, column)
    ]
    assert findings[0].message.zh
    assert findings[0].message.zh != findings[0].message.en
    assert not [found for found in rows if found.number == row and found.sound]


def test_rows_after_a_faulty_row_are_read(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "a,b\n1,2,3\n4\n5,6\n")
    assert len(findings) == 2
    assert rows[1:] == [
        Row(2, ["1", "2"], sound=False),
        Row(3, ["4", ""], sound=False),
        Row(4, ["5", "6"]),
    ]


def test_the_broken_byte_is_counted_over_the_whole_file(tmp_path: Path) -> None:
    start = "a,b\n" + "".join(f'{n},"x\ny"\n' for n in range(9000)) + "9000,"
    rows, (finding,) = read(tmp_path, start.encode() + b"\xd6\xd0\n")
    assert finding.row == 9002
    assert f"(byte {len(start) + 1})" in finding.message.en
    assert f"第{len(start) + 1}个字节" in finding.message.zh
    assert len(rows) < 9002


def test_control_characters_are_shown_as_pictures(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "a,b\n1,\x1b[31mred\x7f\n")
    assert finding.value == "␛[31mred␡"


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.csv is missing") as fault:
        list(read_rows(tmp_path / "none.csv", print))
    assert "缺少记录文件" in fault.value.message.zh


def test_a_folder_is_no_record_file(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(KnowledgeError, match=r"folder\.csv cannot be read"):
        list(read_rows(tmp_path / "folder.csv", print))
