"""Making an export: the chosen statements in the chosen formats, in a folder, all or nothing."""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zsgraph.errors import ZsgraphError
from zsgraph.export import described, manifest
from zsgraph.export.extract import Extract
from zsgraph.export.folder import Staging, Written, publish, staging
from zsgraph.export.registry import DEFAULT, Format, find_format
from zsgraph.export.selection import select
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import Progress
from zsgraph.schema import load_schema
from zsgraph.store import Graph

#: What the names of the files start with.
STEM: Final = "zsgraph"


@dataclass(frozen=True, slots=True)
class Options:
    """What to export, and how.

    Attributes
    ----------
    formats
        Names of formats (see :data:`zsgraph.export.registry.FORMATS`).
    graphs, kinds
        See :func:`zsgraph.export.selection.select`.
    split
        A file for each named graph.
    compression
        ``gzip``, ``zstd`` or empty.
    bom
        Start CSV files with a byte order mark, as some spreadsheets want it.
    stem
        What the names of the files start with.
    """

    formats: tuple[str, ...] = (DEFAULT,)
    graphs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    split: bool = False
    compression: str = ""
    bom: bool = False
    stem: str = STEM


@dataclass(frozen=True, slots=True)
class Summary:
    """The files of an export, and the seconds that each format took."""

    files: tuple[Written, ...]
    seconds: dict[str, float]


def export(
    graph: Graph, knowledge: Knowledge, options: Options, target: Path, progress: Progress
) -> Summary:
    """Export a graph into a folder.

    The files are written beside the folder and appear in it whole, when all are complete.

    Parameters
    ----------
    graph
        The built graph.
    knowledge
        The knowledge from which it was built; names and describes what is exported.
    target
        The folder; files of the same name in it are replaced.
    progress
        Is told of each format as a stage.

    Raises
    ------
    UsageError
        If there is no such format, graph, kind or compression.
    ZsgraphError
        If the files cannot be written; nothing of them is left behind.
    """
    with told(target), staging(target, options.compression, options.bom) as stage:
        seconds = fill(stage, graph, knowledge, options, progress)
        files = tuple(stage.written)
        finish(stage, graph, target)
    return Summary(files, seconds)


def fill(
    stage: Staging, graph: Graph, knowledge: Knowledge, options: Options, progress: Progress
) -> dict[str, float]:
    """Write the files of an export into a staging folder.

    Returns
    -------
    dict
        Seconds by format.
    """
    formats = [find_format(name) for name in dict.fromkeys(options.formats)]
    for form in formats:
        form.check_installed()
    schema = load_schema(knowledge.shapes)
    chosen = select(graph.store, schema, options.graphs, options.kinds, options.stem)
    selections = chosen.single() if options.split else [chosen]
    stage.folder.mkdir(exist_ok=True)
    work = stage.folder.with_name("work")
    work.mkdir()
    extracts = [Extract(graph.store, knowledge, schema, s, work) for s in selections]
    return {form.name: _write(form, extracts, stage, progress) for form in formats}


def finish(stage: Staging, graph: Graph, target: Path) -> None:
    """Describe the files of a staging folder and let them appear in the target."""
    _describe(graph, stage, target)
    publish(stage, target, manifest.FILE)


def _describe(graph: Graph, stage: Staging, target: Path) -> None:
    """Write the description of the files, and the manifest."""
    mark, version = (str(graph.description.get(key, "")) for key in ("fingerprint", "version"))
    entries = manifest.entries_of(stage.written, mark, target)
    content = described.describe_files(graph.store, entries)
    if content:
        with stage.create(described.FILE, described.MEDIA_TYPE, compressed=False) as stream:
            stream.write(content)
        entries = manifest.entries_of(stage.written, mark, target)
    (stage.folder / manifest.FILE).write_bytes(manifest.make_manifest(entries, mark, version))


def _write(form: Format, extracts: list[Extract], stage: Staging, progress: Progress) -> float:
    writer = form.writer()
    progress.start(form.about, len(extracts))
    begin = time.perf_counter()
    for extract in extracts:
        writer(extract, stage, extract.selection.stem)
        progress.step()
    taken = time.perf_counter() - begin
    progress.finish(taken)
    return taken


@contextmanager
def told(target: Path) -> Iterator[None]:
    """Tell in a sentence why files could not be written."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        number = getattr(error, "errno", None)
        full = number == errno.ENOSPC or "full" in str(error) or "No space" in str(error)
        if full:
            raise ZsgraphError(
                f"{target} 所在的磁盘已满，导出没有完成；没有留下半成品，原有的文件不变。"
                "请腾出空间，或用 --out 换一个位置，再运行一次。",
                f"The disk of {target} is full and the export was not completed; nothing half-"
                "written was left and the files of before are as they were. Free some space or "
                "choose another place with --out, then run it again.",
            ) from None
        reason = os.strerror(number) if number else str(error)
        raise ZsgraphError(
            f"写不了 {target}：{reason}；没有留下半成品。请检查它的位置和权限，或用 --out 换一个。",
            f"{target} cannot be written: {reason}; nothing half-written was left. Check where it "
            "lies and who may write there, or choose another place with --out.",
        ) from None
