"""Every fact of the founding article is answerable by SPARQL, or is about the article only."""

import csv

import pyoxigraph as ox
import pytest

from tests.conftest import GOLDEN
from zsgraph.store import Graph, ask

with (GOLDEN / "article_facts.csv").open(encoding="utf-8", newline="") as _stream:
    FACTS = list(csv.DictReader(_stream))
ASKED = [(number, fact) for number, fact in enumerate(FACTS, start=1) if fact["ask"]]


@pytest.mark.parametrize(
    "fact", [fact for _, fact in ASKED], ids=[f"fact-{number}" for number, _ in ASKED]
)
def test_fact_is_in_the_graph_and_not_in_an_empty_one(fact: dict[str, str], graph: Graph) -> None:
    question = f"ASK {{ {fact['ask']} }}"
    assert bool(graph.query(question)), f"{fact['subject']} {fact['predicate']} {fact['object']}"
    assert not bool(ask(ox.Store(), question))


def test_at_least_240_of_292_facts_are_asked_and_the_rest_say_why_not() -> None:
    assert len(FACTS) == 292
    assert len(ASKED) >= 240
    for fact in FACTS:
        told = bool(fact["about_article_zh"]) and bool(fact["about_article_en"])
        assert bool(fact["ask"]) != told, fact
