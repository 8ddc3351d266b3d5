"""The grid of the provinces."""

import csv

from tests.conftest import PROJECT
from zsgraph.charts.tile_map import read_tiles

TILES = read_tiles(PROJECT / "queries" / "tiles" / "provinces.csv")
#: Neighbours on land whose tiles touch, if only at a corner; every reader looks for them.
NEIGHBOURS = [
    ("110000", "130000"), ("120000", "130000"), ("220000", "230000"), ("210000", "220000"),
    ("310000", "320000"), ("320000", "340000"), ("330000", "360000"), ("350000", "440000"),
    ("430000", "420000"), ("500000", "510000"), ("510000", "540000"), ("520000", "530000"),
    ("610000", "620000"), ("630000", "650000"), ("440000", "810000"), ("440000", "820000"),
    ("440000", "450000"), ("140000", "410000"), ("370000", "410000"), ("640000", "620000"),
]  # fmt: skip


def test_the_grid_holds_exactly_the_provincial_divisions() -> None:
    with (PROJECT / "data" / "regions.csv").open(encoding="utf-8") as file:
        provinces = {row["id"] for row in csv.DictReader(file) if row["level"] == "province"}
    assert len(provinces) == 34
    assert sorted(tile.code for tile in TILES) == sorted(provinces)


def test_no_tile_lies_upon_another() -> None:
    assert len({(tile.row, tile.column) for tile in TILES}) == len(TILES)


def test_names_are_the_short_ones_of_the_records() -> None:
    with (PROJECT / "data" / "regions.csv").open(encoding="utf-8") as file:
        full = {row["id"]: (row["name"], row["name_en"]) for row in csv.DictReader(file)}
    for tile in TILES:
        assert full[tile.code][0].startswith(tile.name.zh)
        assert full[tile.code][1] == tile.name.en


def test_neighbours_touch() -> None:
    places = {tile.code: (tile.row, tile.column) for tile in TILES}
    for one, other in NEIGHBOURS:
        (row, column), (next_row, next_column) = places[one], places[other]
        assert max(abs(row - next_row), abs(column - next_column)) == 1, (one, other)
