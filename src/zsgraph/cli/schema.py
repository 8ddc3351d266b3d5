"""``zsgraph schema``: lists the classes and properties, or tells all about one."""

import shutil

import click

from zsgraph.cli.graph import ready_graph
from zsgraph.cli.language import chosen_language, lang_option


@click.command(
    "schema", help="列出类和属性，或说明其中一个 / list classes and properties, or explain one"
)
@click.argument("term", required=False)
@click.option("--all", "foreign", is_flag=True,
              help="也列通用词汇的 / those of other vocabularies too")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@lang_option
@click.pass_context
def command(
    ctx: click.Context, term: str | None, foreign: bool, form: str, lang: str | None
) -> int:
    """Show terms; exit code 0 shown, 2 there is no such term."""
    from zsgraph.cli.styles import terminal_styles
    from zsgraph.discovery.render_terms import term_text, terms_json, terms_text
    from zsgraph.discovery.terms import Terms
    from zsgraph.knowledge import locate

    language = chosen_language(ctx)
    knowledge = locate()
    terms = Terms(ready_graph(knowledge, language), knowledge, language)
    width = shutil.get_terminal_size((110, 24)).columns
    if term is None:
        found = terms.all(foreign=foreign)
        page = terms_text(found, language, width, terminal_styles())
        click.echo(terms_json(found) if form == "json" else page, nl=False)
        return 0
    detail = terms.detail(*terms.named(term))
    page = term_text(detail, language, width, terminal_styles())
    click.echo(terms_json(detail) if form == "json" else page, nl=False)
    return 0
