"""Competency questions: what must follow from the ontology, and what must never follow.

Each file gives facts (graph ``:given``) and what follows from them with the ontology
(``:follows``), what never does (``:never``), or what contradicts itself (``:clash``).
"""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.ontology import load_ontology
from zsgraph.reasoning import Closure, close
from zsgraph.terms import Triple

HERE = Path(__file__).parent
ONTOLOGY = load_ontology(PROJECT / "ontology")
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
    if graphs["clash"]:
        clashing = {term for clash in closure.clashes for term in clash.individuals}
        assert {subject for subject, _, _ in graphs["clash"]} <= clashing


def test_both_folders_are_filled() -> None:
    assert len(COMPLETENESS) >= 25
    assert len(SOUNDNESS) >= 20
