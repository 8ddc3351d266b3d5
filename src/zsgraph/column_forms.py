"""How a cell is to be written, told in a sentence for people who fill a sheet."""

from typing import Final

from zsgraph.cells import right_form
from zsgraph.findings import Message
from zsgraph.namespaces import RDF
from zsgraph.options import Catalogue
from zsgraph.schema import Column, Table

#: So many choices are listed, more are counted.
FEW: Final = 10
_LANGUAGES: Final = {
    "zh": Message("中文文字", "Chinese text"),
    "en": Message("英文文字", "English text"),
}
_TEXT: Final = Message("文字", "text")
_ID_HELP: Final = Message(
    "这条记录的编号，登记后不再改变", "The id of the record; it never changes"
)
_ANY: Final = Message(
    "任何已登记的记录或概念，写作 表名/编号", "any registered record or concept, as folder/id"
)
_SEVERAL: Final = Message("可填多个，以半角分号 ; 隔开", "several are parted by semicolons")


def form_of(column: Column, catalogue: Catalogue) -> Message:
    """Return how the cells of a column are written, without saying whether they may be empty.

    Parameters
    ----------
    column
        The column.
    catalogue
        Knows what the column may refer to.
    """
    one = value_form(column, catalogue)
    if not column.multiple:
        return one
    return Message(f"{one.zh}；{_SEVERAL.zh}", f"{one.en}; {_SEVERAL.en}")


def value_form(column: Column, catalogue: Catalogue) -> Message:
    """Return how one value of a column is written."""
    if column.any_resource:
        return _ANY
    if column.datatypes:
        return _text_form(column)
    resources = catalogue.resources(column)
    table = catalogue.table_of(column.reference)
    if table is not None:
        return Message(
            f"已登记的“{table.label.zh}”的名称或编号",
            f"name or id of a registered {table.label.en.lower()}",
        )
    if len(resources) <= FEW:
        return Message(
            "从中选：" + "、".join(catalogue.options(column, "zh")),
            "one of: " + ", ".join(catalogue.options(column, "en")),
        )
    if column.reference:
        zh, en = (catalogue.name(column.reference, language) for language in ("zh", "en"))
        return Message(f"“{zh}”的名称或编号", f"name or id of a {en}")
    return Message(f"从{len(resources)}项中选", f"one of {len(resources)} choices")


def id_help(table: Table) -> Message:
    """Return what the id of the table's records is."""
    return table.id_column.help if table.id_column else _ID_HELP


def _text_form(column: Column) -> Message:
    if column.datatypes == (RDF + "langString",):
        form = _LANGUAGES.get(column.language, _TEXT)
    else:
        known = right_form(column.datatypes)
        if known:
            return known
        form = _TEXT
    if not column.pattern or not column.example:
        return form
    return Message(f"{form.zh}，如 {column.example}", f"{form.en}, such as {column.example}")
