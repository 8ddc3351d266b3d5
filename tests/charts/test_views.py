"""The view of a query's header: what may be said, and what is told of anything else."""

import pytest

from tests.conftest import PROJECT
from zsgraph.errors import KnowledgeError
from zsgraph.queries import load_queries
from zsgraph.query_header import QueryFile
from zsgraph.views import GRAMMARS, view_of

COLUMNS = ("who", "where", "amount", "when")
PATH = PROJECT / "queries" / "structure" / "made.rq"


def header(view: object) -> QueryFile:
    return QueryFile(PATH, {"view": view}, "")


def test_a_view_names_columns_by_channel() -> None:
    view = view_of(header({"type": "bar", "category": ["who", "where"], "sum": "amount"}), COLUMNS)
    assert (view.type, view.measure) == ("bar", "sum")
    assert view.channels == {"category": ("who", "where"), "sum": ("amount",)}
    assert (view.column("category"), view.column("colour")) == ("who", None)


def test_a_query_without_a_view_is_a_table() -> None:
    assert view_of(QueryFile(PATH, {}, ""), COLUMNS).type == "table"


def test_a_view_is_given_back_as_written() -> None:
    written = {"type": "flow", "stages": ["who", "where"], "limit": 3}
    assert view_of(header(written), COLUMNS).written() == written


@pytest.mark.parametrize(
    ("view", "zh", "en"),
    [
        ("bar", "view 应写作", "view is written {type"),
        ({"category": "who"}, "view 应写作", "view is written {type"),
        ({"type": "bars"}, "没有“bars”这种图，是不是 bar", "no chart “bars”; did you mean bar"),
        ({"type": "pie"}, "“pie”这种图；有 table、bar", "no chart “pie”; there are table, bar"),
        (
            {"type": "bar", "category": "who"},
            "缺少度量：sum、max、count",
            "lacks a measure, one of",
        ),
        ({"type": "bar", "sum": "amount"}, "bar 缺少 category", "type bar lacks category"),
        (
            {"type": "bar", "category": "who", "sum": "amount", "count": "where"},
            "只能有一个度量，给了 sum、count",
            "has one measure; sum, count were given",
        ),
        (
            {"type": "bar", "categroy": "who", "sum": "amount"},
            "没有“categroy”，是不是 category",
            "no “categroy”; did you mean category",
        ),
        (
            {"type": "bar", "category": "woh", "sum": "amount"},
            "category 用了没有的列“woh”，是不是 who",
            "category of the view names “woh”, which is no column; did you mean who",
        ),
        (
            {"type": "matrix", "x": "who", "y": ["where", "when"], "sum": "amount"},
            "y 只能是一列",
            "y of a view names a single column",
        ),
        ({"type": "flow", "stages": ["who"]}, "stages 至少要两列", "names two columns or more"),
        (
            {"type": "dots", "category": "who", "value": "amount", "scale": "cubic"},
            "scale 只能是 linear、log 之一",
            "scale of a view takes one of: linear, log",
        ),
        (
            {"type": "bar", "category": "who", "sum": "amount", "limit": 0},
            "limit 应当是正整数",
            "limit of a view is a positive whole number",
        ),
        (
            {"type": "map", "tiles": "counties", "division": "where", "count": "who"},
            "有 provinces",
            "there are: provinces",
        ),
        ({"type": "table", "x": "who"}, "table 没有“x”", "type table has no “x”"),
    ],
)
def test_what_is_not_understood_is_told(view: object, zh: str, en: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        view_of(header(view), COLUMNS)
    assert zh in caught.value.message.zh
    assert en in caught.value.message.en
    assert "made.rq" in caught.value.message.zh


def test_every_type_of_view_is_used_and_every_query_has_a_chart() -> None:
    used = {query.view.type for query in load_queries(PROJECT / "queries").values()}
    assert used == set(GRAMMARS) - {"table"}
