"""Writing corrected copies for ``zsgraph validate --fix`` and listing what was corrected."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from zsgraph.cli.language import text
from zsgraph.errors import UsageError
from zsgraph.finding_formats import shortened
from zsgraph.finding_groups import row_ranges
from zsgraph.fixing.copies import can_be_corrected, check_copy, copy_name, write_copy
from zsgraph.fixing.corrections import Correction
from zsgraph.fixing.forms import trimmed
from zsgraph.validation.files import Report


def write_copies(
    files: Sequence[Path],
    output: Path | None,
    corrections: list[Correction],
    language: str,
    *,
    force: bool,
    aside: bool,
) -> tuple[Path, ...]:
    """Write a copy of each file in which something was certain, and tell what.

    Parameters
    ----------
    files
        The files.
    output
        What the copy is called; a folder for the copies of several files.
    corrections
        What is to be corrected in them.
    language
        ``zh`` or ``en``.
    force
        Copies that exist are replaced.
    aside
        What is told goes to standard error, since a program reads the output.

    Returns
    -------
    tuple of Path
        The copies, and those files in which nothing was certain.

    Raises
    ------
    ZsgraphError
        If a copy cannot be written; the files themselves are never changed.
    """
    copies = {path: _copy_of(path, output, several=len(files) > 1) for path in files}
    for path, copy in copies.items():
        check_copy(path, copy, force=force)
    checked = []
    for path, copy in copies.items():
        own = [correction for correction in corrections if correction.path == path]
        if own:
            write_copy(path, copy, own)
            _list(path, copy, own, language, aside)
        else:
            zh = f"{path}：没有可以有把握改正的地方，没有另存。"
            en = f"{path}: nothing is certain enough to be corrected; no copy was written."
            click.echo(text(language, zh, en), err=aside)
        checked.append(copy if own else path)
    return tuple(checked)


def offer_copies(files: Sequence[Path], report: Report, language: str) -> None:
    """Say how many of the faults found in files ``--fix`` would correct, if any.

    Parameters
    ----------
    files
        The files; only CSV and XLSX can be corrected.
    report
        What was found in them.
    language
        ``zh`` or ``en``.
    """
    if not all(map(can_be_corrected, files)):
        return
    certain = (f for f in report.findings if f.fix is not None)
    count = len({(f.file, f.sheet, f.row, f.column) for f in certain})
    if count:
        zh = f"其中 {count} 格有把握改正：加 --fix 另存一份改好的。"
        en = f"{count} cell{' is' if count == 1 else 's are'} certain to be corrected: --fix "
        click.echo(text(language, zh, en + "writes a copy with that done."))


def _copy_of(path: Path, output: Path | None, *, several: bool) -> Path:
    copy = copy_name(path)
    if output is None:
        return copy
    if output.is_dir():
        return output / copy.name
    if several:
        raise UsageError(
            f"要改正几个文件时，-o 须是文件夹，“{output}”不是。",
            f"With several files to correct, -o must be a folder; “{output}” is none.",
        )
    return output


def _list(
    path: Path, copy: Path, corrections: list[Correction], language: str, aside: bool
) -> None:
    count = len(corrections)
    head = text(
        language,
        f"改正了 {path} 的 {count} 处，另存为 {copy}：",
        f"Corrected {count} cell{'' if count == 1 else 's'} of {path}; the copy is {copy}:",
    )
    click.echo(click.style(head, bold=True), err=aside)

    def kind(correction: Correction) -> tuple[str, int, str, str]:
        return correction.sheet or "", correction.place, correction.before, correction.after

    for _, group in groupby(sorted(corrections, key=lambda c: (kind(c), c.row)), key=kind):
        alike = list(group)
        first, rows = alike[0], row_ranges((c.row for c in alike), most=1000)
        sheet = f"“{first.sheet}” " if first.sheet else ""
        place = text(
            language,
            f"{sheet}“{first.heading}”列第 {rows} 行：",
            f"{sheet}column “{first.heading}” row{'' if len(alike) == 1 else 's'} {rows}: ",
        )
        click.echo(f"  {place}“{_visible(first.before)}” → “{_visible(first.after)}”", err=aside)
    click.echo(err=aside)


def _visible(cell: str) -> str:
    """Return a cell on one line, with pictures for the blanks around it."""
    bare = trimmed(cell)
    before, _, after = cell.partition(bare)
    return "␣" * len(before) + shortened(bare) + "␣" * len(after)
