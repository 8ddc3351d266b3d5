"""``zsgraph cite``: how the graph is cited."""

import json

import click

from zsgraph.cli.language import lang_option

STYLES = ("bibtex", "gbt7714", "ris")


@click.command("cite", help="给出引用格式 / tell how the graph is cited")
@click.option(
    "--format", "form", type=click.Choice(STYLES), help="默认三种都给 / all three by default"
)
@lang_option
def command(form: str | None, lang: str | None) -> int:
    """Print the citation, with the version and date of the graph that is built."""
    from zsgraph.citation import STYLES as WRITERS
    from zsgraph.citation import read_citation
    from zsgraph.knowledge import locate
    from zsgraph.store import DESCRIPTION, current_folder, home_of, is_built

    knowledge = locate()
    home = home_of(knowledge)
    description = None
    if is_built(home):
        description = json.loads((current_folder(home) / DESCRIPTION).read_text(encoding="utf-8"))
    citation = read_citation(knowledge.root, description)
    chosen = [form] if form else list(STYLES)
    click.echo("\n".join(WRITERS[style](citation) for style in chosen), nl=False)
    return 0
