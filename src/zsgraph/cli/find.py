"""``zsgraph find``: finds things by name, number or id."""

import shutil
from typing import TYPE_CHECKING

import click

from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.cli.remote import chosen_graph, endpoint_option
from zsgraph.findings import Message

if TYPE_CHECKING:
    from zsgraph.discovery.find import Found


@click.command("find", help="按名称、文号或编号查找 / find by name, document number or id")
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@click.option("--kind", default="", help="只找这一种 / only this kind: class, property, 平台 …")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True,
              help="至多几条 / at most so many")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@endpoint_option
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    kind: str,
    limit: int,
    form: str,
    endpoint: str | None,
    lang: str | None,
) -> int:
    """Find things; exit code 0 found, 1 nothing found, 2 wrong use."""
    from zsgraph.discovery.find import find
    from zsgraph.discovery.render_find import found_csv, found_json, found_table
    from zsgraph.knowledge import locate

    language = chosen_language(ctx)
    knowledge = locate()
    graph = chosen_graph(knowledge, language, endpoint)
    found = find(
        graph, " ".join(words), kind=kind, limit=limit, language=language, knowledge=knowledge
    )
    if form == "json":
        click.echo(found_json(found), nl=False)
    elif form == "csv":
        click.echo(found_csv(found, language), nl=False)
    elif found.hits:
        width = shutil.get_terminal_size((110, 24)).columns
        click.echo(found_table(found, language, width), nl=False)
        if found.more:
            zh, en = (
                f"还有更多；--limit {limit * 5} 可多看一些。",
                f"There are more: --limit {limit * 5}.",
            )
            click.echo(text(language, zh, en), err=True)
    if not found.hits:
        click.echo(_nothing(found).text(language), err=True)
    return 0 if found.hits else 1


def _nothing(found: "Found") -> Message:
    """Return why nothing is shown and what to try."""
    if found.others:
        return Message(
            f"没有这一种；别的种类有{found.others}条，去掉 --kind 可以看到。",
            f"None of this kind; without --kind there are {found.others}.",
        )
    near = found.near
    return Message(
        "没有找到。" + (f"最接近的名称：{'、'.join(near)}。" if near else "请换个说法再试。"),
        "Nothing found. " + (f"Nearest: {', '.join(near)}." if near else "Try other words."),
    )
