"""``zsgraph questions``: the nine questions, each answered in a sentence and a few rows."""

import click

from zsgraph.answers import Answer, answer
from zsgraph.cli.graph import ready_graph
from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.formats import shortened
from zsgraph.knowledge import locate
from zsgraph.queries import FOLDERS, load_queries

_ROWS, _WIDTH = 3, 96


@click.command("questions", help="简要回答九问 / answer the nine questions in short")
@lang_option
@click.pass_context
def command(ctx: click.Context, lang: str | None) -> int:
    """Print the short answers and what to try next."""
    language = chosen_language(ctx)
    knowledge = locate()
    graph = ready_graph(knowledge, language)
    questions = [q for q in load_queries(knowledge.queries).values() if q.folder == FOLDERS[0]]
    for number, query in enumerate(questions, start=1):
        result = answer(graph, query, language=language)
        title = f"{number}. {query.summary.text(language)}"
        click.echo(click.style(title, bold=True) + click.style(f"  {query.name}", dim=True))
        click.echo(f"   {result.sentence()}")
        for line in _brief(result):
            click.echo(f"     · {line}")
        click.echo()
    click.echo(click.style(text(language, "接着可以试：", "Next, try:"), bold=True))
    for example in (
        "zsgraph query",
        "zsgraph query q3-policies --region 四川省",
        "zsgraph query q6-platforms --industry 生物医药 --format csv",
        "zsgraph query q5-operating-models --help",
    ):
        click.echo(f"   {_program()} {example.partition(' ')[2]}")
    return 0


def _brief(result: Answer) -> list[str]:
    places = [i for i, column in enumerate(result.columns) if column.name in result.query.brief]
    lines: list[str] = []
    for row in result.texts():
        line = shortened(" — ".join(row[i] for i in places if row[i]), _WIDTH)
        if line not in lines:
            lines.append(line)
        if len(lines) == _ROWS:
            break
    return lines


def _program() -> str:
    """Return how the command was called, so that what is shown can be typed again."""
    import shutil
    import sys

    if shutil.which("zsgraph"):
        return "zsgraph"
    path = sys.argv[0]
    return ".venv/bin/zsgraph" if path.endswith(".venv/bin/zsgraph") else path
