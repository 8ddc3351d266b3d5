"""Competency questions: what must follow from the ontology, and what must never follow.

Each file gives facts (graph ``:given``) and what follows from them with the ontology
and the schemes (``:follows``), what never does (``:never``), or which classes contradict each other
in what (``:clash``).
"""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.namespaces import OWL, ZS
from zsgraph.ontology import load_ontology, load_schemes
from zsgraph.reasoning import Closure, close
from zsgraph.terms import RDF_TYPE, Term, Triple

HERE = Path(__file__).parent
ONTOLOGY = [*load_ontology(PROJECT / "ontology"), *load_schemes(PROJECT / "ontology")]
COMPLETENESS = sorted((HERE / "completeness").glob("*.trig"))
SOUNDNESS = sorted((HERE / "soundness").glob("*.trig"))


def read(path: Path) -> dict[str, set[Triple]]:
    graphs: dict[str, set[Triple]] = defaultdict(set)
    for quad in ox.parse(path=path):
        name = quad.graph_name.value.rpartition("/")[2]  # type: ignore[union-attr]
        graphs[name].add((str(quad.subject), str(quad.predicate), str(quad.object)))
    return graphs


def entailed(graphs: dict[str, set[Triple]]) -> Closure:
    return close([*ONTOLOGY, *graphs["given"]])


@pytest.mark.parametrize("path", COMPLETENESS, ids=lambda path: path.stem)
def test_follows(path: Path) -> None:
    graphs = read(path)
    closure = entailed(graphs)
    assert not closure.clashes
    assert graphs["follows"]
    assert graphs["follows"] <= {*closure.inferred, *graphs["given"]}
    assert not graphs["follows"] <= graphs["given"], "what is given proves nothing"


@pytest.mark.parametrize("path", SOUNDNESS, ids=lambda path: path.stem)
def test_never_follows_or_clashes(path: Path) -> None:
    graphs = read(path)
    closure = entailed(graphs)
    assert bool(graphs["clash"]) == bool(closure.clashes)
    assert graphs["never"] or graphs["clash"]
    assert not graphs["never"] & {*closure.inferred, *graphs["given"]}
    clashing: dict[Term, set[Term]] = defaultdict(set)
    for thing, _, cls in graphs["clash"]:
        clashing[thing].add(cls)
    for thing, classes in clashing.items():
        assert any(
            thing in clash.individuals and classes <= set(clash.terms) for clash in closure.clashes
        ), (thing, closure.clashes)


def test_every_class_can_have_a_member() -> None:
    classes = {s for s, p, o in ONTOLOGY if p == RDF_TYPE and o == f"<{OWL}Class>"}
    named = sorted(name for name in classes if name.startswith(f"<{ZS}"))
    assert len(named) > 80
    members = [(f"<https://example.org/{n}>", RDF_TYPE, cls) for n, cls in enumerate(named)]
    assert close([*ONTOLOGY, *members]).clashes == []


def test_both_folders_are_filled() -> None:
    assert len(COMPLETENESS) >= 25
    assert len(SOUNDNESS) >= 20
