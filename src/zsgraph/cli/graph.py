"""Opening the graph for a command, building it first where nothing was built."""

from pathlib import Path

import click

from zsgraph.cli.language import text
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph, home_of, is_built, open_graph


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
    if not is_built(home):
        from zsgraph.build import build
        from zsgraph.cli.show import Bars, show_findings

        zh, en = "还没有建好的图，先建图。", "There is no built graph yet; building it first."
        click.echo(text(language, zh, en), err=True)
        summary = build(knowledge, home, progress=Bars(language))
        if not summary.published:
            show_findings(summary.findings, language)
    return open_graph(home)
