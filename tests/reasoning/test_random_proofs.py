"""On random small graphs over many kinds of axioms, whatever was inferred has a right proof."""

from hypothesis import given, settings
from tests.reasoning.proof_checker import faults
from tests.reasoning.test_proofs import stored
from tests.reasoning.test_random_graphs import Triples, graphs

from zsgraph.reasoning import close
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.complete_graph import proved


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_every_inference_has_a_proof_that_holds_step_by_step(graph: Triples) -> None:
    asserted = set(graph)
    store = stored(asserted)
    given_again = ClosedGraph(store).asserted  # the store writes numbers in a form of its own
    for triple in close(asserted).inferred:
        proof = proved(store, triple)
        assert proof, triple
        assert faults(proof, given_again) == []
