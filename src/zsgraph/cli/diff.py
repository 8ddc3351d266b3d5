"""``zsgraph diff``: what differs between two states of the graph."""

from datetime import UTC, datetime
from pathlib import Path

import click

from zsgraph.cli.language import chosen_language, lang_option, text


@click.command("diff", help="两版之间有何不同 / what differs between two states")
@click.argument("old")
@click.argument("new", default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "atom", "patch"]),
    default="text",
    show_default=True,
    help="格式；patch 是 RDF Patch / format; patch is RDF Patch",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="写入文件 / write to a file")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    old: str,
    new: str,
    form: str,
    out: Path | None,
    root: Path | None,
    lang: str | None,
) -> int:
    """Compare; exit code 0 nothing differs, 1 something differs, 2 failure."""
    from zsgraph.cli.output import write_out
    from zsgraph.diff.compare import compare
    from zsgraph.diff.formats import write
    from zsgraph.diff.sides import opened
    from zsgraph.knowledge import locate
    from zsgraph.writing import write_file

    language = chosen_language(ctx)
    knowledge = locate(root)
    with opened(old, knowledge) as before, opened(new, knowledge) as after:
        comparison = compare(before, after)
        updated = after.modified() or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        content = write(comparison, form, language, updated)
    if out:
        write_file(out, [content])
        zh, en = f"已写入 {out}。", f"Written to {out}."
        click.echo(text(language, zh, en), err=True)
    else:
        write_out([content])
    return 1 if len(comparison.patch) else 0
