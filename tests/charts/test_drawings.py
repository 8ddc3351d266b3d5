"""What charts draw, for answers made by hand."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charts.made import made, texts, values
from zsgraph.charts import chart
from zsgraph.charts.lettering import lines
from zsgraph.errors import KnowledgeError
from zsgraph.formats import display_width

names = st.sampled_from(["a", "b", "c", "d", "e"])
TREE = {"type": "tree", "from": "a", "to": "b", "limit": 200}
TILE_MAP = {"type": "map", "tiles": "provinces", "division": "where", "sum": "n"}
TIMELINE = {"type": "timeline", "time": "when", "lane": "who"}


class TestBars:
    def test_numbers_of_a_category_are_added_up_and_the_highest_comes_first(self) -> None:
        view = {"type": "bar", "category": "who", "sum": "n"}
        spec = chart(made(view, ["who", "n"], [("x", 1), ("y", 5), ("x", 2)])).spec
        assert [(d["category"], d["value"]) for d in values(spec)[1]] == [("y", 5), ("x", 3)]

    def test_count_tells_different_values(self) -> None:
        view = {"type": "bar", "category": "who", "count": "n"}
        spec = chart(made(view, ["who", "n"], [("x", "1"), ("x", "1"), ("x", "2")])).spec
        assert [d["value"] for d in values(spec)[1]] == [2]

    def test_each_member_of_a_list_is_a_category(self) -> None:
        view = {"type": "bar", "category": "who", "sum": "n"}
        spec = chart(made(view, ["who*", "n"], [("x|y", 1), ("y", 1)])).spec
        assert {d["category"]: d["value"] for d in values(spec)[1]} == {"x": 1, "y": 2}

    def test_several_numbers_of_a_row_are_stacked(self) -> None:
        view = {"type": "bar", "category": "who", "sum": ["n", "m"]}
        spec = chart(made(view, ["who", "n", "m"], [("x", 1, 2)])).spec
        assert [(d["series"], d["value"]) for d in values(spec)[0]] == [("N", 1), ("M", 2)]
        assert [d["value"] for d in values(spec)[1]] == [3]

    def test_what_does_not_fit_is_told(self) -> None:
        view = {"type": "bar", "category": "who", "sum": "n", "limit": 2}
        rows = [("x", 1), ("y", 2), ("z", 3), (None, 4)]
        spec = chart(made(view, ["who", "n"], rows)).spec
        assert len(values(spec)[1]) == 2
        assert "The first 2 are drawn; 1 more are in the table." in texts(spec)
        assert 'Not drawn: 1 row without "Who".' in texts(spec)
        zh = chart(made(view, ["who", "n"], rows, "zh")).spec
        assert "图中是最前的 2 项，另有 1 项见表。" in texts(zh)
        assert "1 行没有“who列”，未画出。" in texts(zh)

    def test_things_of_one_name_stay_apart(self) -> None:
        view = {"type": "bar", "category": "who", "sum": "n"}
        spec = chart(made(view, ["who", "n"], [(":1=Wang", 1), (":2=Wang", 2)])).spec
        assert [d["category"] for d in values(spec)[1]] == ["Wang [2]", "Wang [1]"]

    def test_more_colours_than_can_be_told_apart_become_one(self) -> None:
        view = {"type": "bar", "category": "who", "sum": "n", "colour": "hue"}
        rows = [(f"x{i}", 1, f"h{i}") for i in range(9)]
        spec = chart(made(view, ["who", "n", "hue"], rows)).spec
        assert len({d["series"] for d in values(spec)[0]}) == 7
        assert 'Grey stands for 3 further values of "Hue".' in texts(spec)

    def test_a_text_where_a_number_is_wanted_is_told(self) -> None:
        view = {"type": "bar", "category": "who", "sum": "n"}
        with pytest.raises(KnowledgeError) as caught:
            chart(made(view, ["who", "n"], [("x", "many")]))
        assert "the view wants a number but got “many”" in caught.value.message.en

    @given(st.lists(st.tuples(names, st.integers(0, 50), names), min_size=1))
    def test_what_is_drawn_adds_up_to_what_is_answered(
        self, rows: list[tuple[str, int, str]]
    ) -> None:
        view = {"type": "bar", "category": "who", "sum": "n", "colour": "hue"}
        drawn, totals = values(chart(made(view, ["who", "n", "hue"], list(rows))).spec)
        assert sum(d["value"] for d in drawn) == sum(d["value"] for d in totals)
        assert sum(d["value"] for d in totals) == sum(n for _, n, _ in rows)


def test_columns_stand_in_the_order_of_years_with_gaps() -> None:
    view = {"type": "columns", "time": "year", "sum": "n"}
    spec = chart(made(view, ["year", "n"], [("2023", 1), ("2020", 2), (None, 3)])).spec
    domain = spec["vconcat"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain == ["2020", "2021", "2022", "2023"]


class TestDots:
    def test_a_range_is_no_number_and_is_told(self) -> None:
        view = {"type": "dots", "category": "who", "value": "n"}
        spec = chart(made(view, ["who", "n"], [("x", "30"), ("x", "80"), ("y", "50~80")])).spec
        assert sorted(d["value"] for d in values(spec)[0]) == [30, 80]
        assert "50~80" in texts(spec)

    def test_two_numbers_of_a_row_are_told_apart(self) -> None:
        view = {"type": "dots", "category": "who", "value": "n", "against": "m", "scale": "log"}
        spec = chart(made(view, ["who", "n", "m"], [("x", 5, 50)])).spec
        assert {(d["series"], d["value"]) for d in values(spec)[0]} == {("N", 5), ("M", 50)}
        assert "The scale is logarithmic." in texts(spec)


class TestTimeline:
    @settings(deadline=None)
    @given(
        st.lists(
            st.tuples(st.dates(date(2015, 1, 1), date(2026, 1, 1)).map(str), names),
            min_size=1,
            max_size=80,
        )
    )
    def test_no_dot_lies_upon_another(self, rows: list[tuple[str, str]]) -> None:
        spec = chart(made(TIMELINE, ["when", "who"], list(rows))).spec
        width = spec["vconcat"][0]["width"]
        dots = [d for data in values(spec) for d in data if "date" in d]
        days = [date.fromisoformat(d["date"]).toordinal() for d in dots]
        span = max(1, max(days) - min(days))
        for i, (one, day) in enumerate(zip(dots, days, strict=True)):
            for other, later in zip(dots[i + 1 :], days[i + 1 :], strict=True):
                apart = abs(later - day) / span * width
                assert apart >= 8.9 or abs(one["y"] - other["y"]) >= 8.9

    def test_a_year_is_drawn_hollow_at_its_middle(self) -> None:
        rows = [("2024", "x"), ("2024-03", "x"), ("2024-05-06", "x")]
        spec = chart(made(TIMELINE, ["when", "who"], rows)).spec
        exact, hollow = values(spec)[-2:]
        assert [d["date"] for d in hollow] == ["2024-07-01"]
        assert [d["date"] for d in exact] == ["2024-03-15", "2024-05-06"]
        assert "Hollow: only the year is known" in texts(spec)

    def test_the_few_that_would_crowd_all_others_are_named(self) -> None:
        rows = [
            ("1990", "x"),
            *((f"20{y}-0{m}-01", "x") for y in range(20, 26) for m in range(1, 9)),
        ]
        spec = chart(made(TIMELINE, ["when", "who"], rows)).spec
        assert "Not drawn: 1 earlier (1990)." in texts(spec)


class TestMatrix:
    def test_cells_hold_numbers_and_the_highest_sums_come_first(self) -> None:
        view = {"type": "matrix", "x": "a", "y": "b", "sum": "n"}
        spec = chart(
            made(view, ["a", "b", "n"], [("p", "q", 1), ("r", "s", 3), ("r", "q", 1)])
        ).spec
        assert {(d["x"], d["y"]): d["text"] for d in values(spec)[0]} == {
            ("p", "q"): "1",
            ("r", "s"): "3",
            ("r", "q"): "1",
        }
        assert spec["vconcat"][0]["encoding"]["x"]["sort"] == ["r", "p"]

    def test_cells_hold_texts_where_the_view_names_them(self) -> None:
        view = {"type": "matrix", "x": "a", "y": "b", "count": "n", "label": "n"}
        spec = chart(made(view, ["a", "b", "n"], [("p", "q", "10"), ("p", "q", "20")])).spec
        assert [d["text"] for d in values(spec)[0]] == ["10 / 20"]


class TestTileMap:
    def test_what_is_below_a_division_counts_for_it(self) -> None:
        rows = [(":510100=Chengdu", 2), (":510000=Sichuan", 3), (":110108=Haidian", 1)]
        spec = chart(made(TILE_MAP, ["where", "n"], rows)).spec
        found = {d["name"]: d["value"] for d in values(spec)[0] if "value" in d}
        assert found == {"Sichuan": 5, "Beijing": 1}
        assert len(values(spec)[0]) == 34

    def test_what_is_in_no_division_is_told(self) -> None:
        spec = chart(made(TILE_MAP, ["where", "n"], [(":100000=China", 7), (":510000=x", 1)])).spec
        assert "7 more belong to China, which is no single division of the map." in texts(spec)


class TestTree:
    def test_what_stands_upward_hangs_from_the_other_end(self) -> None:
        view = {**TREE, "direction": "way"}
        rows = [("child", "root", "↑"), ("child", "leaf", "↓")]
        (data,) = values(chart(made(view, ["a", "b", "way"], rows)).spec)
        assert [d["full"] for d in data] == ["root", "child", "leaf"]

    @settings(deadline=None)
    @given(st.lists(st.tuples(names, names), min_size=1, max_size=12))
    def test_every_thing_is_drawn_and_no_cycle_is_followed_for_ever(
        self, rows: list[tuple[str, str]]
    ) -> None:
        (data,) = values(chart(made(TREE, ["a", "b"], list(rows))).spec)
        assert {d["full"] for d in data} == {name for row in rows for name in row}
        assert len(data) <= 2 * len(rows) + 5


class TestFlow:
    @settings(deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["a", "b", "c"]),
                st.sampled_from(["p", "q", "r"]),
                st.sampled_from(["x", "y"]),
                st.integers(1, 40),
            ),
            min_size=1,
            max_size=20,
        )
    )
    def test_bands_fill_the_members_that_they_join(
        self, rows: list[tuple[str, str, str, int]]
    ) -> None:
        view = {"type": "flow", "stages": ["s", "t", "u"], "sum": "n"}
        bands, boxes = values(chart(made(view, ["s", "t", "u", "n"], list(rows))).spec)[:2]
        leaving: dict[str, float] = defaultdict(float)
        amounts = {(band["band"]): band for band in bands}
        for band in amounts.values():
            leaving[band["from"]] += band["y2"] - band["y"]
        edges = {box["full"]: box["y2"] - box["y"] for box in boxes}
        for name, high in leaving.items():
            assert high <= edges[name] + 1e-6
        total = sum(n for *_, n in rows)
        assert sum(b["value"] for b in amounts.values()) == 2 * total


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_without_rows_is_told_in_words(language: str) -> None:
    view = {"type": "bar", "category": "who", "sum": "n"}
    ((datum,),) = values(chart(made(view, ["who", "n"], [], language)).spec)
    assert (
        datum["text"]
        == {
            "zh": "没有符合条件的结果，无图可画。",
            "en": "Nothing matches; nothing to draw.",
        }[language]
    )


def test_rows_without_what_is_needed_are_told_in_words() -> None:
    view = {"type": "bar", "category": "who", "sum": "n"}
    ((datum,),) = values(chart(made(view, ["who", "n"], [(None, 1)])).spec)
    assert datum["text"] == "No row has the values that the chart needs."


@given(st.text(), st.integers(4, 40))
def test_lines_lose_no_letter_and_end_in_time(text: str, width: int) -> None:
    cut = lines(text, width)
    assert "".join("".join(cut).split()) == "".join(text.split())
    for line in cut:
        assert display_width(line) <= width or len(line.split()) <= 2 or not line.isascii()
