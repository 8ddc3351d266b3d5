"""Opening the graph for a command, building it first where nothing was built."""

from pathlib import Path

import click

from zsgraph.cli.language import text
from zsgraph.errors import ZsgraphError
from zsgraph.freshness import is_outdated
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph, current_folder, home_of, is_built, open_graph


def ready_graph(knowledge: Knowledge, language: str, home: Path | None = None) -> Graph:
    """Return the current graph; builds it first if there is none, and says so.

    Parameters
    ----------
    knowledge
        What to build it from.
    language
        ``zh`` or ``en``, for what is said.
    home
        Folder of the built graphs, by default that of the knowledge.

    Raises
    ------
    ZsgraphError
        If it cannot be built.
    """
    home = home or home_of(knowledge)
    _ensure(knowledge, home, language)
    return open_graph(home)


def ready_folder(knowledge: Knowledge, language: str, home: Path | None = None) -> Path:
    """Return the folder of the current graph; builds it first if there is none, and says so.

    Says as well if records or knowledge were changed after it was built.

    Raises
    ------
    ZsgraphError
        If it cannot be built.
    """
    place = home or home_of(knowledge)
    if not _ensure(knowledge, place, language) and is_outdated(knowledge, place):
        zh = "提示：知识或记录在建图之后改过，现按原来的图检查；zsgraph build 可重建。"
        en = "Note: knowledge or records changed after the graph was built; checking against the "
        click.echo(text(language, zh, en + "graph as it is. zsgraph build renews it."), err=True)
    return current_folder(place)


def fresh_folder(knowledge: Knowledge, language: str, home: Path | None = None) -> Path:
    """Return the folder of the graph of just these records; builds it first if need be.

    Raises
    ------
    ZsgraphError
        If it cannot be built, also because of errors in the records, which are shown.
    """
    place = home or home_of(knowledge)
    if not _ensure(knowledge, place, language) and not _is_of(knowledge, place):
        zh, en = "记录在建图之后改过，先重新建图。", "Records changed after the graph was built; "
        click.echo(text(language, zh, en + "building it anew first."), err=True)
        if not _build(knowledge, place, language):
            raise ZsgraphError(
                "已有的记录有错误（见上），请先改正，再运行一次。",
                "The registered records have errors (above). Correct them first, then run again.",
            )
    return current_folder(place)


def _is_of(knowledge: Knowledge, home: Path) -> bool:
    """Tell whether the current graph was built from just this knowledge, by its content."""
    from zsgraph.build import fingerprint

    return bool(open_graph(home).description["fingerprint"] == fingerprint(knowledge))


def _ensure(knowledge: Knowledge, home: Path, language: str) -> bool:
    """Build the graph if there is none; tell whether it was built."""
    if is_built(home):
        return False
    zh, en = "还没有建好的图，先建图。", "There is no built graph yet; building it first."
    click.echo(text(language, zh, en), err=True)
    _build(knowledge, home, language)
    return True


def _build(knowledge: Knowledge, home: Path, language: str) -> bool:
    from zsgraph.build import build
    from zsgraph.cli.show import Bars, show_findings

    summary = build(knowledge, home, progress=Bars(language))
    if not summary.published:
        show_findings(summary.findings, language)
    return summary.published
