"""The pick-lists: complete, defined in both languages, each a tree of its own."""

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.authorities import (
    HAN,
    SCHEMES,
    all_concepts,
    circles,
    concepts,
    members,
    repeated,
    texts,
    values,
)
from tests.conftest import PROJECT
from zsgraph.namespaces import DCT, OWL, RDF, SCHEME, SKOS, ZS

LANGUAGES = ["en", "zh"]


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, ["a", "b", "c"]),
    ],
)
def test_circles_are_found(parents: dict[str, list[str]], expected: list[str]) -> None:
    assert circles(parents) == expected


def test_every_pick_list_that_was_gathered_or_that_records_need_is_there() -> None:
    assert {path.stem for path in SCHEMES} == {
        *("building-key", "challenge", "condition-kind", "development-stage", "evidence-tier"),
        *("operating-model", "operator-kind", "participation-role", "policy-kind"),
        *("platform-type-by-function", "platform-type-by-scope", "policy-module"),
        *("recognition-level", "resource", "support-instrument"),
        *("administrative-level", "claim-condition", "claim-kind", "claim-topic", "comparison"),
        *("classification-level", "criterion-property", "date-basis", "measured-property"),
        *("name-basis", "policy-status", "region-level", "unit"),
        *("future-industry", "strategic-emerging"),
        *("concept", "significance", "technology-field"),
    }


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("administrative-level", "national provincial municipal county"),
        ("region-level", "country province prefecture county"),
        ("classification-level", "section division group"),
        ("name-basis", "as-printed worded"),
        ("comparison", "at-least at-most exists"),
        ("claim-kind", "observed target estimate"),
        ("claim-condition", "with-pilot-testing without-pilot-testing"),
        ("date-basis", "stated approval unveiling effect report unknown"),
        ("strategic-emerging", "1 2 3 4 5 6 7 8 9"),
        (
            "future-industry",
            "future-manufacturing future-information future-materials future-energy "
            "future-space future-health",
        ),
    ],
)
def test_closed_pick_lists_have_exactly_their_members(scheme: str, expected: str) -> None:
    found = {iri.rpartition("/")[2] for iri in all_concepts() if f"/{scheme}/" in iri}
    assert found == set(expected.split())


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
class TestPickList:
    def test_the_scheme_is_named_defined_and_sourced(self, path: Path) -> None:
        scheme = concepts(path)[SCHEME + path.stem]
        assert values(scheme, RDF + "type") == [SKOS + "ConceptScheme"]
        for predicate in (SKOS + "prefLabel", SKOS + "definition"):
            assert [language for language, _ in texts(scheme, predicate)] == LANGUAGES
        assert values(scheme, DCT + "source")

    def test_each_concept_belongs_to_this_scheme_alone(self, path: Path) -> None:
        assert members(path)
        for iri, said in members(path).items():
            assert re.fullmatch(re.escape(SCHEME + path.stem) + "/[a-z0-9]+(-[a-z0-9]+)*", iri)
            assert values(said, SKOS + "inScheme") == [SCHEME + path.stem], iri

    def test_each_concept_has_one_name_in_each_language(self, path: Path) -> None:
        for iri, said in members(path).items():
            labels = texts(said, SKOS + "prefLabel")
            assert [language for language, _ in labels] == LANGUAGES, iri
            assert all(text == text.strip() != "" for _, text in labels), iri
            assert not HAN.search(labels[0][1]), iri

    def test_each_concept_is_defined_in_each_language_in_other_words(self, path: Path) -> None:
        for iri, said in members(path).items():
            names = dict(texts(said, SKOS + "prefLabel"))
            definitions = texts(said, SKOS + "definition")
            assert [language for language, _ in definitions] == LANGUAGES, iri
            for language, text in definitions:
                assert text.strip().casefold() != names[language].casefold(), iri
                assert len(text) >= 4, iri
            assert HAN.search(definitions[1][1]), iri

    def test_each_concept_has_a_source(self, path: Path) -> None:
        for iri, said in members(path).items():
            assert values(said, DCT + "source"), iri
            assert not any(re.search(r"\.(md|csv)\b", s) for s in values(said, DCT + "source"))

    def test_names_are_unique_in_each_language(self, path: Path) -> None:
        names: dict[str, list[str]] = defaultdict(list)
        for said in members(path).values():
            for language, text in texts(said, SKOS + "prefLabel") + texts(said, SKOS + "altLabel"):
                names[language].append(text)
        assert not [name for found in names.values() for name in repeated(found)]

    def test_each_concept_is_at_the_top_or_below_one_of_the_same_list(self, path: Path) -> None:
        found = members(path)
        for iri, said in found.items():
            tops = values(said, SKOS + "topConceptOf")
            broader = values(said, SKOS + "broader")
            assert (tops == [SCHEME + path.stem]) != bool(broader), iri
            assert set(broader) <= set(found), iri

    def test_no_concept_is_broader_than_itself(self, path: Path) -> None:
        tree = {iri: values(said, SKOS + "broader") for iri, said in members(path).items()}
        assert not circles(tree)

    def test_no_two_concepts_match_the_same_outside_term(self, path: Path) -> None:
        matches = [m for said in members(path).values() for m in values(said, SKOS + "exactMatch")]
        assert not repeated(matches)


def test_each_concept_is_of_a_declared_class() -> None:
    declared = {
        quad.subject.value
        for path in (PROJECT / "ontology").glob("*.ttl")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == RDF + "type" and quad.object.value == OWL + "Class"
    }
    for iri, said in all_concepts().items():
        classes = [name for name in values(said, RDF + "type") if name.startswith(ZS)]
        assert SKOS + "Concept" in values(said, RDF + "type"), iri
        assert classes, iri
        assert set(classes) <= declared, iri


def test_an_id_or_name_means_one_concept_of_its_class() -> None:
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, said in all_concepts().items():
        names = [
            text for _, text in texts(said, SKOS + "prefLabel") + texts(said, SKOS + "altLabel")
        ]
        for cls in values(said, RDF + "type"):
            if cls.startswith(ZS):
                for name in [iri.rpartition("/")[2], *names]:
                    meanings[cls, name].add(iri)
    assert not {key: found for key, found in meanings.items() if len(found) > 1}


def test_links_of_concepts_lead_to_concepts() -> None:
    known = all_concepts()
    for iri, said in known.items():
        for predicate in said:
            if predicate.startswith(ZS):
                for target in values(said, predicate):
                    assert not target.startswith(SCHEME) or target in known, (iri, target)


def test_development_stages_form_one_chain_from_idea_to_market() -> None:
    following = {
        iri.rpartition("/")[2]: [v.rpartition("/")[2] for v in values(said, ZS + "precedes")]
        for iri, said in all_concepts().items()
        if "/development-stage/" in iri
    }
    assert all(len(after) <= 1 for after in following.values())
    chain = ["stage-basic-research"]
    while after := following[chain[-1]]:
        assert after[0] not in chain
        chain.append(after[0])
    assert chain[-1] == "stage-market"
    assert set(chain) == {name for name, after in following.items() if after} | {"stage-market"}
    order = [chain.index(f"stage-{name}") for name in ("laboratory", "pilot", "production")]
    assert order == sorted(order)
