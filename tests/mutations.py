"""Twelve ways to damage a cell of a record, and a judge of what may stand in a cell.

The judge was written from the data dictionary, without the project's reader: it says whether a
damaged cell still holds something that the column allows.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zsgraph.namespaces import RDF, RDFS, SKOS, XSD
from zsgraph.pipeline import Graphs
from zsgraph.schema import ID_COLUMN, Column, Table
from zsgraph.terms import RDF_TYPE, iri_value, is_literal, literal_parts

DATES = {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LABELS = {f"<{name}>" for name in (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label")}
_CONTROLS = "\x00\x07\x0b\x1b\x7f"
_HAN = re.compile("[\u3400-\u9fff]")
Row = dict[str, str]


@dataclass(frozen=True)
class Cell:
    """A cell of a record: its table, its column (None is that of the id) and its row."""

    table: Table
    column: Column | None
    row: Row

    @property
    def name(self) -> str:
        return self.column.name if self.column else ID_COLUMN

    @property
    def text(self) -> str:
        return self.row[self.name]


#: Returns the damaged text, chosen by a number; None where the way does not apply.
Damage = Callable[[Cell, int], str | None]


def _emptied(cell: Cell, _: int) -> str | None:
    return ""


def _truncated(cell: Cell, choice: int) -> str | None:
    return cell.text[: 1 + choice % (len(cell.text) - 1)] if len(cell.text) > 1 else None


def _swapped(cell: Cell, choice: int) -> str | None:
    others = sorted({text for text in cell.row.values() if text and text != cell.text})
    return others[choice % len(others)] if others else None


def _misspelt(cell: Cell, choice: int) -> str | None:
    if cell.column is None or cell.column.datatypes:
        return None
    place = choice % len(cell.text)
    strange = "某" if _HAN.match(cell.text[place]) else "q"
    return cell.text[:place] + strange + cell.text[place + 1 :]


def _date_in_another_form(cell: Cell, choice: int) -> str | None:
    if not _is(cell, DATES):
        return None
    parts = cell.text.split("-")
    chinese = "".join(str(int(p)) + mark for p, mark in zip(parts, "年月日", strict=False))
    forms = ["/".join(parts) + ("/" if len(parts) == 1 else ""), chinese, ".".join(parts) + "."]
    forms += [cell.text[2:], f"约{cell.text}", f"{cell.text}T00:00:00"]
    return forms[choice % len(forms)]


def _impossible_date(cell: Cell, choice: int) -> str | None:
    if not _is(cell, DATES):
        return None
    year = cell.text[:4]
    wrong = ["02-30", "13", "00", "04-31", "12-32", "06-00", "00-01"]
    return f"{year}-{wrong[choice % len(wrong)]}"


def _letter_in_a_number(cell: Cell, choice: int) -> str | None:
    if not _is(cell, {XSD + "decimal", *DATES}):
        return None
    places = [place for place, sign in enumerate(cell.text) if sign.isdigit()]
    place = places[choice % len(places)]
    return cell.text[:place] + "OlIS"[choice % 4] + cell.text[place + 1 :]


def _full_width_digits(cell: Cell, _: int) -> str | None:
    return cell.text.translate(_FULL_WIDTH)


def _separator_doubled_or_foreign(cell: Cell, choice: int) -> str | None:
    if cell.column is None or not cell.column.multiple or ";" not in cell.text:
        return None
    return cell.text.replace(";", (";;", "；", "、", "; ;", "|")[choice % 5], 1)


def _id_of_another_form(cell: Cell, choice: int) -> str | None:
    if cell.column is not None:
        return None
    forms = [f"{cell.text} a", f"{cell.text}号", f"{cell.text}_1", f"?{cell.text}", f"{cell.text}."]
    return forms[choice % len(forms)]


def _id_of_another_record(cell: Cell, _: int) -> str | None:
    """Stand for the id of a record that the test puts into the same file."""
    return None if cell.column else cell.text


def _control_character(cell: Cell, choice: int) -> str | None:
    place = choice % (len(cell.text) + 1)
    return cell.text[:place] + _CONTROLS[choice % len(_CONTROLS)] + cell.text[place:]


WAYS: dict[str, Damage] = {
    "emptied": _emptied,
    "truncated": _truncated,
    "swapped with another column": _swapped,
    "name misspelt": _misspelt,
    "date in another form": _date_in_another_form,
    "impossible date": _impossible_date,
    "letter in a number": _letter_in_a_number,
    "full-width digits": _full_width_digits,
    "separator doubled or foreign": _separator_doubled_or_foreign,
    "id of another form": _id_of_another_form,
    "id of another record": _id_of_another_record,
    "control character": _control_character,
}


def _is(cell: Cell, datatypes: set[str]) -> bool:
    return cell.column is not None and not datatypes.isdisjoint(cell.column.datatypes)


class Judge:
    """Says whether a text may stand in a cell."""

    def __init__(self, graphs: Graphs, longest: dict[str, int]) -> None:
        self._longest = longest
        self._types: dict[str, set[str]] = defaultdict(set)
        self._by_id: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for triples in [*graphs.asserted.values(), graphs.inferred]:
            for subject, predicate, obj in triples:
                if predicate == RDF_TYPE:
                    self._types[iri_value(subject)].add(iri_value(obj))
                elif predicate in _LABELS and is_literal(obj):
                    self._by_name[literal_parts(obj)[0]].add(iri_value(subject))
        for iri in self._types:
            parts = re.split("[/#]", iri)
            for name in (iri, parts[-1], "/".join(parts[-2:])):
                self._by_id[name].add(iri)

    def allows(self, table: Table, column: Column | None, text: str) -> bool:
        """Tell whether the column of the table allows the text."""
        if column is None:
            return re.fullmatch(table.id_pattern, text) is not None
        if any(sign in text for sign in _CONTROLS):
            return False
        parts = [p for p in map(str.strip, text.split(";")) if p] if column.multiple else [text]
        if not any(parts):
            return not column.required
        return all(self._is_value(column, part) for part in parts)

    def _is_value(self, column: Column, text: str) -> bool:
        if column.datatypes:
            return any(self._has_form(column, datatype, text) for datatype in column.datatypes)
        return len(self._meant(column, text)) == 1

    def _meant(self, column: Column, text: str) -> set[str]:
        """Return what the text names; an id goes before a name."""
        for named in (self._by_id, self._by_name):
            found = {iri for iri in named.get(text, ()) if self._may_be(column, iri)}
            if found:
                return found
        return set()

    def _may_be(self, column: Column, iri: str) -> bool:
        if column.choices:
            return iri in column.choices
        return column.any_resource or column.reference in self._types[iri]

    def _has_form(self, column: Column, datatype: str, text: str) -> bool:
        if datatype == XSD + "decimal":
            return re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text) is not None
        if datatype == XSD + "boolean":
            return text.lower() in {"yes", "no", "是", "否", "true", "false", "1", "0"}
        if datatype in DATES:
            return _is_date(datatype, text)
        if column.language == "en" and _HAN.search(text):
            return False
        if datatype in (XSD + "string", XSD + "anyURI", RDF + "langString"):
            fits = re.search(column.pattern, text) if column.pattern else True
            return bool(fits) and len(text) <= self._longest.get(column.shape, len(text))
        raise NotImplementedError(datatype)


def _is_date(datatype: str, text: str) -> bool:
    length = {XSD + "gYear": 4, XSD + "gYearMonth": 7, XSD + "date": 10}[datatype]
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) or len(text) != length:
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return "1000" <= text[:4] < "3000"
