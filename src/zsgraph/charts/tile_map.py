"""A tile map: each division a square in about its place, coloured by a number.

Where the squares stand, and what they are called, is read from a table with the columns ``code``
(GB/T 2260), ``row``, ``column``, ``zh`` and ``en``.

Standard: GB/T 2260, Codes for the administrative divisions of the People's Republic of China
(two digits each for province, prefecture and county)
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zsgraph.answers import Answer
from zsgraph.charts.canvas import across, down
from zsgraph.charts.frame import Drawing, Spec, measure_title
from zsgraph.charts.matrix import on_colour
from zsgraph.charts.rows import Record, measured, rows_of, tidy
from zsgraph.charts.theme import SEQUENTIAL
from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message
from zsgraph.labels import local_name

_WIDE, _HIGH, _GAP = 90, 58, 4
_ELSEWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map."""

    code: str
    row: int
    column: int
    name: Message


def read_tiles(path: Path) -> list[Tile]:
    """Read a tile grid.

    Raises
    ------
    KnowledgeError
        If a cell is missing or no whole number; the message names file and row.
    """
    tiles = []
    with path.open(encoding="utf-8", newline="") as file:
        for place, row in enumerate(csv.DictReader(file), start=2):
            try:
                name = Message(row["zh"], row["en"])
                tiles.append(Tile(row["code"], int(row["row"]), int(row["column"]), name))
            except (KeyError, TypeError, ValueError):
                raise KnowledgeError(
                    f"{path} 第{place}行读不了：需要 code、row、column、zh、en，行列为整数。",
                    f"Row {place} of {path} cannot be read: it needs code, row, column, zh and en, "
                    "with row and column whole numbers.",
                ) from None
    return tiles


def tile_map(answer: Answer) -> Drawing | None:
    """Draw a number for each division, gathered from all divisions below it."""
    view = answer.query.view
    assert view.tiles is not None
    division = view.channels["division"][0]
    used = [division, *view.channels[view.measure or ""]]
    rows = rows_of(answer, used, used)
    if not rows.records:
        return None
    tiles = read_tiles(view.tiles)
    values = measured(answer, view, rows.records, lambda r: (_tile_of(r, division, tiles),))
    shown = {code: value for (code,), value in values.items() if code != _ELSEWHERE}
    top = max(shown.values(), default=0) or 1
    left = min(tile.column for tile in tiles)
    upper = min(tile.row for tile in tiles)
    data = []
    for tile in tiles:
        place_x, place_y = (tile.column - left) * _WIDE, (tile.row - upper) * _HIGH
        datum = {
            "x": place_x,
            "x2": place_x + _WIDE - _GAP,
            "y": place_y,
            "y2": place_y + _HIGH - _GAP,
            "middle": place_x + (_WIDE - _GAP) / 2,
            "upper": place_y + 21,
            "lower": place_y + 39,
            "name": tile.name.text(answer.language),
        }
        if tile.code in shown:
            datum["value"] = tidy(shown[tile.code])
        data.append(datum)
    notes = _elsewhere(answer, rows.records, division, tiles)
    return Drawing(_spec(data, top, measure_title(answer)), notes)


def _spec(data: list[Spec], top: float, title: str) -> Spec:
    wide, high = (max(d["x2"] for d in data), max(d["y2"] for d in data))
    known = "isValid(datum.value)"
    colour = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "range": list(SEQUENTIAL)},
        "legend": {"title": title, "orient": "right", "gradientLength": 120, "tickMinStep": 1},
    }
    written = {"x": across("middle", wide), "color": on_colour("value", top)}
    square = {
        "x": across("x", wide),
        "x2": {"field": "x2"},
        "y": down("y", high),
        "y2": {"field": "y2"},
        "tooltip": [
            {"field": "name", "type": "nominal", "title": " "},
            {"field": "value", "type": "quantitative", "title": title},
        ],
    }
    return {
        "width": wide,
        "height": high,
        "data": {"values": data},
        "layer": [
            {
                "transform": [{"filter": f"!{known}"}],
                "mark": {"type": "rect", "cornerRadius": 5, "style": "empty"},
                "encoding": square,
            },
            {
                "transform": [{"filter": f"!{known}"}],
                "mark": {"type": "text", "style": "muted"},
                "encoding": {
                    "x": across("middle", wide),
                    "y": down("upper", high),
                    "text": {"field": "name", "type": "nominal"},
                },
            },
            {
                "transform": [{"filter": known}],
                "mark": {"type": "rect", "cornerRadius": 5},
                "encoding": {**square, "color": colour},
            },
            {
                "transform": [{"filter": known}],
                "mark": {"type": "text"},
                "encoding": {
                    **written,
                    "y": down("upper", high),
                    "text": {"field": "name", "type": "nominal"},
                },
            },
            {
                "transform": [{"filter": known}],
                "mark": {"type": "text", "fontSize": 15, "fontWeight": "bold"},
                "encoding": {
                    **written,
                    "y": down("lower", high),
                    "text": {"field": "value", "type": "quantitative", "format": ",~r"},
                },
            },
        ],
    }


def _tile_of(record: Record, division: str, tiles: list[Tile]) -> str:
    code = local_name(record[division].key)
    for tile in tiles:
        if code.startswith(_prefix(tile.code)):
            return tile.code
    return _ELSEWHERE


def _prefix(code: str) -> str:
    """Return the digits that the codes of all divisions below a division begin with."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _elsewhere(
    answer: Answer, records: list[Record], division: str, tiles: list[Tile]
) -> list[Message]:
    found = [r for r in records if _tile_of(r, division, tiles) == _ELSEWHERE]
    if not found:
        return []
    names = list(dict.fromkeys(record[division].text for record in found))[:3]
    values = measured(answer, answer.query.view, found, lambda record: ("",))
    amount = f"{values[('',)]:g}"
    return [
        Message(
            f"另有 {amount} 属于{'、'.join(names)}，不在图中各区划之内。",
            f"{amount} more belong to {', '.join(names)}, which is no single division of the map.",
        )
    ]
