"""A patch sent to Virtuoso as updates leaves it with what it has when the new graph is loaded."""

import shutil
from pathlib import Path

import httpx
import pytest
from benchmarks.endpoints import virtuoso

from zsgraph.diff.compare import Comparison
from zsgraph.patch import to_sparql_update
from zsgraph.terms import Quad

pytestmark = pytest.mark.skipif(
    shutil.which("virtuoso-t") is None, reason="virtuoso-opensource is not installed"
)


def told(url: str, graphs: set[str]) -> set[tuple[str, ...]]:
    """Return all quads of some graphs as the engine prints them."""
    found: set[tuple[str, ...]] = set()
    for graph in graphs:
        query = {"query": f"SELECT ?s ?p ?o FROM {graph} WHERE {{ ?s ?p ?o }}"}
        headers = {"Accept": "text/tab-separated-values"}
        answer = httpx.get(f"{url}/sparql", params=query, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        found |= {(graph, row) for row in answer.text.splitlines()[1:]}
    return found


def written(quads: set[Quad], path: Path) -> Path:
    path.write_text("".join(f"{' '.join(quad)} .\n" for quad in sorted(quads)), encoding="utf-8")
    return path


def test_updates_lead_from_old_to_new(shipped_comparison: Comparison, tmp_path: Path) -> None:
    patch = shipped_comparison.patch
    graphs = {quad[3] for quad in (*patch.removed, *patch.added)}
    states: list[set[tuple[str, ...]]] = []
    for name, side in (("old", shipped_comparison.old), ("new", shipped_comparison.new)):
        folder = tmp_path / name
        folder.mkdir()
        quads = {quad for quad in side.quads() if quad[3] in graphs}
        with virtuoso(written(quads, folder / "graph.nq"), folder) as url:
            states.append(told(url, graphs))
            if name == "old":
                for request in to_sparql_update(patch, size=100):
                    sent = httpx.post(f"{url}/sparql", data={"update": request}, timeout=60)
                    assert sent.status_code == 200, sent.text
                states.append(told(url, graphs))
    old, patched, new = states
    assert patched == new
    assert patched != old
    assert len(new) > 10_000
