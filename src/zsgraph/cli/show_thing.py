"""``zsgraph show``: shows everything about one thing."""

import shutil

import click

from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.cli.remote import chosen_graph, endpoint_option


@click.command("show", help="显示一个事物的全部内容 / show everything about one thing")
@click.argument("thing", metavar="ID|NAME")
@click.option("--all", "everything", is_flag=True, help="不省略 / leave nothing out")
@click.option("--format", "form", type=click.Choice(["text", "json", "turtle"]), default="text")
@endpoint_option
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    thing: str,
    everything: bool,
    form: str,
    endpoint: str | None,
    lang: str | None,
) -> int:
    """Show a thing; exit code 0 shown, 2 nothing or more than one thing is meant."""
    from zsgraph.cli.questions import program
    from zsgraph.cli.styles import terminal_styles
    from zsgraph.deprecation import replacement
    from zsgraph.discovery.describe import describe
    from zsgraph.discovery.lookup import the_one
    from zsgraph.discovery.naming import short_id
    from zsgraph.discovery.render_description import (
        description_json,
        description_text,
        description_turtle,
    )
    from zsgraph.knowledge import locate

    language = chosen_language(ctx)
    knowledge = locate()
    graph = chosen_graph(knowledge, language, endpoint)
    found = the_one(graph, thing, language)
    if instead := replacement(graph.store, found):
        zh = f"{short_id(found)} 已弃用，由 {short_id(instead)} 替代；下面是后者。"
        en = f"{short_id(found)} is deprecated and replaced by {short_id(instead)}, shown below."
        click.echo(text(language, zh, en), err=True)
        found = instead
    if form == "turtle":
        click.echo(description_turtle(graph, found), nl=False)
        return 0
    told = describe(graph, knowledge, found, language=language, everything=everything)
    if form == "json":
        click.echo(description_json(told), nl=False)
        return 0
    width = shutil.get_terminal_size((110, 24)).columns
    click.echo(description_text(told, language, width, terminal_styles(), program()), nl=False)
    return 0
