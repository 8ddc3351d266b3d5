"""``zsgraph why``: tells why a statement holds."""

import shutil

import click

from zsgraph.cli.graph import ready_graph
from zsgraph.cli.language import chosen_language, lang_option, text


@click.command("why", help="说明一条陈述为什么成立 / tell why a statement holds")
@click.argument("subject")
@click.argument("property_", metavar="PROPERTY")
@click.argument("object_", metavar="OBJECT")
@click.option("--all", "alternatives", is_flag=True, help="也给出其他理由 / other reasons too")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    subject: str,
    property_: str,
    object_: str,
    alternatives: bool,
    form: str,
    lang: str | None,
) -> int:
    """Explain a statement; exit code 0 it holds, 1 it does not, 2 wrong use."""
    from zsgraph.cli.styles import terminal_styles
    from zsgraph.discovery.render_why import explanation_json, explanation_text
    from zsgraph.discovery.why import why
    from zsgraph.knowledge import locate

    language = chosen_language(ctx)
    knowledge = locate()
    graph = ready_graph(knowledge, language)
    statement = (subject, property_, object_)
    told = why(graph, knowledge, statement, language=language, alternatives=alternatives)
    if form == "json":
        click.echo(explanation_json(told), nl=False)
    elif told.reasons:
        width = shutil.get_terminal_size((110, 24)).columns
        click.echo(explanation_text(told, language, width, terminal_styles()), nl=False)
    if not told.reasons:
        zh, en = (
            f"图中没有这条陈述，也推不出：{told.sentence}。",
            f"Neither stated nor inferred: {told.sentence}.",
        )
        click.echo(text(language, zh, en), err=True)
        if told.near:
            click.echo(
                text(language, "相近而成立的陈述：", "Similar statements that hold:"), err=True
            )
        for sentence in told.near:
            click.echo(f"  {sentence}", err=True)
    return 0 if told.reasons else 1
