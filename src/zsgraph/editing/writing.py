"""Writing changes into the tables: minimal in difference, all tables or none."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from zsgraph.editing.changes import Changes, open_table
from zsgraph.editing.table_text import TableText
from zsgraph.errors import KnowledgeError, UsageError
from zsgraph.headings import Header
from zsgraph.records import path_of
from zsgraph.schema import Table
from zsgraph.transaction import Disk, reading, replace_files, writing


def check_writable(folder: Path) -> None:
    """Check that records may be written where they lie.

    Raises
    ------
    UsageError
        If they belong to the installed package, or the folder may not be written to.
    """
    package = Path(__file__).resolve().parent.parent
    if folder.resolve().is_relative_to(package):
        raise UsageError(
            f"现在用的是安装包自带的记录（{folder}），不能改动。"
            "请把这个文件夹复制到自己的位置，再用 --data 文件夹 指明它。",
            f"These are the records of the installed package ({folder}), which are not changed. "
            "Copy that folder to a place of your own and name it by --data FOLDER.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(
            f"记录文件夹 {folder} 不可写，没有改动。请取得写权限，或用 --data 指明另一个文件夹。",
            f"The folder of records {folder} may not be written to; nothing was changed. Ask for "
            "the right to write, or name another folder by --data.",
        )


def state_of(folder: Path) -> str:
    """Return a SHA-256 over the record files, by which a change made meanwhile is noticed."""
    with reading(folder):
        return _digest(folder)


def write(
    changes: Changes,
    folder: Path,
    state: str,
    on_wait: Callable[[], None] = lambda: None,
    disk: Disk | None = None,
) -> bool:
    """Write changes into the tables, all or none.

    Parameters
    ----------
    changes
        What to write.
    folder
        The folder of the records.
    state
        Its state (see :func:`state_of`) when the changes were worked out.
    on_wait
        Called once if another process must be waited for.
    disk
        Does the steps; tests give one that fails.

    Returns
    -------
    bool
        False where the records were changed meanwhile, so that nothing was written.

    Raises
    ------
    OSError
        If it cannot be written; the records are then as they were.
    """
    with writing(folder, on_wait):
        if _digest(folder) != state:
            return False
        replace_files(folder, contents(changes, folder), disk)
    return True


def contents(changes: Changes, folder: Path) -> dict[str, bytes]:
    """Return the new content of each file that changes, by its name."""
    return {
        path_of(table, folder).name: _edited(table, changes, folder) for table in changes.tables
    }


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _edited(table: Table, changes: Changes, folder: Path) -> bytes:
    text, header = open_table(table, folder)
    if header is None or header.id_place is None:
        path = path_of(table, folder)
        raise KnowledgeError(
            f"{path} 没有编号列，不能写入。请先恢复它的标题行。",
            f"{path} has no column for the id and cannot be written. Restore its headings first.",
        )
    places = _places(table, changes, text, header)
    for alteration in changes.alterations:
        if alteration.table is table:
            cells = {places[change.column.name]: change.new for change in alteration.cells}
            text.put(alteration.row, cells)
    rows = []
    for addition in changes.additions:
        if addition.table is table:
            row = [""] * len(text.header)
            row[header.id_place] = addition.id
            for name, cell in addition.cells.items():
                row[places[name]] = cell
            rows.append(row)
    text.add(rows, header.id_place)
    return text.content()


def _places(table: Table, changes: Changes, text: TableText, header: Header) -> dict[str, int]:
    """Return the place of each column that is written; one that the file lacks is added to it."""
    columns = zip(table.columns, header.places, strict=True)
    places = {column.name: place for column, place in columns if place is not None}
    written = [name for new in changes.additions if new.table is table for name in new.cells]
    for alteration in changes.alterations:
        if alteration.table is table:
            written += [change.column.name for change in alteration.cells]
    for column in table.columns:
        if column.name in written and column.name not in places:
            places[column.name] = text.add_column(column.name)
    return places
