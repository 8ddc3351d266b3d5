"""Opening the graph for a command, building it first where nothing was built."""

import click

from zsgraph.cli.language import text
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph, home_of, is_built, open_graph


def ready_graph(knowledge: Knowledge, language: str) -> Graph:
    """Return the current graph; builds it first if there is none, and says so.

    Raises
    ------
    ZsgraphError
        If it cannot be built.
    """
    home = home_of(knowledge)
    if not is_built(home):
        from zsgraph.build import build
        from zsgraph.cli.show import Bars, show_findings

        zh, en = "还没有建好的图，先建图。", "There is no built graph yet; building it first."
        click.echo(text(language, zh, en), err=True)
        summary = build(knowledge, home, progress=Bars(language))
        if not summary.published:
            show_findings(summary.findings, language)
    return open_graph(home)
