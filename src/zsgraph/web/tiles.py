"""A tile map whose squares are links, as the pages draw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from zsgraph.charts.tile_map import Tile

_WIDE, _HIGH, _GAP = 78, 52, 4
_STEPS: Final = 6  # shades


@dataclass(frozen=True, slots=True)
class Square:
    """A square: where it stands, what it is called, its number, and its shade from 0 to 6."""

    code: str
    x: int
    y: int
    name: str
    count: int
    step: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The squares, and how large the whole is."""

    squares: list[Square]
    width: int
    height: int


def tile_map(tiles: Sequence[Tile], counts: Mapping[str, int], language: str) -> TileMap:
    """Return a map of numbers.

    Parameters
    ----------
    tiles
        The grid.
    counts
        Numbers by the code of a tile; what has none is empty.
    language
        ``zh`` or ``en``, of the names.
    """
    left = min(tile.column for tile in tiles)
    upper = min(tile.row for tile in tiles)
    most = max((counts.get(tile.code, 0) for tile in tiles), default=0)
    squares = [
        Square(
            tile.code,
            (tile.column - left) * _WIDE,
            (tile.row - upper) * _HIGH,
            tile.name.text(language),
            count := counts.get(tile.code, 0),
            -(-count * _STEPS // most) if count else 0,
        )
        for tile in tiles
    ]
    wide = max(square.x for square in squares) + _WIDE - _GAP
    return TileMap(squares, wide, max(square.y for square in squares) + _HIGH - _GAP)
