"""The ontology keeps to OWL 2 RL, and the check of it reports each way of leaving the profile."""

from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.ontology.profile import Ontology
from zsgraph.ontology import load_ontology
from zsgraph.turtle import read_turtle

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SOME = "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ]"
ALL = "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ]"
VALUE = "[ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :b ]"
UNION = "[ a owl:Class ; owl:unionOf ( :B :C ) ]"
NOT = "[ a owl:Class ; owl:complementOf :B ]"


def restriction(constructor: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty :p ; owl:{constructor} ]"


OUTSIDE = {
    "union above": (f":A rdfs:subClassOf {UNION} .", "unionOf"),
    "existential above": (f":A rdfs:subClassOf {SOME} .", "someValuesFrom"),
    "enumeration above": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :b ) ] .",
        "oneOf",
    ),
    "universal below": (f"{ALL} rdfs:subClassOf :A .", "allValuesFrom"),
    "complement below": (f"{NOT} rdfs:subClassOf :A .", "complementOf"),
    "at most below": (f"{restriction('maxCardinality 1')} rdfs:subClassOf :A .", "maxCardinality"),
    "at most two": (f":A rdfs:subClassOf {restriction('maxCardinality 2')} .", "only 0 and 1"),
    "at least": (f":A rdfs:subClassOf {restriction('minCardinality 1')} .", "minCardinality"),
    "exactly": (f"{restriction('cardinality 1')} rdfs:subClassOf :A .", "cardinality"),
    "itself": (f"{restriction('hasSelf true')} rdfs:subClassOf :A .", "hasSelf"),
    "equivalent to an existential": (f":A owl:equivalentClass {SOME} .", "someValuesFrom"),
    "equivalent to a universal": (f":A owl:equivalentClass {ALL} .", "allValuesFrom"),
    "a class that is a union": (":A owl:unionOf ( :B :C ) .", "unionOf"),
    "union inside an intersection above": (
        f":A rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :B {UNION} ) ] .",
        "unionOf",
    ),
    "universal inside a complement above": (
        f":A rdfs:subClassOf [ a owl:Class ; owl:complementOf {ALL} ] .",
        "allValuesFrom",
    ),
    "union as domain": (f":p rdfs:domain {UNION} .", "unionOf"),
    "union as range": (f":p rdfs:range {UNION} .", "unionOf"),
    "member of a union": (f":b a {UNION} .", "unionOf"),
    "disjoint from a universal": (f":A owl:disjointWith {ALL} .", "allValuesFrom"),
    "universal among disjoint classes": (
        f"[] a owl:AllDisjointClasses ; owl:members ( :A {ALL} ) .",
        "allValuesFrom",
    ),
    "disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", "disjoint unions"),
    "everything": ("owl:Thing rdfs:subClassOf :A .", "owl:Thing"),
    "reflexive property": (":p a owl:ReflexiveProperty .", "reflexive"),
    "property of two kinds": (
        ":p a owl:ObjectProperty , owl:AnnotationProperty .",
        "declared as ObjectProperty and AnnotationProperty",
    ),
    "super-property of another kind": (
        ":p a owl:ObjectProperty ; rdfs:subPropertyOf :q . :q a owl:DatatypeProperty .",
        "of another kind",
    ),
    "functional and transitive": (
        ":p a owl:TransitiveProperty , owl:FunctionalProperty .",
        "FunctionalProperty",
    ),
    "asymmetric above a transitive one": (
        ":p a owl:TransitiveProperty ; rdfs:subPropertyOf :q . :q a owl:AsymmetricProperty .",
        "AsymmetricProperty",
    ),
    "counted chain": (
        ":p owl:propertyChainAxiom ( :q :q ) ."
        f" :A rdfs:subClassOf {restriction('maxCardinality 1')} .",
        "cannot be counted",
    ),
}
INSIDE = {
    "existential below": f"{SOME} rdfs:subClassOf :A .",
    "some value at all, below": (f"{restriction('someValuesFrom owl:Thing')} rdfs:subClassOf :A ."),
    "union below": f"{UNION} rdfs:subClassOf :A .",
    "universal above": f":A rdfs:subClassOf {ALL} .",
    "complement of a union above": (
        f":A rdfs:subClassOf [ a owl:Class ; owl:complementOf {UNION} ] ."
    ),
    "at most one above": f":A rdfs:subClassOf {restriction('maxCardinality 1')} .",
    "equivalent to a value": f":A owl:equivalentClass {VALUE} .",
    "disjoint from a union": f":A owl:disjointWith {UNION} .",
    "transitive property": ":p a owl:ObjectProperty , owl:TransitiveProperty .",
}


def faults(turtle: str, folder: Path) -> list[str]:
    path = folder / "case.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return Ontology(read_turtle(path)).faults()


def test_the_ontology_is_in_the_profile() -> None:
    ontology = Ontology(load_ontology(PROJECT / "ontology"))
    assert ontology.faults() == []
    assert ontology.looked_at > 300


@pytest.mark.parametrize("case", OUTSIDE)
def test_leaving_the_profile_is_reported(case: str, tmp_path: Path) -> None:
    turtle, said = OUTSIDE[case]
    found = faults(turtle, tmp_path)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize("case", INSIDE)
def test_what_the_profile_allows_is_let_pass(case: str, tmp_path: Path) -> None:
    assert faults(INSIDE[case], tmp_path) == []
