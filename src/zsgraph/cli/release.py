"""``zsgraph release``: makes the folder of a release and writes the version into the checkout."""

import datetime as dt
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zsgraph.cli.language import chosen_language, lang_option, text

if TYPE_CHECKING:
    from zsgraph.release.run import Release


@click.command("release", help="发布一个版本 / release a version")
@click.argument("version")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="发布文件夹 / folder of the release"
)
@click.option("--previous", default="", help="与之比较的上一版 / the release to compare with")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="发布日期，默认今天 / day of the release, by default today",
)
@click.option(
    "--tests", default="make test", show_default=True, help="测试命令 / command of the tests"
)
@click.option("--compress", type=click.Choice(["gzip", "zstd"]), help="压缩 / compress")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    version: str,
    out: Path | None,
    previous: str,
    date: dt.datetime | None,
    tests: str,
    compress: str | None,
    root: Path | None,
    lang: str | None,
) -> int:
    """Release; exit code 0 released, 1 the records have errors, 2 refused or failed."""
    from zsgraph.cli.show import Bars, show_findings
    from zsgraph.knowledge import locate
    from zsgraph.release.checks import check_tests
    from zsgraph.release.run import Request, release

    language = chosen_language(ctx)
    knowledge = locate(root)
    day = (date.date() if date else dt.date.today()).isoformat()

    def test() -> None:
        zh, en = f"运行测试：{tests}", f"Running the tests: {tests}"
        click.echo(text(language, zh, en), err=True)
        check_tests(knowledge.root, shlex.split(tests))

    request = Request(version, day, out, previous, compress or "")
    made = release(knowledge, request, test, Bars(language))
    if made.folder is None:
        show_findings(made.findings, language)
        zh = "记录有错误，没有发布，也没有改动任何文件。请先改正。"
        en = "The records have errors: nothing was released and no file changed. Correct them."
        click.echo(text(language, zh, en), err=True)
        return 1
    _tell(made, version, language)
    return 0


def _tell(made: "Release", version: str, language: str) -> None:
    size = sum(file.size for file in made.files) / 1e6
    zh = f"{version} 已在 {made.folder}：{len(made.files)} 个文件，{size:.1f} MB。"
    en = f"{version} is in {made.folder}: {len(made.files)} files, {size:.1f} MB."
    click.echo(text(language, zh, en))
    if made.previous:
        zh, en = f"与上一版的不同：比较的是 {made.previous}。", f"Compared with {made.previous}."
    else:
        zh = "没有找到上一版，未作比较；可用 --previous 指明。"
        en = "No earlier release was found to compare with; --previous names one."
    click.echo(text(language, zh, en))
    if made.changed:
        zh = f"版本号已写入 {'、'.join(made.changed)}。请看过后提交并打标签："
        en = f"The version is written into {', '.join(made.changed)}. Look, commit and tag:"
        click.echo(text(language, zh, en))
        click.echo(f"  git commit -am 'Release {version}' && git tag v{version}")
