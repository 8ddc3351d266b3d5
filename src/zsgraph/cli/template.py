"""``zsgraph template``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.errors import UsageError

if TYPE_CHECKING:
    from zsgraph.schema import Schema

_ENDINGS = (".xlsx", ".csv")


@click.command("template", help="生成一种记录的空表 / make an empty sheet for a kind of record")
@click.argument("kind", required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="x.xlsx | x.csv")
@click.option("--force", is_flag=True, help="覆盖已有的文件 / replace an existing file")
@click.option("--root", type=click.Path(path_type=Path), help="知识文件夹 / knowledge folder")
@click.option("--data", type=click.Path(path_type=Path), help="记录文件夹 / folder of records")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    kind: str | None,
    out: Path | None,
    force: bool,
    root: Path | None,
    data: Path | None,
    lang: str | None,
) -> int:
    """Write the template of a kind; without a kind, list the kinds."""
    from zsgraph.knowledge import locate
    from zsgraph.schema import load_schema

    language = chosen_language(ctx)
    knowledge = locate(root, data)
    schema = load_schema(knowledge.shapes)
    if kind is None:
        if out is not None:
            raise UsageError(
                "请说明要哪种记录：zsgraph template 种类 -o 文件。不带参数运行可列出全部种类。",
                "Say which kind of record: zsgraph template KIND -o FILE. Run it bare to list all.",
            )
        _list(schema, language)
        return 0

    from zsgraph.kinds import find_table
    from zsgraph.options import Catalogue
    from zsgraph.template import make_template, to_csv

    table = find_table(schema, kind)
    path = out or Path(f"{table.name}{_ENDINGS[0]}")
    _check(path, force)
    template = make_template(table, Catalogue(knowledge, schema), knowledge, language)
    if path.suffix.lower() == _ENDINGS[0]:
        from zsgraph.template_xlsx import to_xlsx

        _write(path, to_xlsx(template), force)
    else:
        _write(path, to_csv(template), force)
    zh = f"已写好“{template.label}”的空表：{path}。填好后运行 zsgraph validate {path}。"
    en = f"Wrote an empty sheet of kind “{template.label}”: {path}. Fill it, then run "
    click.echo(text(language, zh, en + f"zsgraph validate {path}."))
    return 0


def _list(schema: "Schema", language: str) -> None:
    from zsgraph.formats import display_width

    tables = schema.tables.values()
    widest = max(len(table.name) for table in tables)
    labels = {table.name: table.label.text(language) for table in tables}
    wide = max(map(display_width, labels.values()))
    zh, en = "记录的种类", "Kinds of record"
    click.echo(click.style(text(language, zh, en), bold=True))
    for table in tables:
        label = labels[table.name]
        space = " " * (wide - display_width(label))
        click.echo(f"  {table.name:<{widest}}  {label}{space}  {table.help.text(language)}")
    zh = "\n生成空表：zsgraph template 种类 [-o 文件.xlsx|文件.csv]"
    en = "\nMake an empty sheet: zsgraph template KIND [-o FILE.xlsx|FILE.csv]"
    click.echo(text(language, zh, en))


def _check(path: Path, force: bool) -> None:
    if path.suffix.lower() not in _ENDINGS:
        raise UsageError(
            f"空表只能写成 .xlsx 或 .csv，“{path}”两者都不是。请换一个扩展名。",
            f"A template is written as .xlsx or .csv; “{path}” is neither. Choose another ending.",
        )
    if path.exists() and not force:
        raise _exists(path)


def _exists(path: Path) -> UsageError:
    return UsageError(
        f"{path} 已经存在，没有改动。请换一个文件名，或加 --force 覆盖它。",
        f"{path} exists and was left as it is. Choose another name, or replace it with --force.",
    )


def _write(path: Path, content: bytes, force: bool) -> None:
    from zsgraph.writing import unwritable, write_file

    if force:
        write_file(path, [content])
        return
    try:
        with path.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise unwritable(path, error) from None
