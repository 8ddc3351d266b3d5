"""Alignments stand apart from the modules, and say what foreign terms they lean on."""

from pathlib import Path

import pytest

from tests.conftest import PROJECT
from zsgraph.namespaces import OWL, RDF, RDFS, SKOS, ZS
from zsgraph.terms import Triple, iri_value, literal_parts
from zsgraph.turtle import read_turtle

MODULES = sorted((PROJECT / "ontology").glob("*.ttl"))
ALIGNMENTS = sorted((PROJECT / "ontology" / "alignments").glob("*.ttl"))
BELOW = {RDFS + "subClassOf": OWL + "Class", RDFS + "subPropertyOf": "Property"}
HOME = {SKOS + "Concept", RDF + "Statement"}  # what the modules are built on


def inclusions(triples: list[Triple]) -> list[tuple[str, str, str]]:
    """Return the inclusions between named terms."""
    return [
        (iri_value(s), iri_value(p), iri_value(o))
        for s, p, o in triples
        if iri_value(p) in BELOW and "genid" not in s
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_leans_on_no_foreign_vocabulary(path: Path) -> None:
    above = {term for _, _, term in inclusions(read_turtle(path)) if not term.startswith(ZS)}
    assert above <= HOME


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_foreign_terms_are_declared_with_labels_in_both_languages(path: Path) -> None:
    triples = read_turtle(path)
    assert inclusions(triples)
    for _, predicate, term in inclusions(triples):
        if term.startswith(ZS):
            pytest.fail(f"{term} of ours is put above a foreign term")
        about = [(iri_value(p), o) for s, p, o in triples if s == f"<{term}>"]
        kinds = [iri_value(o) for p, o in about if p == RDF + "type"]
        languages = sorted(literal_parts(o)[2] for p, o in about if p == RDFS + "label")
        assert any(kind.endswith(BELOW[predicate]) for kind in kinds), term
        assert languages == ["en", "zh"], term


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_an_alignment_speaks_of_one_vocabulary_and_declares_none_in_vain(path: Path) -> None:
    triples = read_turtle(path)
    foreign = {iri_value(s) for s, p, _ in triples if iri_value(p) == RDF + "type"}
    assert not any(term.startswith(ZS) for term in foreign), "our terms are declared in modules"
    assert len({max(term.rpartition("#")[0], term.rpartition("/")[0]) for term in foreign}) == 1
    if path.stem != "skos":  # of SKOS also what data use is declared
        assert foreign == {term for _, _, term in inclusions(triples)}
