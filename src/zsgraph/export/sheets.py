"""The tables of an export: what a sheet and its columns are.

The columns of a kind of record are those of its shape.  A column that refers to things holds
their ids and is followed by columns of their labels, in both languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zsgraph.findings import Message
from zsgraph.namespaces import RDF, SKOS
from zsgraph.schema import ID_COLUMN, Column, Table

LANGUAGES: Final = ("zh", "en")
_LABEL: Final = {"zh": Message("（中文）", " (Chinese)"), "en": Message("（英文）", " (English)")}

#: A cell: nothing, a text, or several texts.
Cell = None | str | list[str]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of an exported sheet.

    Attributes
    ----------
    path
        IRI of the property; empty for columns of labels.
    datatypes
        Datatype IRIs of its values; empty for references.
    reference
        Whether the cells refer to things by ``base`` and what they hold.
    target
        The sheet whose ids they hold, if there is one.
    labels_of
        For a column of labels the column that they explain.
    """

    name: str
    heading: Message
    help: Message
    path: str = ""
    datatypes: tuple[str, ...] = ()
    language: str = ""
    reference: bool = False
    base: str = ""
    target: str = ""
    labels_of: str = ""
    multiple: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of an export, sorted by id.

    Attributes
    ----------
    base
        What the IRIs start with that the ids end; empty where there is no id.
    target
        IRI of the class of the things, empty where they are of several.
    reified
        Names of the columns of subject, predicate and object where a row is about a triple.
    """

    name: str
    label: Message
    help: Message
    base: str
    target: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[list[Cell]]
    reified: tuple[str, str, str] | None = None


def id_column(table: Table) -> SheetColumn:
    """Return the column of the ids of a kind of record."""
    own = table.id_column
    if own is None:
        return plain_id()
    return SheetColumn(
        ID_COLUMN, own.heading, own.help, own.path, own.datatypes, own.language, required=True
    )


def plain_id() -> SheetColumn:
    """Return a column of ids that are no values."""
    return SheetColumn(
        ID_COLUMN,
        Message("编号", "Id"),
        Message("IRI 的末尾", "The end of the IRI"),
        required=True,
    )


def value_column(column: Column) -> SheetColumn:
    """Return the column of the values of a property."""
    return SheetColumn(
        column.name,
        column.heading,
        column.help,
        column.path,
        column.datatypes,
        column.language,
        multiple=column.multiple,
        required=column.required,
    )


def text_column(name: str, local: str, language: str) -> SheetColumn:
    """Return a column of names or definitions in a language."""
    words = {"name": Message("名称", "Name"), "definition": Message("定义", "Definition")}[name]
    ending = _LABEL[language]
    heading = Message(words.zh + ending.zh, words.en + ending.en)
    kinds = (RDF + "langString",)
    machine = name if language == LANGUAGES[0] else f"{name}_{language}"
    return SheetColumn(machine, heading, heading, SKOS + local, kinds, language)


def label_columns(of: SheetColumn) -> list[SheetColumn]:
    """Return the columns of the labels of what a column refers to."""
    return [
        SheetColumn(
            f"{of.name}_label_{language}",
            Message(of.heading.zh + _LABEL[language].zh, of.heading.en + _LABEL[language].en),
            Message("名称", "The name"),
            language=language,
            labels_of=of.name,
            multiple=of.multiple,
        )
        for language in LANGUAGES
    ]
