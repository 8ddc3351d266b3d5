"""The ``view`` of a named query: which kind of chart tells its answer, and from which columns.

A view is written in the header of the query file, for example::

    view: {type: bar, category: industry, sum: platforms}
    view: {type: map, tiles: provinces, division: place, count: platform}

Each channel names a column, or several in brackets.  A measure is one of ``sum``, ``max`` (both of
columns of numbers) and ``count`` (how many different values a column has).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from zsgraph.knowledge import locate
from zsgraph.query_header import QueryFile, header_fault

MEASURES: Final = ("sum", "max", "count")
TILES_FOLDER: Final = "tiles"
_MEASURE: Final = "measure"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the view of one type may say.

    Attributes
    ----------
    needs, allows
        Channels that must and that may be given; ``measure`` stands for one of the measures.
    options
        What else may be said, with the values that are allowed (empty for any whole number or,
        with ``tiles``, the name of a file).
    """

    needs: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)


GRAMMARS: Final = {
    "table": Grammar(),
    "bar": Grammar(("category", _MEASURE), ("colour",), {"order": ("value", "given"), "limit": ()}),
    "columns": Grammar(("time", _MEASURE), ("colour",)),
    "dots": Grammar(
        ("category", "value"), ("colour", "against"), {"scale": ("linear", "log"), "limit": ()}
    ),
    "timeline": Grammar(("time", "lane"), ("colour", "label", "start"), {"limit": ()}),
    "matrix": Grammar(("x", "y", _MEASURE), ("label",), {"limit": ()}),
    "map": Grammar(("division", _MEASURE), (), {"tiles": ()}),
    "tree": Grammar(("from", "to"), ("direction", "colour", "time"), {"limit": ()}),
    "flow": Grammar(("stages",), (_MEASURE,), {"limit": ()}),
}
#: Channels that may name several columns.
_SEVERAL: Final = ("category", "stages", "sum", "x")


@dataclass(frozen=True, slots=True)
class View:
    """The view of a named query.

    Attributes
    ----------
    type
        A key of :data:`GRAMMARS`.
    channels
        For each channel, among them the measure, the names of its columns.
    options
        What else is said.
    tiles
        The file of the tile grid of a map.
    """

    type: str = "table"
    channels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    tiles: Path | None = None

    def column(self, channel: str) -> str | None:
        """Return the first column of a channel, None where the view has no such channel."""
        return next(iter(self.channels.get(channel, ())), None)

    @property
    def measure(self) -> str | None:
        """The measure: ``sum``, ``max`` or ``count``."""
        return next((name for name in MEASURES if name in self.channels), None)

    def written(self) -> dict[str, Any]:
        """Return the view as the header writes it."""
        named = {
            key: list(names) if len(names) > 1 else names[0] for key, names in self.channels.items()
        }
        return {"type": self.type, **named, **self.options}

    def limit(self, usual: int) -> int:
        """Return how many items are drawn at most."""
        return int(self.options.get("limit", usual))


def view_of(file: QueryFile, columns: Collection[str]) -> View:
    """Return the view that a header asks for; a table where it asks for none.

    Parameters
    ----------
    file
        The query file.
    columns
        The names of the columns that the header declares.

    Raises
    ------
    KnowledgeError
        If the view is not understood; the message names the file and what is allowed.
    """
    written = file.header.get("view")
    if written is None:
        return View()
    if not isinstance(written, dict) or "type" not in written:
        raise header_fault(
            file,
            f"view 应写作 {{type: 图的类型, …}}；类型有 {'、'.join(GRAMMARS)}",
            f"view is written {{type: kind of chart, …}}; kinds are {', '.join(GRAMMARS)}",
        )
    kind = str(written["type"])
    grammar = GRAMMARS.get(kind)
    if grammar is None:
        near = get_close_matches(kind, GRAMMARS, 1)
        raise header_fault(
            file,
            f"没有“{kind}”这种图"
            + (f"，是不是 {near[0]}" if near else f"；有 {'、'.join(GRAMMARS)}"),
            f"there is no chart “{kind}”"
            + (f"; did you mean {near[0]}" if near else f"; there are {', '.join(GRAMMARS)}"),
        )
    said = {str(key): value for key, value in written.items() if key != "type"}
    _check_keys(file, kind, grammar, said)
    channels = {
        key: _columns(file, key, value, columns)
        for key, value in said.items()
        if key not in grammar.options
    }
    options = {key: value for key, value in said.items() if key in grammar.options}
    for key, value in options.items():
        _check_option(file, key, value, grammar.options[key])
    return View(kind, channels, options, _tiles(file, kind, options))


