"""What the reasoner promises besides the rules themselves."""

import gc
from itertools import pairwise

import pytest

from zsgraph.namespaces import GENID, OWL, RDF, RDFS, XSD, ZS
from zsgraph.reasoning import Clash, close, owlrl_reference
from zsgraph.reasoning.clashes import short_name
from zsgraph.reasoning.compiler import fact_rules
from zsgraph.reasoning.facts import Facts
from zsgraph.reasoning.noise import is_noise
from zsgraph.terms import RDF_TYPE, Triple

X, Y, C, D, P, Q = (f"<http://example.org/{name}>" for name in "xyCDpq")
SUB_CLASS, SUB_PROPERTY = f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>"


def test_an_empty_graph_says_nothing() -> None:
    closure = close([])
    assert closure.inferred == []
    assert closure.clashes == []


def test_nothing_follows_without_axioms_and_no_rule_is_compiled() -> None:
    facts = Facts([(X, RDF_TYPE, C), (X, P, Y), (Y, Q, '"text"')])
    assert list(fact_rules(facts)) == []
    assert facts.numbers.get(Y) is None


def test_rules_are_compiled_for_the_axioms_alone() -> None:
    facts = Facts([(P, SUB_PROPERTY, Q), (X, P, Y), (X, "<http://example.org/z>", Y)])
    (rule,) = fact_rules(facts)
    assert rule.predicates() == (facts.numbers[P],)


@pytest.mark.parametrize("top", [f"<{OWL}Thing>", f"<{RDFS}Resource>", f"<{XSD}string>"])
def test_members_that_nobody_asks_for_are_not_worked_out(top: str) -> None:
    facts = Facts([(P, f"<{RDFS}range>", top), (X, P, Y)])
    assert list(fact_rules(facts)) == []


def test_literals_are_no_subjects_and_predicates_no_literals() -> None:
    graph = [(P, f"<{OWL}inverseOf>", Q), (X, P, '"7"'), (Q, f"<{RDFS}domain>", C)]
    assert close(graph).inferred == []
    assert close([(P, f"<{OWL}sameAs>", '"p"'), (X, P, Y)]).inferred == []


def test_what_literals_lead_to_still_follows() -> None:
    graph = [(P, f"<{OWL}inverseOf>", Q), (X, P, '"7"'), (Q, f"<{RDFS}range>", C)]
    assert close(graph).inferred == [(X, RDF_TYPE, C)]


def test_class_expressions_are_silent_but_their_conclusions_are_not() -> None:
    for node in ("_:b", f"<{GENID}core-1>"):
        graph = [
            (node, f"<{OWL}onProperty>", P),
            (node, f"<{OWL}hasValue>", Y),
            (node, SUB_CLASS, C),
            (X, P, Y),
        ]
        assert close(graph).inferred == [(X, RDF_TYPE, C)]


@pytest.mark.parametrize(
    "triple",
    [
        ('"a"', P, X),
        (X, "_:b", Y),
        ("_:b", P, X),
        (X, P, f"<{GENID}core-1>"),
        (X, f"<{OWL}sameAs>", X),
        (C, SUB_CLASS, C),
        (C, SUB_CLASS, f"<{OWL}Thing>"),
        (P, f"<{RDFS}domain>", f"<{OWL}Thing>"),
        (f"<{OWL}Nothing>", SUB_CLASS, C),
        (f"<{RDFS}label>", RDF_TYPE, f"<{OWL}AnnotationProperty>"),
        (X, RDF_TYPE, f"<{OWL}Thing>"),
        (X, RDF_TYPE, f"<{XSD}string>"),
    ],
)
def test_noise(triple: Triple) -> None:
    assert is_noise(triple)


@pytest.mark.parametrize(
    "triple",
    [
        (X, P, '"a"'),
        (X, P, X),
        (X, f"<{OWL}sameAs>", Y),
        (C, SUB_CLASS, D),
        (C, f"<{OWL}equivalentClass>", f"<{OWL}Thing>"),
        (X, RDF_TYPE, f"<{OWL}Nothing>"),
        (P, RDF_TYPE, f"<{OWL}TransitiveProperty>"),
    ],
)
def test_no_noise(triple: Triple) -> None:
    assert not is_noise(triple)


def test_a_clash_is_told_in_both_languages() -> None:
    clash = Clash("cax-dw", (X,), (f"<{ZS}A>", f"<{ZS}B>"))
    message = clash.message()
    assert message.zh == "http://example.org/x 同时属于互斥的类 zs:A 和 zs:B。"
    assert message.en == "http://example.org/x belongs to both zs:A and zs:B, which are disjoint."
    assert "甲 belongs" in clash.message(lambda term: "甲").en
    assert short_name('"7"') == '"7"'


def test_every_clash_says_what_it_is_about() -> None:
    different = f"<{OWL}differentFrom>"
    disjoint = f"<{OWL}disjointWith>"
    graph = [(X, different, X), (C, disjoint, D), (Y, RDF_TYPE, C), (Y, RDF_TYPE, D)]
    clashes = close(graph).clashes
    assert [clash.rule for clash in clashes] == ["cax-dw", "eq-diff1"]
    for clash in clashes:
        for text in (clash.message().zh, clash.message().en):
            assert all(short_name(individual) in text for individual in clash.individuals)


def test_the_reference_knows_the_same_clashes_by_name() -> None:
    graph = [(C, f"<{OWL}disjointWith>", D), (Y, RDF_TYPE, C), (Y, RDF_TYPE, D)]
    (ours,), (theirs,) = close(graph).clashes, owlrl_reference.close(graph).clashes
    assert (ours.rule, ours.individuals, ours.terms) == (
        theirs.rule,
        theirs.individuals,
        theirs.terms,
    )
    assert ours.message() == theirs.message()


def test_the_reference_keeps_literals_as_written() -> None:
    number = f'"007"^^<{XSD}integer>'
    text = '"第一行\\n\\"引文\\""@zh'
    graph = [(P, SUB_PROPERTY, Q), (X, P, number), (Y, P, text)]
    expected = [(X, Q, number), (Y, Q, text)]
    assert close(graph).inferred == expected
    assert owlrl_reference.close(graph).inferred == expected


def test_malformed_lists_are_no_axioms() -> None:
    first, rest = f"<{RDF}first>", f"<{RDF}rest>"
    chain = f"<{OWL}propertyChainAxiom>"
    endless = [(Q, chain, "_:l"), ("_:l", first, P), ("_:l", rest, "_:l"), (X, P, Y)]
    cut_off = [(Q, chain, "_:l"), ("_:l", first, P), (X, P, Y)]
    assert close(endless).inferred == []
    assert close(cut_off).inferred == []


def test_many_names_of_one_thing() -> None:
    same = f"<{OWL}sameAs>"
    names = [f"<http://example.org/n{n:02}>" for n in range(12)]
    graph = [(a, same, b) for a, b in pairwise(names)]
    graph += [(names[5], P, X), (Y, Q, names[0])]
    inferred = set(close(graph).inferred)
    assert {(name, P, X) for name in names} <= inferred | set(graph)
    assert {(Y, Q, name) for name in names} <= inferred | set(graph)
    assert sum(p == same for _, p, _ in inferred) == 12 * 11 - 11


def test_the_garbage_collector_is_left_as_it_was() -> None:
    close([])
    assert gc.isenabled()
    gc.disable()
    try:
        close([])
        assert not gc.isenabled()
    finally:
        gc.enable()
