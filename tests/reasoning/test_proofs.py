"""Why something holds: proofs are right, rest on what is asserted, and cite nothing needless."""

import random

import pyoxigraph as ox
import pytest
from tests.reasoning.proof_checker import OTHER, SPECIFICATION, faults, follows
from tests.reasoning.test_rules import CASES, PEACEFUL

from zsgraph.namespaces import GRAPH_DATA, GRAPH_INFERRED, RDFS
from zsgraph.nodes import node_of, term_of
from zsgraph.reasoning import close, owlrl_reference
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.complete_graph import proved
from zsgraph.reasoning.proofs import Proof, Prover
from zsgraph.reasoning.specification import PATTERNS, is_axiom, is_list_part
from zsgraph.store import Graph
from zsgraph.terms import Triple

SEED, SAMPLES, SMALL = 20261125, 200, 40
SUB_CLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SAME = "<http://www.w3.org/2002/07/owl#sameAs>"


def stored(asserted: set[Triple]) -> ox.Store:
    """Return a store in memory of what is asserted and what follows."""
    store = ox.Store()
    for name, triples in (
        (GRAPH_DATA + "all", asserted),
        (GRAPH_INFERRED, close(asserted).inferred),
    ):
        graph = ox.NamedNode(name)
        store.extend(ox.Quad(*map(node_of, triple), graph) for triple in triples)  # type: ignore[arg-type]
    return store


def closed_graph(asserted: set[Triple]) -> ClosedGraph:
    """Return a closed graph in memory."""
    return ClosedGraph(stored(asserted))


def ex(text: str) -> Triple:
    """Return a triple of example terms; ``a`` stands for ``rdf:type``."""
    short = {"a": TYPE, "⊑": SUB_CLASS, "=": SAME}
    subject, predicate, obj = (short.get(w, f"<http://example.org/{w}>") for w in text.split())
    return subject, predicate, obj


@pytest.fixture(scope="module")
def shipped(graph: Graph) -> ClosedGraph:
    return ClosedGraph(graph.store)


@pytest.fixture(scope="module")
def asserted(graph: Graph) -> set[Triple]:
    return {
        (term_of(quad.subject), term_of(quad.predicate), term_of(quad.object))
        for quad in graph.store
        if quad.graph_name.value != GRAPH_INFERRED
    }


@pytest.fixture(scope="module")
def drawn(graph: Graph, shipped: ClosedGraph) -> list[Proof]:
    """Return proofs of inferred triples drawn at random."""
    quads = graph.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH_INFERRED))
    inferred = sorted((term_of(q.subject), term_of(q.predicate), term_of(q.object)) for q in quads)
    proofs = [Prover(shipped).prove(t) for t in random.Random(SEED).sample(inferred, SAMPLES)]
    return [proof for proof in proofs if proof]


def test_whatever_was_inferred_has_a_proof_that_holds_step_by_step(
    drawn: list[Proof], shipped: ClosedGraph
) -> None:
    assert len(drawn) == SAMPLES
    assert [fault for proof in drawn for fault in faults(proof, shipped.asserted)] == []
    assert all(proof.rule and proof.cited() for proof in drawn)


def test_owlrl_concludes_the_same_from_what_is_cited_and_not_from_less(drawn: list[Proof]) -> None:
    for proof in drawn[:SMALL]:
        cited = set(proof.cited())
        assert proof.triple in owlrl_reference.close(cited).inferred
        for triple in cited:
            if is_list_part(triple):
                continue  # owlrl takes a list without an end for a whole one
            assert proof.triple not in owlrl_reference.close(cited - {triple}).inferred


def test_without_a_cited_fact_it_follows_only_if_there_is_another_proof(
    drawn: list[Proof], shipped: ClosedGraph, asserted: set[Triple]
) -> None:
    chance = random.Random(SEED)
    outcomes = set()
    for proof in drawn[:SMALL]:
        fact = chance.choice(
            [triple for triple in proof.cited() if not is_axiom(triple)] or proof.cited()
        )
        other = Prover(shipped, without=frozenset({fact})).prove(proof.triple)
        follows_still = proof.triple in set(close(asserted - {fact}).inferred)
        assert follows_still is (other is not None)
        outcomes.add(follows_still)
    assert outcomes == {True, False}


