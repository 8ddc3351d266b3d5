"""The data dictionary: each table and column in both languages, made from the shapes."""

import re
from collections.abc import Iterator

from zsgraph.column_forms import id_help, value_form
from zsgraph.findings import Message
from zsgraph.headings import id_heading
from zsgraph.id_form import id_form
from zsgraph.labels import local_name
from zsgraph.options import Catalogue
from zsgraph.schema import ID_COLUMN, Column, Schema, Table

_INTRODUCTION = """\
# 数据字典 · Data dictionary

本页由 `shapes/` 里的形状生成（`python -m scripts.make_docs`），请勿手改。
This page is made from the shapes in `shapes/` (`python -m scripts.make_docs`); do not edit it.

每个表是一个 CSV 文件（UTF-8，逗号分隔，第一行是列名）。列名、中文标题、英文标题三者任选其一作标题；
指向别的记录时写编号或准确的名称；一格有多个值时用半角分号 `;` 隔开。整理时的取舍见
[CURATION.md](CURATION.md)，怎样填写和提交见 [docs/stewards.zh.md](../docs/stewards.zh.md)。

Each table is a CSV file (UTF-8, parted by commas, the first row holds the headings). A heading is
the column's name, its Chinese or its English heading; whatever refers to another record is its id
or exact name; several values in a cell are parted by semicolons. [CURATION.md](CURATION.md) tells
what was decided, [docs/stewards.en.md](../docs/stewards.en.md) how to fill in and hand in.
"""
_HEADS = (
    "列 Column",
    "中文标题",
    "English heading",
    "含义 Meaning",
    "写法 Form",
    "必填 Required",
    "多个 Several",
    "例 Example",
)
_ONE_OF = "从中选 one of:"
_YES = "是 yes"
#: So many choices are listed.
_LISTED = 12
_SPECIAL = re.compile(r"[\\`*_\[\]|]")


def dictionary_page(schema: Schema, catalogue: Catalogue) -> str:
    """Return the data dictionary as Markdown.

    Parameters
    ----------
    schema
        The tables.
    catalogue
        What their columns may refer to.  Only concepts are listed and no records, so that the
        page changes with the shapes and schemes alone.
    """
    lines = [_INTRODUCTION, *_contents(schema)]
    for table in schema.tables.values():
        lines += _section(table, catalogue)
    return "\n".join(lines) + "\n"


def _contents(schema: Schema) -> Iterator[str]:
    yield _row("表 Table", "记录", "Record", "含义 Meaning", "列数 Columns")
    yield _row("---", "---", "---", "---", "---:")
    for table in schema.tables.values():
        link = f"[`{table.name}`](#{table.name})"
        count = str(len(table.columns) + 1)
        yield _row(link, _safe(table.label.zh), _safe(table.label.en), _both(table.help), count)


def _section(table: Table, catalogue: Catalogue) -> Iterator[str]:
    form = id_form(table)
    count = len(table.columns) + 1
    yield from ("", f"## {table.name}", "")
    yield f"**{table.label.zh}**：{table.help.zh}。编号：{form.zh}。共 {count} 列。"
    yield ""
    yield f"**{table.label.en}**: {table.help.en}. Id: {form.en}. {count} columns."
    yield from ("", _row(*_HEADS), _row(*["---"] * len(_HEADS)))
    yield _identifier(table)
    for column in table.columns:
        yield _column(column, catalogue)


def _identifier(table: Table) -> str:
    column = table.id_column
    heading, form = id_heading(table), f"{_both(id_form(table))}<br>{_code(table.id_pattern)}"
    example = column.example if column else ""
    return _described(ID_COLUMN, heading, id_help(table), form, example, required=True)


def _column(column: Column, catalogue: Catalogue) -> str:
    return _described(
        column.name,
        column.heading,
        column.help,
        _form(column, catalogue),
        column.example,
        required=column.required,
        multiple=column.multiple,
    )


def _described(
    name: str,
    heading: Message,
    help_: Message,
    form: str,
    example: str,
    *,
    required: bool = False,
    multiple: bool = False,
) -> str:
    return _row(
        _code(name),
        _safe(heading.zh),
        _safe(heading.en),
        _both(help_),
        form,
        _YES if required else "",
        _YES if multiple else "",
        _code(example) if example else "",
    )


def _form(column: Column, catalogue: Catalogue) -> str:
    form = value_form(column, catalogue)
    table = catalogue.table_of(column.reference)
    if table is not None:
        return f"[{form.zh}<br>{form.en}](#{table.name})"
    resources = catalogue.resources(column)
    if column.datatypes or column.any_resource:
        pattern = f"<br>{_code(column.pattern)}" if column.pattern else ""
        return _both(form) + pattern
    if len(resources) > _LISTED:
        return _both(form)
    names = ((catalogue.name(iri, "zh"), catalogue.name(iri, "en"), iri) for iri in resources)
    listed = (f"{_code(local_name(iri))} {_safe(zh)} {_safe(en)}" for zh, en, iri in names)
    return "<br>".join((_ONE_OF, *listed))


def _both(message: Message) -> str:
    return f"{_safe(message.zh)}<br>{_safe(message.en)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    # A bar ends a cell of a Markdown table even within code.
    return "`" + text.replace("|", "\\|") + "`"


def _safe(text: str) -> str:
    """Return a text as Markdown that shows it as it is within a table."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())).replace("<", "&lt;")
