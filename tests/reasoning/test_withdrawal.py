"""What a change of facts changes of a closed graph is what closing it anew would."""

import random

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.reasoning.test_increment import triples
from tests.reasoning.test_random_graphs import (
    AXIOMS,
    CLASSES,
    DECLARATIONS,
    FACTS,
    RARE,
    RESTRICTIONS,
    Triples,
)

from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import GENID, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SCHEMES
from zsgraph.pipeline import Graphs, run
from zsgraph.reasoning.closure import Closure, close
from zsgraph.reasoning.withdrawal import Change, change_closure
from zsgraph.store import load
from zsgraph.terms import Term, Triple
from zsgraph.validation.graph_view import GraphView

UNNAMED = {name: f"<{GENID}{n}>" for n, name in enumerate([*RESTRICTIONS, CLASSES[-1]])}


def stored(asserted: Triples, inferred: Triples) -> GraphView:
    store = ox.Store()
    load(store, [(GRAPH_ONTOLOGY, asserted), (GRAPH_INFERRED, inferred)])
    return GraphView(store)


def changed(before: Closure, change: Change) -> list[Triple]:
    assert set(change.withdrawn) <= set(before.inferred)
    assert not set(change.inferred) & set(before.inferred)
    return sorted((set(before.inferred) - set(change.withdrawn)) | set(change.inferred))


@st.composite
def changes(draw: st.DrawFn) -> tuple[Triples, list[Triples]]:
    """Draw axioms, and facts as they are before and after."""

    def drawn(kind: st.SearchStrategy[Triples], least: int, most: int) -> Triples:
        parts = draw(st.lists(kind, min_size=least, max_size=most))
        return [triple for part in parts for triple in part]

    rare = draw(st.sampled_from([0, 0, 0, 1]))
    axioms = [*DECLARATIONS, *drawn(AXIOMS, 1, 8), *drawn(RARE, rare, rare)]
    kept, removed, added = (drawn(FACTS, least, most) for least, most in ((1, 8), (0, 3), (0, 3)))
    names: dict[Term, Term] = UNNAMED if draw(st.booleans()) else {}

    def renamed(told: Triples) -> Triples:
        return [(names.get(s, s), p, names.get(o, o)) for s, p, o in told]

    return renamed(axioms), [renamed([*kept, *removed]), renamed([*kept, *added])]


@given(changes())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_on_random_graphs(case: tuple[Triples, list[Triples]]) -> None:
    axioms, (old, new) = case
    before, after = close([*axioms, *old]), close([*axioms, *new])
    if before.clashes:
        return
    facts, others = set(old) - set(axioms), set(new) - set(axioms)
    view = stored([*axioms, *old], before.inferred)
    change = change_closure(axioms, view, facts - others, others - facts)
    event("told" if change else "left to a full closure")
    if change is not None:
        assert bool(change.clashes) == bool(after.clashes)
        if not after.clashes:
            assert changed(before, change) == after.inferred


CASES = {
    "other grounds": (
        ":p rdfs:subPropertyOf :r . :q rdfs:subPropertyOf :r .",
        ":a :p :b ; :q :b .",
        ":a :q :b .",
    ),
    "a circle that has only itself as grounds": (
        ":p a owl:TransitiveProperty , owl:SymmetricProperty .",
        ":a :p :b . :b :p :c .",
        ":b :p :c .",
    ),
    "what holds by axioms alone": (
        ":C owl:oneOf ( :a ) .",
        ":a a :C .",
        "",
    ),
    "a class by way of an unnamed one": (
        "[ owl:onProperty :p ; owl:someValuesFrom [ owl:onProperty :q ; owl:someValuesFrom :C ] ]"
        " rdfs:subClassOf :E .",
        ":a :p :b . :b :q :c , :d . :c a :C . :d a :C .",
        ":a :p :b . :b :q :c , :d . :c a :C .",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_on_single_rules(case: tuple[str, str, str]) -> None:
    axioms, old, new = map(triples, case)
    before = close([*axioms, *old])
    view = stored([*axioms, *old], before.inferred)
    change = change_closure(axioms, view, set(old) - set(new), set(new) - set(old))
    assert change is not None
    assert changed(before, change) == close([*axioms, *new]).inferred


def test_an_axiom_or_identity_is_left_to_a_full_closure() -> None:
    axioms, fact = triples(":p a owl:FunctionalProperty ."), triples(":a :p :b .")
    view = stored([*axioms, *fact], close([*axioms, *fact]).inferred)
    for new in (":a owl:sameAs :c .", ":C rdfs:subClassOf :D .", ":a :p :c ."):
        assert change_closure(axioms, view, [], triples(new)) is None


@pytest.fixture(scope="module")
def graphs(knowledge: Knowledge) -> Graphs:
    return run(knowledge, close, lambda shapes, data: [], Silence())


@pytest.mark.parametrize("seed", range(4))
def test_on_shipped_records(graphs: Graphs, seed: int) -> None:
    rng = random.Random(seed)
    axioms = graphs.asserted[GRAPH_ONTOLOGY]
    schemes = graphs.asserted[GRAPH_SCHEMES]
    fixed = {*axioms, *schemes}
    facts = {t for told in graphs.asserted.values() for t in told} - fixed
    records = sorted({s for s, _, _ in facts})
    gone = set(rng.sample(records, 10))
    emptied = set(rng.sample(records, 10))
    edited = {t for t in facts if t[0] in emptied and rng.random() < 0.5}
    swapped = {(s, p, rng.choice(records)) for s, p, o in edited if o.startswith("<") and o in gone}
    new = {t for t in facts if t[0] not in gone} - edited | swapped
    removed = facts - new
    before = Closure(graphs.inferred, [])
    # One way the records go, the other way they come.
    for first, second in ((facts, new), (new, facts)):
        view = stored([*axioms, *schemes, *first], before.inferred)
        change = change_closure(axioms, view, first - second, second - first)
        after = close([*axioms, *schemes, *second])
        assert removed
        assert change is not None
        assert changed(before, change) == after.inferred
        before = after
