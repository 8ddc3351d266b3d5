"""``zsgraph build``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.cli.show import SEVERITY_NAMES, Bars, show_findings

if TYPE_CHECKING:
    from zsgraph.build import Summary


@click.command("build", help="由记录建图 / build the graph from the records")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@click.option("--data", type=click.Path(path_type=Path), help="记录文件夹 / folder of records")
@click.option("--home", type=click.Path(path_type=Path), help="存图的文件夹 / where graphs lie")
@click.option("--reasoner", default="default", help="default | owlrl", show_default=True)
@click.option("--validator", default="default", help="default | pyshacl", show_default=True)
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    root: Path | None,
    data: Path | None,
    home: Path | None,
    reasoner: str,
    validator: str,
    lang: str | None,
) -> int:
    """Build the graph; exit code 0 clean, 1 errors found, 2 failure."""
    from zsgraph.build import build
    from zsgraph.knowledge import locate
    from zsgraph.store import home_of

    language = chosen_language(ctx)
    knowledge = locate(root, data)

    def on_wait() -> None:
        zh, en = "另一个构建刚结束，现在轮到本次。", "Another build has just ended; now this one."
        click.echo(text(language, zh, en), err=True)

    place = home or home_of(knowledge)
    summary = build(knowledge, place, reasoner, validator, Bars(language), on_wait)
    show_findings(summary.findings, language)
    if not summary.published:
        zh, en = "有错误，未建新图；原来的图不变。", "There are errors: no new graph was made, "
        en += "the one of before stays."
        click.echo(text(language, zh, en), err=True)
        return 1
    _show_summary(summary, language)
    return 0


def _show_summary(summary: "Summary", language: str) -> None:
    records = sum(summary.rows.values())
    click.echo(
        text(
            language,
            f"建成：{len(summary.rows)} 个表 {records:,} 条记录，断言 {summary.asserted:,} 条陈述，"
            f"推出 {summary.inferred:,} 条，用时 {sum(summary.seconds.values()):.1f} 秒。",
            f"Built: {records:,} records in {len(summary.rows)} tables, {summary.asserted:,} "
            f"statements asserted, {summary.inferred:,} inferred, "
            f"in {sum(summary.seconds.values()):.1f} s.",
        )
    )
    width = max(map(len, summary.rows))
    for table, count in summary.rows.items():
        click.echo(f"  {table:<{width}} {count:>7,}")
    found = [
        f"{name.text(language)} {sum(f.severity is severity for f in summary.findings)}"
        for severity, name in SEVERITY_NAMES.items()
    ]
    click.echo(text(language, "发现：", "Findings: ") + text(language, "，", ", ").join(found))
    taken = [f"{name.text(language)} {seconds:.2f} s" for name, seconds in summary.seconds.items()]
    click.echo(text(language, "用时：", "Time: ") + text(language, "，", ", ").join(taken))
