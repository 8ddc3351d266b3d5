"""What changes when twenty records go or come, beside closing the whole graph anew, by size."""

import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import scaled
from zsgraph.build import build
from zsgraph.knowledge import Knowledge, locate
from zsgraph.namespaces import GRAPH_DATA, GRAPH_DESCRIPTION, GRAPH_INFERRED
from zsgraph.nodes import term_of
from zsgraph.ontology import load_ontology
from zsgraph.reasoning.closure import close
from zsgraph.reasoning.withdrawal import change_closure
from zsgraph.store import open_graph
from zsgraph.terms import Triple
from zsgraph.validation.graph_view import GraphView

RECORDS = 20


def report(sizes: Sequence[int] = (1, 10), runs: int = 5) -> list[str]:
    """Return a Markdown table of the time for a change and for the whole, and their ratio.

    Parameters
    ----------
    sizes
        How many times as large as the shipped one each graph is.
    runs
        For how many choices of records a change is measured.
    """
    lines = [
        f"| records | {RECORDS} records go | all closed anew | ratio |",
        "|---|---:|---:|---:|",
    ]
    knowledge = locate()
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "data").mkdir()
            large = scaled(knowledge, size, folder / "data") if size > 1 else knowledge
            change, whole = _measured(large, folder / "home", runs)
        lines.append(
            f"| {size:,} × | {1000 * change:.0f} ms | {1000 * whole:,.0f} ms "
            f"| {whole / change:,.0f} |"
        )
    return lines


def _measured(knowledge: Knowledge, home: Path, runs: int) -> tuple[float, float]:
    """Return the median seconds of a change, and the seconds of closing all."""
    summary = build(knowledge, home)
    assert summary.published, summary.findings[:3]
    store = open_graph(home).store
    asserted: list[Triple] = []
    stated: dict[str, set[Triple]] = {}  # by record
    for quad in store:
        graph = quad.graph_name.value
        if graph in (GRAPH_INFERRED, GRAPH_DESCRIPTION):
            continue
        triple = term_of(quad.subject), term_of(quad.predicate), term_of(quad.object)
        asserted.append(triple)
        if graph.startswith(GRAPH_DATA):
            stated.setdefault(triple[0], set()).add(triple)
    axioms = load_ontology(knowledge.ontology)
    rng, names, taken = random.Random(1), sorted(stated), []
    for _ in range(runs):
        gone = {triple for name in rng.sample(names, RECORDS) for triple in stated[name]}
        begin = time.perf_counter()
        assert change_closure(axioms, GraphView(store), gone, ()) is not None
        taken.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    close(asserted)
    return statistics.median(taken), time.perf_counter() - begin


if __name__ == "__main__":
    print("\n".join(report()))
