"""``zsgraph end``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zsgraph.cli.language import chosen_language, lang_option, text

if TYPE_CHECKING:
    from zsgraph.findings import Finding


@click.command("end", help="记下一条记录已经结束 / record that something has ended")
@click.argument("record")
@click.option("--date", required=True, help="结束时间 / when it ended: 2026-03-01, 2026-03, 2026")
@click.option(
    "--source", "sources", required=True, multiple=True, help="依据的来源 / what says so (id)"
)
@click.option("--update", is_flag=True, help="改动已有的结束时间 / replace a registered end")
@click.option("--yes", is_flag=True, help="不再询问 / do not ask")
@click.option("--dry-run", is_flag=True, help="只看不写 / look, write nothing")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@click.option("--data", type=click.Path(path_type=Path), help="记录文件夹 / folder of records")
@click.option("--home", type=click.Path(path_type=Path), help="存图的文件夹 / where graphs lie")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    record: str,
    date: str,
    sources: tuple[str, ...],
    update: bool,
    yes: bool,
    dry_run: bool,
    root: Path | None,
    data: Path | None,
    home: Path | None,
    lang: str | None,
) -> int:
    """End a record; exit code 0 done, 1 errors found or ended already, 2 failure."""
    from zsgraph.cli.changes import Editing
    from zsgraph.cli.graph import fresh_folder
    from zsgraph.cli.show import show_findings
    from zsgraph.editing.changes import Changes
    from zsgraph.editing.ending import end_record, ended, find_record
    from zsgraph.editing.recheck import errors_after
    from zsgraph.graph_resolver import graph_resolver
    from zsgraph.knowledge import locate
    from zsgraph.schema import load_schema

    language = chosen_language(ctx)
    knowledge = locate(root, data)
    schema = load_schema(knowledge.shapes)

    def plan() -> Changes | None:
        folder = fresh_folder(knowledge, language, home)
        resolver = graph_resolver(knowledge, folder)
        table, identifier = find_record(schema, knowledge.data, record, resolver)
        findings: list[Finding] = []
        alteration = end_record(
            table, knowledge.data, identifier, date, list(sources), resolver, findings.append
        )
        show_findings(findings, language)
        if alteration is None:
            return None
        before = ended(table, alteration)
        if before and not update:
            zh = f"{identifier} 已登记在 {before} 结束。确要改为 {date}，请加 --update。"
            en = f"{identifier} is registered as ended on {before}. Add --update to replace that."
            click.echo(text(language, zh, en), err=True)
            return None
        if not alteration.cells:
            zh, en = f"{identifier} 已登记在 {date} 结束。", f"{identifier} is registered as ended "
            click.echo(text(language, zh, en + f"on {date} already."))
            return Changes()
        changes = Changes(alterations=[alteration])
        wrong = errors_after(changes, knowledge, folder, resolver)
        show_findings(wrong, language)
        return None if wrong else changes

    places = {"root": root, "data": data, "home": home}
    editing = Editing(knowledge, language, places, update=True, yes=yes, dry_run=dry_run)
    return editing.run(plan)
