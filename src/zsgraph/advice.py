"""What to write instead of a reference that names nothing or too much."""

import re
from difflib import get_close_matches
from typing import Final

from zsgraph.findings import Message
from zsgraph.resolve import Resolver, qualified
from zsgraph.schema import Column

_COUNT: Final = 5
_LISTED: Final = 12
_SEPARATORS: Final = re.compile(r"\s*[;；、，,]\s*")


class Advisor:
    """Advises on references, once for each text.

    Parameters
    ----------
    resolver
        Knows all records and concepts.
    limit
        For so many different texts the nearest names are looked for, which is slow; a sheet with
        more faults than that has another fault than misspelt names.
    """

    def __init__(self, resolver: Resolver, limit: int = 200) -> None:
        self._resolver = resolver
        self._limit = limit
        self._known: dict[tuple[str, str], Message] = {}

    def advise(self, column: Column, text: str, found: list[str]) -> Message:
        """Return what to write instead of ``text``.

        Parameters
        ----------
        column
            The column of the cell.
        text
            What was written.
        found
            IRIs of all that it may mean.
        """
        key = column.shape, text
        advice = self._known.get(key)
        if advice is None:
            advice = self._known[key] = (
                self._ambiguous(text, found)
                if found
                else self._several(column, text) or self._unknown(column, text)
            )
        return advice

    def _ambiguous(self, text: str, found: list[str]) -> Message:
        listed = [f"{qualified(iri)}（{self._resolver.name(iri)}）" for iri in found[:_COUNT]]
        return Message(
            f"“{text}”可以指{len(found)}个：{'、'.join(listed)}。请改写编号。",
            f"“{text}” may mean {len(found)}: {', '.join(listed)}. Write the id instead.",
        )

    def _several(self, column: Column, text: str) -> Message | None:
        parts = _SEPARATORS.split(text)
        if len(parts) == 1 or any(len(self._resolver.meant(column, p)) != 1 for p in parts):
            return None
        if not column.multiple:
            return Message(
                f"这里写了{len(parts)}个值，这一列只能填一个。",
                f"These are {len(parts)} values; the column takes one.",
            )
        right = ";".join(parts)
        return Message(
            f"多个值用半角分号隔开，请写作：{right}。",
            f"Several values are parted by semicolons; write: {right}.",
        )

    def _unknown(self, column: Column, text: str) -> Message:
        new = self._resolver.replacement(text)
        if new:
            return Message(
                f"编号“{text}”已改为 {qualified(new)}（{self._resolver.name(new)}）。",
                f"The id “{text}” was replaced by {qualified(new)} ({self._resolver.name(new)}).",
            )
        near = self._nearest(column, text)
        if not near and column.any_resource:
            return Message(
                f"没有编号为“{text}”的记录或概念，请写作 表名/编号。",
                f"No record or concept has the id “{text}”; write it as folder/id.",
            )
        zh, en = f"“{text}”没有登记。", f"“{text}” is not registered."
        if near:
            return Message(
                f"{zh}最接近的是：{'、'.join(near)}。", f"{en} Nearest: {', '.join(near)}."
            )
        if column.reference and self._resolver.registers(column.reference):
            return Message(
                f"{zh}确是新的，请先填进它自己的表，两个文件一起检查。",
                f"{en} If it is new, put it into a sheet of its own kind and check both together.",
            )
        known = self._resolver.labels(column.reference) if column.reference else []
        if 0 < len(known) <= _LISTED:
            return Message(
                f"{zh}可以填：{'、'.join(known)}。", f"{en} Known are: {', '.join(known)}."
            )
        return Message(zh, en)

    def _nearest(self, column: Column, text: str) -> list[str]:
        if len(self._known) >= self._limit:
            return []
        if not column.choices:
            return self._resolver.nearest(text, column.reference)
        names = [name for choice in column.choices for name in self._resolver.names(choice)]
        close = get_close_matches(text, names, _COUNT, 0.5)
        return close or [self._resolver.name(choice) for choice in column.choices[:_LISTED]]