def _check_keys(file: QueryFile, kind: str, grammar: Grammar, said: dict[str, Any]) -> None:
    known = list(_spelt((*grammar.needs, *grammar.allows))) + list(grammar.options)
    for key in said:
        if key not in known:
            near = get_close_matches(key, known, 1)
            raise header_fault(
                file,
                f"view 中 {kind} 没有“{key}”"
                + (f"，是不是 {near[0]}" if near else f"；有 {'、'.join(known) or '（无）'}"),
                f"a view of type {kind} has no “{key}”"
                + (f"; did you mean {near[0]}" if near else f"; it has {', '.join(known)}"),
            )
    measures = [key for key in MEASURES if key in said]
    if len(measures) > 1:
        raise header_fault(
            file,
            f"view 只能有一个度量，给了 {'、'.join(measures)}",
            f"a view has one measure; {', '.join(measures)} were given",
        )
    for need in grammar.needs:
        if need == _MEASURE and not measures:
            raise header_fault(
                file,
                f"view 中 {kind} 缺少度量：{'、'.join(MEASURES)} 之一",
                f"a view of type {kind} lacks a measure, one of {', '.join(MEASURES)}",
            )
        if need != _MEASURE and need not in said:
            raise header_fault(
                file, f"view 中 {kind} 缺少 {need}", f"a view of type {kind} lacks {need}"
            )


def _spelt(channels: tuple[str, ...]) -> Iterator[str]:
    for channel in channels:
        yield from MEASURES if channel == _MEASURE else (channel,)


def _columns(file: QueryFile, key: str, value: Any, columns: Collection[str]) -> tuple[str, ...]:
    names = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    if len(names) != 1 and key not in _SEVERAL:
        raise header_fault(
            file, f"view 的 {key} 只能是一列", f"{key} of a view names a single column"
        )
    if key == "stages" and len(names) < 2:
        raise header_fault(
            file, "view 的 stages 至少要两列", "stages of a view names two columns or more"
        )
    for name in names:
        if name not in columns:
            near = get_close_matches(name, columns, 1)
            raise header_fault(
                file,
                f"view 的 {key} 用了没有的列“{name}”" + (f"，是不是 {near[0]}" if near else ""),
                f"{key} of the view names “{name}”, which is no column"
                + (f"; did you mean {near[0]}" if near else ""),
            )
    return names


def _check_option(file: QueryFile, key: str, value: Any, allowed: tuple[str, ...]) -> None:
    if allowed and value not in allowed:
        raise header_fault(
            file,
            f"view 的 {key} 只能是 {'、'.join(allowed)} 之一",
            f"{key} of a view takes one of: {', '.join(allowed)}",
        )
    if key == "limit" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise header_fault(
            file, "view 的 limit 应当是正整数", "limit of a view is a positive whole number"
        )


def _tiles(file: QueryFile, kind: str, options: dict[str, Any]) -> Path | None:
    if kind != "map":
        return None
    folder = file.path.parent.parent / TILES_FOLDER
    if not folder.is_dir():  # of a query that lies elsewhere or nowhere
        folder = locate().queries / TILES_FOLDER
    known = sorted(path.stem for path in folder.glob("*.csv"))
    if options.get("tiles") not in known:
        zh, en = "、".join(known) or "（无）", ", ".join(known) or "none"
        raise header_fault(
            file,
            f"view 的 tiles 应是文件夹 {folder} 中的一个网格；有 {zh}",
            f"tiles of a view names a grid in the folder {folder}; there are: {en}",
        )
    return folder / f"{options['tiles']}.csv"
