"""``zsgraph validate``."""

from pathlib import Path

import click

from zsgraph.cli.language import chosen_language, lang_option
from zsgraph.errors import UsageError

_FORMS = ("text", "json", "csv", "github", "sarif", "html")


@click.command("validate", help="检查表格，不作改动 / check sheets, changing nothing")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", help="记录的种类 / kind of record")
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="写入文件 / write to a file")
@click.option("--fix", is_flag=True, help="另存改正后的副本 / write a copy with corrections made")
@click.option("--force", is_flag=True, help="覆盖已有的副本 / replace a copy that exists")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@click.option("--data", type=click.Path(path_type=Path), help="记录文件夹 / folder of records")
@click.option("--home", type=click.Path(path_type=Path), help="存图的文件夹 / where graphs lie")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    kind: str | None,
    form: str,
    out: Path | None,
    fix: bool,
    force: bool,
    root: Path | None,
    data: Path | None,
    home: Path | None,
    lang: str | None,
) -> int:
    """Check files; exit code 0 no error, 1 errors found, 2 failure."""
    language = chosen_language(ctx)
    if not files:
        raise UsageError(
            "请给出要检查的文件，如 zsgraph validate platforms.xlsx。",
            "Name the files to check, as in: zsgraph validate platforms.xlsx.",
        )
    if force and not fix:
        raise UsageError("--force 只与 --fix 一起用。", "--force goes with --fix only.")
    from zsgraph.cli.fix import offer_copies, write_copies
    from zsgraph.cli.graph import ready_folder
    from zsgraph.finding_formats import render
    from zsgraph.knowledge import locate
    from zsgraph.validation.files import check_files

    knowledge = locate(root, data)
    folder = ready_folder(knowledge, language, home)
    if fix:
        from zsgraph.fixing.corrections import corrections_of

        corrections = corrections_of(files, knowledge, folder, kind)
        files = write_copies(files, out, corrections, language, force=force, aside=form != "text")
        out = None
    report = check_files(files, knowledge, folder, kind)
    _write(render(report, form, language), out)
    if form == "text" and not fix:
        offer_copies(files, report, language)
    return 1 if report.failed else 0


def _write(content: str, out: Path | None) -> None:
    from zsgraph.writing import write_file

    if out is None:
        click.echo(content, nl=False)
    else:
        write_file(out, [content.encode()])
