"""Why a statement holds, in words, with records and sources."""

import json
from collections.abc import Iterator

import pytest

from tests.shell import Shell
from tests.toys import Library
from zsgraph.discovery.why import Reason, why
from zsgraph.errors import UsageError
from zsgraph.formats import display_width
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph

BASE = ("plt-hb-wuhan-xianjinyuan", "a", "zs:PublicPlatform")


def steps(reason: Reason) -> Iterator[Reason]:
    yield reason
    for part in (*reason.axioms, *reason.facts):
        yield from steps(part)


def test_an_inference_is_told_by_axiom_and_facts_down_to_rows(toy: Graph, library: Library) -> None:
    told = why(toy, library.knowledge, ("圍城", "责任者", "Jeanne Kelly"))
    (reason,) = told.reasons
    assert reason.rule == "prp-spo1"
    assert [axiom.sentence for axiom in reason.axioms] == ["有“译”就有“责任者”"]
    (fact,) = reason.facts
    assert fact.sentence == "Fortress Besieged — 译 → Jeanne Kelly"
    (statement,) = fact.statements
    assert (statement.place, statement.id, statement.row) == ("contributions", "con-2", 3)


def test_a_class_that_follows_from_a_domain_is_told(toy: Graph, library: Library) -> None:
    told = why(toy, library.knowledge, ("fc-1", "a", "Translated book"), language="en")
    assert told.reasons[0].axioms[0].sentence == (
        "whatever has “translated by” is “Translated book”"
    )


def test_what_is_asserted_is_told_by_its_record(toy: Graph, library: Library) -> None:
    told = why(toy, library.knowledge, ("af-2", "published", "1945-08-17"))
    (reason,) = told.reasons
    assert reason.rule == ""
    assert [(s.place, s.row) for s in reason.statements] == [("books", 3)]


def test_what_does_not_hold_is_told_with_what_does(toy: Graph, library: Library) -> None:
    told = why(toy, library.knowledge, ("af-2", "著", "aut-kelly"))
    assert told.reasons == []
    assert "Animal Farm — 著 → George Orwell" in told.near


def test_of_two_meanings_the_one_that_holds_is_taken(toy: Graph, library: Library) -> None:
    told = why(toy, library.knowledge, ("fc-1", "责任者", "aut-qian"))
    assert told.reasons  # 责任者 is a class too, which is no property


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("text", ["", "\x07", "没有这个", "长" * 999])
def test_parts_that_name_nothing_are_refused(
    toy: Graph, library: Library, place: int, text: str
) -> None:
    parts = ["af-2", "著", "aut-orwell"]
    parts[place] = text
    with pytest.raises(UsageError):
        why(toy, library.knowledge, (parts[0], parts[1], parts[2]))


def test_facts_of_the_shipped_graph_end_in_records_with_sources(
    graph: Graph, knowledge: Knowledge
) -> None:
    told = why(graph, knowledge, BASE)
    facts = [s for r in told.reasons for s in steps(r) if s.statements and not s.rule]
    records = [s for f in facts for s in f.statements if "://" not in s.place]
    assert len(records) >= 3
    for record in records:
        assert record.row
        assert record.sources
        assert all(source.details for source in record.sources)
    axioms = [s for f in facts for s in f.statements if "://" in s.place]
    assert {axiom.place_label for axiom in axioms} == {"平台与中试", "组织"}


def test_other_reasons_are_given_on_request(graph: Graph, knowledge: Knowledge) -> None:
    statement = (BASE[0], "a", "zs:Platform")
    assert len(why(graph, knowledge, statement).reasons) == 1
    told = why(graph, knowledge, statement, alternatives=True)
    assert [bool(reason.rule) for reason in told.reasons][:2] == [False, True]


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tree_keeps_within_the_terminal(at_home: Shell, width: str, language: str) -> None:
    at_home.monkeypatch.setenv("COLUMNS", width)
    ran = at_home.run("--lang", language, "why", *BASE, "--all")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line for line in lines if display_width(line) > int(width) and "://" not in line] == []
    assert any(line.startswith("  [1] ") for line in lines)


def test_the_command_gives_json_and_exit_codes(at_home: Shell) -> None:
    ran = at_home.run("why", *BASE, "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["reasons"][0]["rule"]
    ran = at_home.run("--lang", "en", "why", BASE[0], "locatedIn", "Sichuan")
    assert (ran.code, ran.out) == (1, "")
    assert "Neither stated nor inferred" in ran.err
    assert "Hubei" in ran.err
    assert at_home.run("why", "中试平台", "a", "类").code == 2


def test_a_transitive_chain_is_told_link_by_link(at_home: Shell) -> None:
    ran = at_home.run("why", "stage-basic-research", "comesBefore", "stage-market")
    assert ran.code == 0
    assert ran.out.count("prp-trp") == 1
    links = [line for line in ran.out.splitlines() if line.startswith(("├", "└"))]
    assert len(links) > 8


def test_what_the_graph_leaves_out_as_noise_is_explained_too(at_home: Shell) -> None:
    ran = at_home.run("--lang", "en", "why", BASE[0], "a", "owl:Thing")
    assert ran.code == 0
    assert "scm-cls" in ran.out
