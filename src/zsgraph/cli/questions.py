"""``zsgraph questions``: the nine questions, each answered in a sentence and a few rows."""

import click

from zsgraph.answers import Answer, answer
from zsgraph.cli.graph import ready_graph
from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.formats import shortened
from zsgraph.knowledge import locate
from zsgraph.queries import FOLDERS, NamedQuery, load_queries

_ROWS, _WIDTH, _EXAMPLES = 3, 96, 2


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
    for example in _examples(questions):
        click.echo(f"   {program()} {example}")
    return 0


def _examples(queries: list[NamedQuery]) -> list[str]:
    """Return commands to try, with the example values that the queries themselves give."""
    asking = [(query.name, query.parameters[0]) for query in queries if query.parameters]
    examples = [f"query {name} --{p.name} {_quoted(p.example)}" for name, p in asking[:_EXAMPLES]]
    return [
        "query",
        *(f"{e} --format csv" if place else e for place, e in enumerate(examples)),
        *(f"query {name} --help" for name, _ in asking[-1:]),
    ]


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


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


def program() -> str:
    """Return how the command was called, so that what is shown can be typed again."""
    import shutil
    import sys

    if shutil.which("zsgraph"):
        return "zsgraph"
    path = sys.argv[0]
    return ".venv/bin/zsgraph" if path.endswith(".venv/bin/zsgraph") else path