@pytest.mark.parametrize("name", PEACEFUL)
def test_each_rule_of_the_specification_is_told(name: str) -> None:
    case = CASES[name]
    closed = closed_graph(case.given)
    for triple in case.follows:
        proof = Prover(closed).prove(triple)
        assert proof, triple
        assert faults(proof, closed.asserted) == []


def test_the_checker_knows_all_rules_and_finds_wrong_steps() -> None:
    assert {pattern.name for pattern in PATTERNS} <= set(SPECIFICATION)
    assert not set(OTHER) & set(SPECIFICATION)
    premises = [ex("C ⊑ D"), ex("x a C")]
    assert follows("cax-sco", premises, ex("x a D"))
    assert not follows("cax-sco", premises, ex("y a D"))
    assert not follows("cax-sco", premises[:1], ex("x a D"))
    assert not follows("cax-eqc1", premises, ex("x a D"))
    circle = Proof(ex("x a D"), "cax-sco", (Proof(ex("D ⊑ D")), Proof(ex("x a D"))))
    assert faults(circle, lambda triple: True)


def test_a_proof_may_lead_through_what_no_store_holds() -> None:
    inverse, range_ = "<http://www.w3.org/2002/07/owl#inverseOf>", f"<{RDFS}range>"
    given = {
        ("<http://e/p>", inverse, "<http://e/q>"),
        ("<http://e/p>", range_, "<http://e/C>"),
        ("<http://e/x>", "<http://e/q>", '"text"@zh'),
    }
    proof = proved(stored(given), ("<http://e/x>", TYPE, "<http://e/C>"))
    assert proof
    assert set(proof.cited()) == given
    assert faults(proof, given.__contains__) == []


def test_no_proof_goes_round_in_a_circle() -> None:
    closed = closed_graph({ex("C ⊑ D"), ex("D ⊑ C"), ex("x a C"), ex("x = y"), ex("y = z")})
    for goal in (ex("x a D"), ex("z a D"), ex("z = x")):
        proof = Prover(closed).prove(goal)
        assert proof
        assert faults(proof, closed.asserted) == []
    assert Prover(closed, without=frozenset({ex("x a C")})).prove(ex("x a C")) is None


def test_the_smallest_proof_is_preferred() -> None:
    long_way = {ex("A ⊑ B"), ex("B ⊑ C"), ex("C ⊑ D"), ex("x a A")}
    proof = Prover(closed_graph(long_way)).prove(ex("x a D"))
    assert proof
    assert len(proof.cited()) == 4
    proof = Prover(closed_graph(long_way | {ex("x a C")})).prove(ex("x a D"))
    assert proof
    assert proof.cited() == [ex("C ⊑ D"), ex("x a C")]


def test_other_proofs_cite_other_facts() -> None:
    given = {ex("A ⊑ D"), ex("B ⊑ D"), ex("x a A"), ex("x a B")}
    found = Prover(closed_graph(given)).alternatives(ex("x a D"), 10)
    assert [proof.cited()[1] for proof in found] == [ex("x a A"), ex("x a B")]
    assert len(Prover(closed_graph(given)).alternatives(ex("x a D"), 1)) == 1


def test_an_assertion_can_follow_too() -> None:
    given = {ex("A ⊑ D"), ex("x a A"), ex("x a D")}
    closed = closed_graph(given)
    assert Prover(closed).prove(ex("x a D")) == Proof(ex("x a D"))
    (proof,) = Prover(closed).alternatives(ex("x a D"), 10)
    assert proof.cited() == [ex("A ⊑ D"), ex("x a A")]


def test_what_does_not_hold_has_no_proof(shipped: ClosedGraph) -> None:
    assert Prover(shipped).prove(ex("x a Unknown")) is None
    assert Prover(closed_graph({ex("A ⊑ B"), ex("x a B")})).prove(ex("x a A")) is None


def test_the_same_proof_is_found_again(drawn: list[Proof], graph: Graph) -> None:
    again = Prover(ClosedGraph(graph.store))
    assert [again.prove(proof.triple) for proof in drawn[:SMALL]] == drawn[:SMALL]
