"""Two states compared: which records and terms are new, changed, ended, deprecated or removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from zsgraph.deprecation import DEPRECATED, REPLACED_BY, replacement
from zsgraph.diff.places import Places
from zsgraph.diff.sides import Side
from zsgraph.diff.terms import TERM_GRAPHS, Values, owners, term_values
from zsgraph.namespaces import GRAPH_DATA
from zsgraph.patch import Patch, difference
from zsgraph.schema import Column, Table
from zsgraph.terms import Term, iri_value, is_literal, literal_parts


class Change(StrEnum):
    """What became of a record or term."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    DEPRECATED = "deprecated"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Cell:
    """The values of a record's column, or of a term's property, that differ.

    Attributes
    ----------
    path
        IRI of the property.
    column
        The column; None for a property of a term.
    old, new
        All its values before and after, sorted.
    """

    path: str
    column: Column | None
    old: tuple[Term, ...]
    new: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A record or term that changed.

    Attributes
    ----------
    iri, change
        What it is, and what became of it.
    table
        Its kind of record; None for a term.
    cells
        What differs; of what is new or removed, all that it has.
    place
        IRI of the place it is told under; empty where the shapes name none.
    about
        IRI of what it is about; itself if nothing else.
    replacement
        IRI of what is to be used instead; empty if none is named.
    """

    iri: str
    change: Change
    table: Table | None
    cells: tuple[Cell, ...]
    place: str = ""
    about: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two sides.

    Attributes
    ----------
    records, terms
        In the order of their kinds and ids.
    patch
        The statements that differ, in all named graphs.
    """

    old: Side
    new: Side
    records: tuple[Item, ...]
    terms: tuple[Item, ...]
    patch: Patch


def compare(old: Side, new: Side) -> Comparison:
    """Compare two states of the graph."""
    patch = difference(old.quads(), new.quads())
    records = {subject for subject, _, _, graph in _changed(patch) if _is_record(graph)}
    tables = new.schema.tables | {
        name: table for name, table in old.schema.tables.items() if name not in new.schema.tables
    }
    found: list[Item] = []
    for table in tables.values():
        start = f"<{table.base}"
        own = sorted(iri_value(r) for r in records if r.rpartition("/")[0] + "/" == start)
        found += [item for iri in own for item in _record(old, new, table, iri)]
    return Comparison(old, new, tuple(found), tuple(_terms(old, new, patch)), patch)


def _changed(patch: Patch) -> Iterable[tuple[Term, Term, Term, Term]]:
    return (*patch.removed, *patch.added)


def _is_record(graph: Term) -> bool:
    return graph.startswith(f"<{GRAPH_DATA}")


def _record(old: Side, new: Side, table: Table, iri: str) -> list[Item]:
    before, after = _values(old, table, iri), _values(new, table, iri)
    columns = _columns(old, new, table)
    cells = tuple(
        Cell(column.path, column, *values)
        for column in columns
        if (values := (_cell(before, column), _cell(after, column))) and values[0] != values[1]
    )
    if not cells and bool(before) == bool(after):
        return []
    if before and not after and (successor := replacement(new.store, iri)):
        return [Item(iri, Change.DEPRECATED, table, (), *Places(old).of(iri), successor)]
    places = Places(new if after else old)
    place, about = places.of(iri)
    return [Item(iri, _change(table, before, after), table, cells, place, about)]


def _change(table: Table, before: Values, after: Values) -> Change:
    if not before:
        return Change.NEW
    if not after:
        return Change.REMOVED
    end = f"<{table.ending.end.path}>" if table.ending else ""
    return Change.ENDED if after.get(end) and not before.get(end) else Change.CHANGED


def _columns(old: Side, new: Side, table: Table) -> list[Column]:
    columns = list(table.columns)
    known = {(column.path, column.language) for column in columns}
    for side in (new, old):
        other = side.schema.tables.get(table.name)
        columns += [c for c in other.columns if (c.path, c.language) not in known] if other else []
        known |= {(column.path, column.language) for column in columns}
    return columns


def _values(side: Side, table: Table, iri: str) -> Values:
    return term_values(side.store, iri, [GRAPH_DATA + table.name])


def _cell(values: Values, column: Column) -> tuple[Term, ...]:
    found = values.get(f"<{column.path}>", ())
    if column.language:
        return tuple(v for v in found if is_literal(v) and literal_parts(v)[2] == column.language)
    return tuple(found)


def _terms(old: Side, new: Side, patch: Patch) -> Iterable[Item]:
    touched: set[str] = set()
    for side, quads in ((old, patch.removed), (new, patch.added)):
        subjects = {s for s, _, _, graph in quads if iri_value(graph) in TERM_GRAPHS}
        touched |= owners(side.store, subjects)
    for iri in sorted(touched):
        before = term_values(old.store, iri, TERM_GRAPHS)
        after = term_values(new.store, iri, TERM_GRAPHS)
        cells = tuple(
            Cell(iri_value(path), None, before.get(path, ()), after.get(path, ()))
            for path in sorted(before.keys() | after.keys())
            if before.get(path, ()) != after.get(path, ())
        )
        if cells:
            successor = next(iter(after.get(REPLACED_BY, ())), "").strip("<>")
            yield Item(iri, _term_change(before, after), None, cells, replacement=successor)


def _term_change(before: Values, after: Values) -> Change:
    if not after:
        return Change.REMOVED
    if _is_deprecated(after) and not _is_deprecated(before):
        return Change.DEPRECATED
    return Change.CHANGED if before else Change.NEW


def _is_deprecated(values: Values) -> bool:
    return any(literal_parts(value)[0] in ("true", "1") for value in values.get(DEPRECATED, ()))
