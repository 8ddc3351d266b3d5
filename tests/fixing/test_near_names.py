"""A misspelt name is corrected if it can only be the one; a different thing never becomes it."""

from collections import defaultdict
from functools import cache

import pytest

from zsgraph.fixing.near_names import NearNames
from zsgraph.knowledge import Knowledge
from zsgraph.names import folded
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.records import index_tables
from zsgraph.resolve import Resolver
from zsgraph.schema import Schema, load_schema

PROVINCES = ["湖北省", "四川省", "吉林省", "广东省", "福建省", "湖南省"]
CITIES = ["吉林市", "朝阳市", "上饶市", "宜春市", "长春市"]
DISTRICTS = ["朝阳区", "海淀区", "天河区", "雁塔区", "武侯区"]
PLACES = [*PROVINCES, *CITIES, *DISTRICTS]
WITHOUT_HUNAN = [name for name in PLACES if name != "湖南省"]
LONG = [
    "钒钛新材料中试研发平台",
    "郑州市科技成果中试基地管理办法",
    "四川省第一批中试研发平台名单",
    "万华化工中试技术研究院",
]


def near(names: list[str], known: list[str] | None = None) -> NearNames:
    return NearNames(names, lambda name: [name], lambda: known or [])


@pytest.mark.parametrize(
    ("names", "text", "right"),
    [
        (PLACES, "四川", "四川省"),
        (PLACES, "四 川 省", "四川省"),
        (PLACES, "廣東省", "广东省"),
        (["AI中试平台（北京）"], "ＡＩ中试平台(北京)", "AI中试平台（北京）"),
        (LONG, "钒钛新材料中式研发平台", "钒钛新材料中试研发平台"),
        (LONG, "钒钛新材料中试试研发平台", "钒钛新材料中试研发平台"),
        (LONG, "钒钛新材料中试发平台", "钒钛新材料中试研发平台"),
    ],
)
def test_the_only_name_that_can_be_meant(names: list[str], text: str, right: str) -> None:
    assert near(names).certain(text) == right


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (WITHOUT_HUNAN, "湖南省"),
        (WITHOUT_HUNAN, "湖南"),
        (PLACES, "吉林"),
        (PLACES, "朝阳"),
        (PLACES, "川"),
        (PLACES, "上海市"),
        (PROVINCES[:4], "四川"),
        (["仓库数", "中试线", "专利数"], "仓库"),
        (LONG, "杭州市科技成果中试基地管理办法"),
        (LONG, "四川省第二批中试研发平台名单"),
        (LONG, "万华化学中试技术研究院"),
        (LONG, "老钒钛新材料中试研发平台"),
        ([*LONG, "钒钛新材料中是研发平台"], "钒钛新材料中式研发平台"),
        (["Hunan Province"], "Henan Province"),
        (["plt-sc-platform-1"], "plt-sc-platform-2"),
    ],
)
def test_a_name_that_may_be_another(names: list[str], text: str) -> None:
    known = ["杭州市", "化学"]
    assert near(names, known).certain(text) is None


def test_a_name_of_two_things_is_not_certain() -> None:
    two = NearNames(["朝阳区"], lambda _: ["110105", "220104"])
    assert two.certain("朝 阳 区") is None


def test_two_names_of_one_thing_do_not_contradict_each_other() -> None:
    one = NearNames(["四川 省", "四川省"], lambda _: ["510000"])
    assert one.certain("四川　省") in ("四川 省", "四川省")


@pytest.fixture(scope="module")
def schema(knowledge: Knowledge) -> Schema:
    return load_schema(knowledge.shapes)


@pytest.fixture(scope="module")
def resolver(knowledge: Knowledge, schema: Schema) -> Resolver:
    words = vocabulary([*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)])
    resolver = Resolver(words)
    index_tables(schema, knowledge.data, resolver)
    return resolver


def test_no_registered_thing_is_ever_taken_for_another(
    schema: Schema, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each thing in turn is not registered; none of its names may then be corrected to another.

    Only what is called exactly the same is the same to everyone.
    """
    fold = cache(folded)
    monkeypatch.setattr("zsgraph.fixing.near_names.folded", fold)
    tried = 0
    for cls in {c.reference for t in schema.tables.values() for c in t.columns if c.reference}:
        meant = {name: resolver.resolve(name, cls) for name in resolver.labels(cls)}
        names_of = defaultdict(list)
        for name, iris in meant.items():
            for iri in iris:
                names_of[iri].append(name)
        for iri, names in names_of.items():
            others = [name for name, iris in meant.items() if iris != [iri]]
            same = {fold(name) for name in others}
            without = NearNames(others, meant.__getitem__)
            for name in names:
                tried += 1
                assert without.certain(name) is None or fold(name) in same
    assert tried > 3000
