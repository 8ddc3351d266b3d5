"""An edit of a CSV file changes the lines that it is about and no byte of another."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from zsgraph.editing.table_text import TableText

CELLS = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]) | st.sampled_from('",;\r\n')
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def added(content: bytes, *rows: list[str]) -> bytes:
    table = TableText(content)
    table.add(rows, 0)
    return table.content()


@given(TABLES, st.sampled_from(["\n", "\r\n"]), st.sampled_from([0, 1]), st.booleans())
def test_an_unedited_file_keeps_its_bytes(
    rows: list[list[str]], end: str, quoting: int, marked: bool
) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, quoting=quoting).writerows(rows)
    content = stream.getvalue().encode("utf-8-sig" if marked else "utf-8")
    assert TableText(content).content() == content


@given(TABLES, st.data())
def test_only_the_edited_row_reads_differently(rows: list[list[str]], data: st.DataObject) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    table = TableText(stream.getvalue().encode())
    row = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[0]) - 1))
    new = data.draw(CELLS)
    table.put(row + 1, {place: new})
    expected = [list(cells) for cells in rows]
    expected[row][place] = new
    assert read(table.content()) == expected


IDS = st.sets(st.text("ab1-", min_size=1, max_size=4), max_size=12)


@given(IDS, IDS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_sorted_file_stays_sorted_and_keeps_its_lines(
    old: set[str], new: set[str], end: str, ended: bool
) -> None:
    lines = ["id,note", *(f'{name},"x"' for name in sorted(old))]
    content = end.join(lines).encode() + (end.encode() if ended else b"")
    written = added(content, *([name, "y"] for name in sorted(new - old, reverse=True)))
    rows = read(written)[1:]
    assert [row[0] for row in rows] == sorted(old | new)
    assert [line for line in written.decode().split(end) if line.endswith('"x"')] == lines[1:]


def test_a_new_row_stands_where_the_order_puts_it() -> None:
    content = b'id,name\r\na-1,"quoted"\r\na-3,plain\r\n'
    assert added(content, ["a-4", "x,y"], ["a-2", "new"], ["a-0", ""]) == (
        b'id,name\r\na-0,\r\na-1,"quoted"\r\na-2,new\r\na-3,plain\r\na-4,"x,y"\r\n'
    )


def test_an_unsorted_file_gets_its_new_rows_last() -> None:
    content = b"id\nb\na\n"
    assert added(content, ["d"], ["c"]) == b"id\nb\na\nd\nc\n"


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert added(b"id\r\na", ["b"]) == b"id\r\na\r\nb\r\n"


def test_the_first_record_comes_after_the_header() -> None:
    assert added(b"id,name\n", ["a", "b"]) == b"id,name\na,b\n"


def test_blank_rows_and_rows_of_several_lines_stay() -> None:
    content = b'\xef\xbb\xbf\n\nid,note\na,"two\nlines"\n\nc,x\n'
    assert added(content, ["b", "y"]) == (b'\xef\xbb\xbf\n\nid,note\na,"two\nlines"\n\nb,y\nc,x\n')


def test_an_equal_cell_is_no_edit() -> None:
    content = b'id,"name"\na,"b"\n'
    table = TableText(content)
    table.put(2, {1: "b"})
    assert table.content() == content


def test_a_new_column_leaves_the_other_cells_as_they_are() -> None:
    table = TableText(b'id,name\r\na,"b"\r\n\r\nc,d')
    place = table.add_column("note, of all")
    table.put(4, {place: "e"})
    assert table.content() == b'id,name,"note, of all"\r\na,"b",\r\n\r\nc,d,e'
