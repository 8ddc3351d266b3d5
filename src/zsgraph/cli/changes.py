"""Showing what will change in the records, asking, and writing it."""

import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from zsgraph.cli.language import text
from zsgraph.editing.changes import Alteration, Changes
from zsgraph.editing.writing import check_writable, state_of, write
from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.knowledge import Knowledge

#: So many records of a table are listed; the others are counted.
_LISTED: Final = 20
_CELL: Final = 60


class Editing:
    """A change of the records from the first look to the last word.

    Parameters
    ----------
    knowledge
        Whose records change.
    language
        ``zh`` or ``en``.
    places
        The options that say where things lie, for the advice to build anew with the same.
    update, yes, dry_run
        Registered records may change; write without asking; do not write.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        language: str,
        places: Mapping[str, Path | None],
        *,
        update: bool,
        yes: bool,
        dry_run: bool,
    ) -> None:
        self._folder = knowledge.data
        given = [f" --{name} {shlex.quote(str(path))}" for name, path in places.items() if path]
        self._build = "zsgraph build" + "".join(given)
        self._language = language
        self._update = update
        self._yes = yes
        self._dry_run = dry_run
        if not dry_run:
            check_writable(self._folder)

    def run(self, plan: Callable[[], Changes | None]) -> int:
        """Work out, show, ask and write; return the exit code.

        Parameters
        ----------
        plan
            Works out the changes from the records as they are now and tells what stands against
            them; gives None where they cannot be made.
        """
        while True:
            state = state_of(self._folder)
            changes = plan()
            if changes is None:
                return 1
            show_changes(changes, self._language)
            if not changes:
                return 0
            if changes.alterations and not self._update:
                self._say(
                    "以上改动涉及已有的记录，没有写入。确要改动，请加 --update。",
                    "Registered records would change, so nothing was written. Add --update if "
                    "that is meant.",
                )
                return 1
            if self._dry_run:
                self._say("只是预演，没有写入。", "A dry run: nothing was written.")
                return 0
            if not self._agreed(changes):
                self._say("没有写入。", "Nothing was written.")
                return 0
            if self._written(changes, state):
                return 0

    def _agreed(self, changes: Changes) -> bool:
        if self._yes:
            return True
        if not sys.stdin.isatty():
            raise UsageError(
                "这里不能提问，没有写入。看过以上改动后加 --yes 写入，或加 --dry-run 只看不写。",
                "Nobody can be asked here, so nothing was written. Add --yes to write what is "
                "listed above, or --dry-run to look only.",
            )
        files = ", ".join(f"{table.name}.csv" for table in changes.tables)
        question = text(
            self._language,
            f"写入 {self._folder}（{files}）吗？",
            f"Write to {self._folder} ({files})?",
        )
        try:
            return click.confirm(question, default=False)
        except click.Abort:
            click.echo()
            raise ZsgraphError("已中断，没有写入。", "Interrupted; nothing was written.") from None

    def _written(self, changes: Changes, state: str) -> bool:
        def on_wait() -> None:
            self._say("另一个程序正在读写记录，等它结束…", "Waiting for another program to finish…")

        try:
            if write(changes, self._folder, state, on_wait):
                self._report(changes)
                return True
        except OSError as error:
            raise ZsgraphError(
                f"写不了 {self._folder}（{error.strerror}）。记录和原来一样，没有改动。"
                "请腾出空间或检查权限后再试。",
                f"{self._folder} cannot be written ({error.strerror}). The records are as they "
                "were. Make room or check the permissions, then try again.",
            ) from None
        if not self._yes:
            raise ZsgraphError(
                "您答复之前，记录已被别人改动，没有写入。请再运行一次，看看现在的改动。",
                "The records were changed by somebody else before you answered, so nothing was "
                "written. Run again to see the changes as they are now.",
            )
        self._say("记录刚被别人改动，重新核对。", "The records have just been changed; once more.")
        return False

    def _report(self, changes: Changes) -> None:
        count = len(changes.additions) + len(changes.alterations)
        records = "record" if count == 1 else "records"
        self._say(
            f"已写入 {count} 条记录。运行 {self._build} 重新建图后，查询才会用到它们。",
            f"Wrote {count} {records}. Run {self._build} so that queries answer from them.",
        )

    def _say(self, zh: str, en: str) -> None:
        click.echo(text(self._language, zh, en))


def show_changes(changes: Changes, language: str) -> None:
    """Print new records, changed ones cell by cell, and how many stay as they are."""
    for table in changes.tables:
        new = [record for record in changes.additions if record.table is table]
        altered = [record for record in changes.alterations if record.table is table]
        label = table.label.text(language)
        head = text(
            language,
            f"{label}（{table.name}.csv）：新增 {len(new)} 条，改动 {len(altered)} 条",
            f"{label} ({table.name}.csv): {len(new)} new, {len(altered)} changed",
        )
        click.echo(click.style(head, bold=True))
        for record in new[:_LISTED]:
            click.echo(f"  {click.style('+', fg='green')} {record.id}  {_short(record.name)}")
        _more(len(new) - _LISTED, language)
        for change in altered:
            _show_alteration(change, language)
    if changes.unchanged:
        count = changes.unchanged
        zh = f"已登记且没有变化的：{count} 条。"
        click.echo(text(language, zh, f"Registered and unchanged: {count}."))
    if changes.kept:
        zh = f"{changes.kept} 个空格不改变已登记的内容：加入只增改，不删除。"
        en = f"{changes.kept} empty cells leave what is registered as it is: adding never removes."
        click.echo(text(language, zh, en))
    if not changes:
        zh, en = "没有要写入的改动。", "There is nothing to write."
        click.echo(text(language, zh, en))


def _show_alteration(change: Alteration, language: str) -> None:
    click.echo(f"  {click.style('~', fg='yellow')} {change.id}  {_short(change.name)}")
    for cell in change.cells:
        old, new = (_short(value) or text(language, "（空）", "(empty)") for value in cell.shown)
        heading = cell.column.heading.text(language)
        click.echo(f"      {heading}{text(language, '：', ': ')}{old} → {new}")


def _more(count: int, language: str) -> None:
    if count > 0:
        click.echo(text(language, f"  …另有 {count} 条。", f"  … and {count} more."))


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _CELL else line[: _CELL - 1] + "…"
