"""The report written to a folder: complete, or the folder is as it was."""

import os
import shutil
import time
from pathlib import Path
from typing import Final

from zsgraph.errors import UsageError
from zsgraph.findings import Message
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import Progress
from zsgraph.queries import load_queries
from zsgraph.report.page import report_page
from zsgraph.report.sections import Section, section
from zsgraph.store import Graph
from zsgraph.writing import unwritable

PAGE: Final = "index.html"
#: The charts and tables, which readers may take apart from the page.
CHARTS, TABLES = "charts", "tables"
_OWN: Final = {PAGE, CHARTS, TABLES}
_STAGE: Final = Message("写报告", "Writing the report")


def write_report(
    graph: Graph, knowledge: Knowledge, folder: Path, language: str, progress: Progress
) -> Path:
    """Write the report of all named queries, the questions first.

    Parameters
    ----------
    graph
        The graph to ask.
    knowledge
        Where the queries lie.
    folder
        The folder of the report; one of before is replaced.
    language
        ``zh`` or ``en``.
    progress
        Told of each query.

    Returns
    -------
    Path
        The page to open.

    Raises
    ------
    UsageError
        If the folder holds something else.
    ZsgraphError
        If it cannot be written, or a query or chart fails; the folder stays as it was.
    """
    _check_free(folder)
    queries = load_queries(knowledge.queries).values()
    progress.start(_STAGE, len(queries))
    started = time.perf_counter()
    sections = []
    for number, query in enumerate(queries, start=1):
        sections.append(section(graph, query, language, number))
        progress.step()
    try:
        _write(folder, sections, report_page(graph, sections, language))
    except OSError as error:
        raise unwritable(folder, error) from None
    progress.finish(time.perf_counter() - started)
    return folder / PAGE


def _check_free(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            f"{folder} 是一个文件，报告需要一个文件夹。",
            f"{folder} is a file; the report needs a folder.",
        )
    others = {path.name for path in folder.iterdir()} - _OWN if folder.is_dir() else set()
    if others:
        raise UsageError(
            f"文件夹 {folder} 里有别的文件（如 {min(others)}），不覆盖。请给一个新的文件夹。",
            f"The folder {folder} holds other files (such as {min(others)}) and is left alone. "
            "Name a new folder.",
        )


def _write(folder: Path, sections: list[Section], page: str) -> None:
    """Write into a folder beside, then let it take the place of the one of before."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = folder.with_name(f".{folder.name}.{os.getpid()}")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        for name in (CHARTS, TABLES):
            (half / name).mkdir(parents=True)
        for part in sections:
            name = part.query.name
            (half / TABLES / f"{name}.csv").write_text("\ufeff" + part.csv, encoding="utf-8")
            if part.svg:
                (half / CHARTS / f"{name}.svg").write_text(part.svg, encoding="utf-8")
        (half / PAGE).write_text(page, encoding="utf-8")
        if folder.exists():
            folder.rename(old)
        half.rename(folder)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        for path in (half, old):
            shutil.rmtree(path, ignore_errors=True)
