"""Empty sheets for the records of a kind, made from the shape that describes it."""

import csv
import io
from dataclasses import dataclass
from typing import Final

from zsgraph.column_forms import form_of, id_help
from zsgraph.headings import id_heading
from zsgraph.id_form import id_form
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import XSD
from zsgraph.options import Catalogue, cells_by_id
from zsgraph.schema import Column, Table

_NUMBERS: Final = {XSD + "decimal", XSD + "integer"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a template, in one language.

    Attributes
    ----------
    heading, help, form
        Its heading, what it means and how its cells are written.
    example
        What a real record holds here.
    options
        What its cells may hold, for a drop-down; empty where anything of the form may stand.
    required, multiple, number
        Whether a cell must be filled, may hold several values, is a number.
    """

    heading: str
    help: str
    form: str
    example: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    multiple: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """An empty sheet of a table, in one language."""

    name: str
    language: str
    label: str
    help: str
    fields: tuple[Field, ...]


def make_template(table: Table, catalogue: Catalogue, knowledge: Knowledge, lang: str) -> Template:
    """Return the empty sheet of a table.

    Parameters
    ----------
    table
        The table, described by its shape.
    catalogue
        What its columns may refer to.
    knowledge
        Whose records give the example.
    lang
        ``zh`` or ``en``, the language of headings, help and choices.
    """
    identifier, cells = _fullest(table, knowledge)
    return Template(
        name=table.name,
        language=lang,
        label=table.label.text(lang),
        help=table.help.text(lang),
        fields=(
            _id_field(table, lang, identifier),
            *(_field(column, catalogue, lang, cells) for column in table.columns),
        ),
    )


def to_csv(template: Template) -> bytes:
    """Return the headings as a CSV file with a byte order mark, which spreadsheets need."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([field.heading for field in template.fields])
    return text.getvalue().encode("utf-8-sig")


def _fullest(table: Table, knowledge: Knowledge) -> tuple[str, dict[str, str]]:
    """Return the record with the most cells filled; of several the one with the least text."""
    empty: tuple[str, dict[str, str]] = "", {}
    return min(
        cells_by_id(table, knowledge), key=lambda record: _emptiness(record[1]), default=empty
    )


def _emptiness(cells: dict[str, str]) -> tuple[int, int]:
    return sum(not cell for cell in cells.values()), sum(map(len, cells.values()))


def _id_field(table: Table, lang: str, example: str) -> Field:
    return Field(
        heading=id_heading(table).text(lang),
        help=id_help(table).text(lang),
        form=id_form(table).text(lang),
        example=example,
        required=True,
    )


def _field(column: Column, catalogue: Catalogue, lang: str, cells: dict[str, str]) -> Field:
    cell = cells.get(column.name, "")
    return Field(
        heading=column.heading.text(lang),
        help=column.help.text(lang),
        form=form_of(column, catalogue).text(lang),
        example=catalogue.in_words(column, cell, lang) if cell else "",
        options=tuple(catalogue.options(column, lang)),
        required=column.required,
        multiple=column.multiple,
        number=bool(column.datatypes) and _NUMBERS.issuperset(column.datatypes),
    )
