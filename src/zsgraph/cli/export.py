"""``zsgraph export``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zsgraph.cli.language import chosen_language, lang_option, text

if TYPE_CHECKING:
    from zsgraph.export.run import Summary
    from zsgraph.knowledge import Knowledge

_EVERY = "all"
_COMPRESSIONS = ("gzip", "zstd")


@click.command("export", help="把图导出给其他系统 / export the graph for other systems")
@click.option(
    "-f", "--format", "formats", multiple=True, help="格式，可多个；all 为全部 / formats, or all"
)
@click.option(
    "-g",
    "--graph",
    "graphs",
    multiple=True,
    help="asserted | inferred | all | 命名图 / a named graph",
)
@click.option("-k", "--kind", "kinds", multiple=True, help="只要这些种类的记录 / kinds of record")
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("export"))
@click.option("--split", is_flag=True, help="每个命名图一个文件 / a file for each named graph")
@click.option("--compress", type=click.Choice(_COMPRESSIONS), help="压缩 / compress")
@click.option("--bom", is_flag=True, help="CSV 以 BOM 开头，便于 Excel / start CSV with a BOM")
@click.option("--list", "listing", is_flag=True, help="列出格式、命名图和种类 / list what there is")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@click.option("--data", type=click.Path(path_type=Path), help="记录文件夹 / folder of records")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    formats: tuple[str, ...],
    graphs: tuple[str, ...],
    kinds: tuple[str, ...],
    out: Path,
    split: bool,
    compress: str | None,
    bom: bool,
    listing: bool,
    root: Path | None,
    data: Path | None,
    lang: str | None,
) -> int:
    """Write the graph, or a part of it, in other formats."""
    from zsgraph.cli.graph import ready_graph
    from zsgraph.cli.show import Bars
    from zsgraph.export.registry import DEFAULT, FORMATS
    from zsgraph.export.run import Options, export
    from zsgraph.knowledge import locate

    language = chosen_language(ctx)
    knowledge = locate(root, data)
    if listing:
        _list(knowledge, language)
        return 0
    named = [name for given in formats for name in given.split(",") if name]
    names = tuple(FORMATS) if _EVERY in named else tuple(named) or (DEFAULT,)
    options = Options(names, graphs, kinds, split, compress or "", bom)
    graph = ready_graph(knowledge, language)
    _show(export(graph, knowledge, options, out, Bars(language)), out, language)
    if not formats:
        zh = "其他格式用 --format 选，zsgraph export --list 可列出。"
        en = "Choose other formats with --format; zsgraph export --list tells them."
        click.echo(text(language, zh, en))
    return 0


def _show(summary: "Summary", out: Path, language: str) -> None:
    seconds = sum(summary.seconds.values())
    size = sum(file.size for file in summary.files)
    click.echo(
        text(
            language,
            f"已导出到 {out}：{len(summary.files)} 个文件，{_bytes(size)}，用时 {seconds:.1f} 秒。",
            f"Exported to {out}: {len(summary.files)} files, {_bytes(size)}, in {seconds:.1f} s.",
        )
    )
    width = max(len(file.path) for file in summary.files)
    for file in summary.files:
        count = ""
        if file.statements is not None:
            count = text(language, f"{file.statements:,} 条陈述", f"{file.statements:,} statements")
        click.echo(f"  {file.path:<{width}}  {_bytes(file.size):>9}  {count}".rstrip())


def _list(knowledge: "Knowledge", language: str) -> None:
    from zsgraph.cli.graph import ready_graph
    from zsgraph.export.registry import DEFAULT, FORMATS
    from zsgraph.export.selection import ALL, ASSERTED, INFERRED, graph_names, short
    from zsgraph.schema import load_schema

    def head(zh: str, en: str) -> None:
        click.echo(click.style(text(language, zh, en), bold=True))

    head("格式（--format）", "Formats (--format)")
    width = max(map(len, FORMATS))
    for form in FORMATS.values():
        mark = text(language, "（默认）", " (default)") if form.name == DEFAULT else ""
        click.echo(f"  {form.name:<{width}}  {form.about.text(language)}{mark}")
    click.echo(f"  {_EVERY:<{width}}  {text(language, '以上全部', 'all of these')}")
    head("\n命名图（--graph）", "\nGraphs (--graph)")
    for name, zh, en in (
        (ASSERTED, "记录、本体和选项表所说的", "what records, ontology and schemes say"),
        (INFERRED, "由此推出的", "what follows from it"),
        (ALL, "两者（默认）", "both (default)"),
    ):
        click.echo(f"  {name:<{width}}  {text(language, zh, en)}")
    names = (short(name) for name in graph_names(ready_graph(knowledge, language).store))
    click.echo("  " + "\n  ".join(name for name in names if name != INFERRED))
    head("\n记录的种类（--kind）", "\nKinds of record (--kind)")
    tables = load_schema(knowledge.shapes).tables.values()
    widest = max(len(table.name) for table in tables)
    for table in tables:
        click.echo(f"  {table.name:<{widest}}  {table.label.text(language)}")


def _bytes(size: int) -> str:
    amount, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
