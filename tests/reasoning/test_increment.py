"""What follows from new facts over a closed graph is what closing all of it anew would add."""

import random

import pyoxigraph as ox
import pytest

from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import GRAPH_INFERRED, GRAPH_ONTOLOGY, RDF
from zsgraph.pipeline import Graphs, run
from zsgraph.reasoning.closure import Closure, close
from zsgraph.reasoning.increment import close_increment
from zsgraph.store import load
from zsgraph.terms import Triple
from zsgraph.validation.graph_view import GraphView

EX = "https://example.org/"
ABOUT = [f"<{RDF}{name}>" for name in ("subject", "predicate", "object")]


def triples(turtle: str) -> list[Triple]:
    head = f"""
    @prefix : <{EX}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    """
    quads = ox.parse(input=head + turtle, format=ox.RdfFormat.TURTLE)
    return [(str(q.subject), str(q.predicate), str(q.object)) for q in quads]


def both(axioms: list[Triple], old: list[Triple], new: list[Triple]) -> tuple[Closure, Closure]:
    """Return the increment, and what closing everything anew gives beyond the old graph."""
    before = close([*axioms, *old])
    store = ox.Store()
    load(store, [(GRAPH_ONTOLOGY, [*axioms, *old]), (GRAPH_INFERRED, before.inferred)])
    whole = close([*axioms, *old, *new])
    known = {*axioms, *old, *before.inferred, *new}
    anew = Closure([t for t in whole.inferred if t not in known], whole.clashes)
    return close_increment(axioms, GraphView(store), new), anew


CASES = {
    "a chain whose first step is old": (
        ":p owl:propertyChainAxiom ( :q :r ) .",
        ":a :q :b .",
        ":b :r :c .",
    ),
    "a chain whose last step is old": (
        ":p owl:propertyChainAxiom ( :q :r ) .",
        ":b :r :c .",
        ":a :q :b .",
    ),
    "a transitive property": (
        ":p a owl:TransitiveProperty .",
        ":a :p :b . :c :p :d .",
        ":b :p :c .",
    ),
    "an unnamed class of an old thing": (
        "[ owl:onProperty :p ; owl:someValuesFrom [ owl:unionOf ( :C :D ) ] ] rdfs:subClassOf :E .",
        ":b a :C .",
        ":a :p :b .",
    ),
    "an old thing that comes to be of a class": (
        "[ owl:onProperty :p ; owl:someValuesFrom :C ] rdfs:subClassOf :E .",
        ":a :p :b . :b :q :c .",
        ":b a :C .",
    ),
    "two parts, one old": (
        "[ owl:intersectionOf ( :C [ owl:onProperty :p ; owl:hasValue :v ] ) ]"
        " rdfs:subClassOf :E .",
        ":a a :C .",
        ":a :p :v .",
    ),
    "the same thing by a functional property": (
        ":p a owl:FunctionalProperty . :C rdfs:subClassOf :D .",
        ":a :p :b . :b a :C .",
        ":a :p :c .",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_increment_is_what_closing_anew_adds(case: tuple[str, str, str]) -> None:
    got, anew = both(*map(triples, case))
    assert set(got.inferred) - set(triples(case[2])) == set(anew.inferred)


CLASHES = {
    "disjoint classes": (":C owl:disjointWith :D .", ":a a :C .", ":a a :D ."),
    "an asymmetric property": (":p a owl:AsymmetricProperty .", ":a :p :b .", ":b :p :a ."),
    "disjoint properties": (":p owl:propertyDisjointWith :q .", ":a :p :b .", ":a :q :b ."),
}


@pytest.mark.parametrize("case", CLASHES.values(), ids=CLASHES)
def test_a_contradiction_with_an_old_fact_is_found(case: tuple[str, str, str]) -> None:
    got, anew = both(*map(triples, case))
    assert got.clashes
    assert {clash.rule for clash in got.clashes} == {clash.rule for clash in anew.clashes}


@pytest.fixture(scope="module")
def graphs(knowledge: Knowledge) -> Graphs:
    return run(knowledge, close, lambda shapes, data: [], Silence())


@pytest.mark.parametrize("seed", range(4))
def test_taking_shipped_records_out_and_in_again_gives_the_same(graphs: Graphs, seed: int) -> None:
    rng = random.Random(seed)
    asserted = graphs.asserted
    axioms = asserted[GRAPH_ONTOLOGY]
    facts = [t for name, found in asserted.items() if name != GRAPH_ONTOLOGY for t in found]
    subjects = sorted({s for s, _, _ in facts if "/id/" in s})
    taken = set(rng.sample(subjects, 25))
    stated: dict[str, dict[str, str]] = {}
    for s, p, o in facts:
        if s in taken and p in ABOUT:
            stated.setdefault(s, {})[p] = o
    plain = {tuple(parts[p] for p in ABOUT) for parts in stated.values() if len(parts) == 3}
    old = [t for t in facts if t[0] not in taken and t not in plain]
    new = [t for t in dict.fromkeys(facts) if t[0] in taken or t in plain]
    got, anew = both(axioms, old, new)
    assert set(got.inferred) - set(new) == set(anew.inferred)
    assert got.clashes == []
