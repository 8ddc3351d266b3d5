"""A cell corrected as far as it is certain; a cell that is right is never changed."""

import re
from typing import Final

from zsgraph.fixing.forms import half_width, right_literal, trimmed
from zsgraph.fixing.near_names import NearNames
from zsgraph.records import SEPARATOR
from zsgraph.resolve import Resolver
from zsgraph.schema import Column

#: So many different cells are remembered.
_REMEMBERED: Final = 100_000
_SEPARATORS: Final = re.compile(r"[;；、，,]")


class Corrector:
    """Corrects the cells of sheets.

    Parameters
    ----------
    resolver
        Knows all that a cell may refer to.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._near: dict[str, NearNames] = {}
        self._corrected: dict[tuple[str, str], str] = {}

    def cell(self, column: Column, cell: str) -> str:
        """Return a cell as it should be written; as it is, where nothing certain is known."""
        key = column.shape, cell
        corrected = self._corrected.get(key)
        if corrected is None:
            corrected = self._right_cell(column, cell)
            if len(self._corrected) < _REMEMBERED:
                self._corrected[key] = corrected
        return corrected

    def _right_cell(self, column: Column, cell: str) -> str:
        text = trimmed(cell)
        if not text or self._is_right(column, text):
            return text or cell
        if column.datatypes:
            parts = text.split(SEPARATOR) if column.multiple else [text]
            return SEPARATOR.join(self._literal(column, part) for part in parts)
        return self._reference(column, text)

    def identifier(self, pattern: str, cell: str) -> str:
        """Return the id of a record as it should be written.

        Parameters
        ----------
        pattern
            Regular expression of the ids.
        cell
            The id as it was written.
        """
        text = trimmed(cell)
        code = half_width(text)
        return code if re.fullmatch(pattern, code) and not re.fullmatch(pattern, text) else text

    def _is_right(self, column: Column, text: str) -> bool:
        if column.datatypes:
            parts = text.split(SEPARATOR) if column.multiple else [text]
            return all(self._literal(column, part) == part for part in parts)
        parts = text.split(SEPARATOR) if column.multiple else [text]
        return all(self._resolves(column, part) for part in map(str.strip, parts) if part)

    def _literal(self, column: Column, text: str) -> str:
        return right_literal(text.strip(), column.datatypes, column.pattern) or text

    def _reference(self, column: Column, text: str) -> str:
        if not column.multiple:
            return self._name(column, text) or text
        parts = [part for part in map(str.strip, text.split(SEPARATOR)) if part]
        right = [self._name(column, part) for part in parts]
        if None not in right:
            return SEPARATOR.join(filter(None, right))
        # A name may hold such a mark itself, so they part only where each part is a name.
        finer = [part for part in map(str.strip, _SEPARATORS.split(text)) if part]
        names = [self._name(column, part) for part in finer]
        if None not in names:
            return SEPARATOR.join(filter(None, names))
        return SEPARATOR.join(name or part for name, part in zip(right, parts, strict=True))

    def _name(self, column: Column, text: str) -> str | None:
        """Return the name or id that a part of a cell must stand for."""
        if self._resolver.meant(column, text):
            return text if self._resolves(column, text) else None
        code = half_width(text)
        for identifier in dict.fromkeys((code, code.lower())):
            if self._resolves(column, identifier):
                return identifier
        if column.any_resource:
            return None
        return self._near_names(column).certain(text)

    def _near_names(self, column: Column) -> NearNames:
        near = self._near.get(column.shape)
        if near is None:
            resolver = self._resolver
            listed = (name for choice in column.choices for name in resolver.names(choice))
            names = listed if column.choices else resolver.labels(column.reference)
            near = self._near[column.shape] = NearNames(
                names, lambda name: resolver.meant(column, name), lambda: resolver.labels("")
            )
        return near

    def _resolves(self, column: Column, text: str) -> bool:
        return len(self._resolver.meant(column, text)) == 1
