"""Every term is labelled, defined, sourced and declared; every module has a full header."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.namespaces import DCT, OWL, RDF, RDFS, SKOS, ZS
from zsgraph.ontology import load_ontology, load_schemes
from zsgraph.terms import iri_value, literal_parts

VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
ONTOLOGY = PROJECT / "ontology"
TRIPLES = load_ontology(ONTOLOGY)
SCHEMES = load_schemes(ONTOLOGY)
BY_SUBJECT: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
for _subject, _predicate, _object in TRIPLES:
    BY_SUBJECT[iri_value(_subject)][iri_value(_predicate)].append(_object)
TERMS = sorted(
    name for name, node in BY_SUBJECT.items() if name.startswith(ZS) and RDF + "type" in node
)


def languages(values: list[str]) -> list[str]:
    return sorted(literal_parts(value)[2] for value in values)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(ZS))
def test_term_is_labelled_defined_sourced_and_placed(term: str) -> None:
    node = BY_SUBJECT[term]
    assert languages(node[RDFS + "label"]) == ["en", "zh"]
    assert languages(node[SKOS + "definition"]) == ["en", "zh"]
    assert len(node[DCT + "source"]) == 1
    assert len(node[RDFS + "isDefinedBy"]) == 1


def test_a_definition_does_not_repeat_its_label_alone() -> None:
    for term in TERMS:
        for value in BY_SUBJECT[term][SKOS + "definition"]:
            text, _, language = literal_parts(value)
            labels = [literal_parts(v)[0] for v in BY_SUBJECT[term][RDFS + "label"]]
            assert text not in labels, (term, language)


def used_terms(paths: list[Path]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        for quad in ox.parse(path=path):
            for node in (quad.subject, quad.predicate, quad.object):
                if isinstance(node, ox.NamedNode) and node.value.startswith(ZS):
                    found.add(node.value)
    return found


def test_only_declared_terms_are_used() -> None:
    paths = [*PROJECT.glob("ontology/**/*.ttl"), *PROJECT.glob("shapes/*.ttl")]
    assert len(paths) > 40
    assert used_terms(paths) <= set(TERMS)


def test_concepts_have_label_definition_and_source_in_both_languages() -> None:
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, obj in SCHEMES:
        nodes[subject][iri_value(predicate)].append(obj)
    concepts = [n for n in nodes.values() if f"<{SKOS}Concept>" in n[RDF + "type"]]
    assert len(concepts) > 600
    for node in concepts:
        assert languages(node[SKOS + "prefLabel"]) == ["en", "zh"], node
        assert languages(node[SKOS + "definition"]) == ["en", "zh"], node
        assert node[DCT + "source"], node


def test_labels_of_a_scheme_are_told_apart() -> None:
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    scheme = {s: o for s, p, o in SCHEMES if iri_value(p) == SKOS + "inScheme"}
    for subject, predicate, obj in SCHEMES:
        if iri_value(predicate) == SKOS + "prefLabel" and subject in scheme:
            labels[scheme[subject], obj].append(subject)
    assert not {key: found for key, found in labels.items() if len(found) > 1}


def test_header_names_version_licence_and_modules() -> None:
    header = BY_SUBJECT[ZS.removesuffix("#")]
    assert header[OWL + "versionIRI"]
    assert header[DCT + "license"] == ["<https://creativecommons.org/licenses/by/4.0/>"]
    assert languages(header[DCT + "title"]) == ["en", "zh"]
    modules = {iri_value(value) for value in header[OWL + "imports"]}
    assert modules == {
        iri_value(v) for term in TERMS for v in BY_SUBJECT[term][RDFS + "isDefinedBy"]
    }


def test_every_module_has_title_licence_and_version() -> None:
    modules = sorted(
        n for n, node in BY_SUBJECT.items() if f"<{OWL}Ontology>" in node[RDF + "type"]
    )
    assert len(modules) == len(list(ONTOLOGY.glob("*.ttl")))
    for name in modules:
        node = BY_SUBJECT[name]
        assert languages(node[DCT + "title"]) == ["en", "zh"], name
        assert node[DCT + "license"] == ["<https://creativecommons.org/licenses/by/4.0/>"], name
        assert node[OWL + "versionInfo"] == [f'"{VERSION}"'], name
        (version,) = node[OWL + "versionIRI"]
        assert f"/{VERSION}" in version, name


def test_the_version_is_the_same_everywhere() -> None:
    description = (PROJECT / "data" / "description.ttl").read_text(encoding="utf-8")
    assert f'dcat:version "{VERSION}"' in description
    assert f"\nversion: {VERSION}\n" in (PROJECT / "CITATION.cff").read_text(encoding="utf-8")


def test_queries_use_declared_terms_only() -> None:
    queries = list((PROJECT / "queries").rglob("*.rq"))
    used = {
        ZS + name
        for path in queries
        for name in re.findall(r"\bzs:(\w+)", path.read_text(encoding="utf-8"))
    }
    assert len(used) > 50
    assert used <= set(TERMS)
