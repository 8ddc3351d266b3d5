"""``zsgraph add``."""

from pathlib import Path

import click

from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.errors import UsageError


@click.command("add", help="把填好的表格加入记录 / add filled sheets to the records")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", help="记录的种类 / kind of record")
@click.option("--update", is_flag=True, help="可改动已有的记录 / may change registered records")
@click.option("--yes", is_flag=True, help="不再询问 / do not ask")
@click.option("--dry-run", is_flag=True, help="只看不写 / look, write nothing")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@click.option("--data", type=click.Path(path_type=Path), help="记录文件夹 / folder of records")
@click.option("--home", type=click.Path(path_type=Path), help="存图的文件夹 / where graphs lie")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    kind: str | None,
    update: bool,
    yes: bool,
    dry_run: bool,
    root: Path | None,
    data: Path | None,
    home: Path | None,
    lang: str | None,
) -> int:
    """Add files; exit code 0 done or nothing to do, 1 errors found, 2 failure."""
    language = chosen_language(ctx)
    if not files:
        raise UsageError(
            "请给出要加入的文件，如 zsgraph add platforms.xlsx。",
            "Name the files to add, as in: zsgraph add platforms.xlsx.",
        )
    from zsgraph.cli.changes import Editing
    from zsgraph.cli.graph import fresh_folder
    from zsgraph.cli.show import show_findings
    from zsgraph.editing.changes import Changes, changes_of
    from zsgraph.editing.recheck import errors_after
    from zsgraph.finding_formats import render
    from zsgraph.knowledge import locate
    from zsgraph.validation.files import check_files

    knowledge = locate(root, data)

    def plan() -> Changes | None:
        folder = fresh_folder(knowledge, language, home)
        report = check_files(files, knowledge, folder, kind)
        click.echo(render(report, "text", language))
        if not report.failed:
            changes = changes_of(report.records, knowledge.data, report.resolver)
            wrong = errors_after(changes, knowledge, folder, report.resolver)
            if not wrong:
                return changes
            show_findings(wrong, language)
        zh, en = "有错误，没有写入。请改正后再加入。", "There are errors: nothing was written. "
        click.echo(text(language, zh, en + "Correct them, then add again."))
        return None

    places = {"root": root, "data": data, "home": home}
    editing = Editing(knowledge, language, places, update=update, yes=yes, dry_run=dry_run)
    return editing.run(plan)
