"""Size and CPU time of each format of an export, beside the engine's own unsorted dump."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from zsgraph.build import Silence
from zsgraph.export.registry import FORMATS
from zsgraph.export.run import Options, export
from zsgraph.knowledge import Knowledge, locate
from zsgraph.store import Graph, home_of, open_graph


def report(knowledge: Knowledge | None = None, home: Path | None = None) -> list[str]:
    """Return the measurements as the lines of a Markdown table.

    Parameters
    ----------
    knowledge, home
        What to export and where it was built; the shipped graph by default.
    """
    known = knowledge or locate()
    graph = open_graph(home or home_of(known))
    rows = [_engine(graph)]
    for name in FORMATS:
        for compression in ("", "zstd"):
            if not compression or name in ("nquads", "jsonld"):
                rows.append(_format(graph, known, name, compression))
    lines = ["| format | files | MB | CPU s | statements/CPU s |", "|---|---:|---:|---:|---:|"]
    total = len(graph.store)
    for name, files, size, seconds in rows:
        lines.append(
            f"| {name} | {files} | {size / 1e6:.1f} | {seconds:.2f} | {total / seconds:,.0f} |"
        )
    return lines


def _engine(graph: Graph) -> tuple[str, int, int, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dump.nq")
        taken = _cpu_seconds(lambda: graph.store.dump(path, ox.RdfFormat.N_QUADS))
        return "pyoxigraph's own dump, unsorted", 1, path.stat().st_size, taken


def _format(
    graph: Graph, knowledge: Knowledge, name: str, compression: str
) -> tuple[str, int, int, float]:
    options = Options((name,), compression=compression)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        files = export(graph, knowledge, options, out, Silence()).files
        taken = _cpu_seconds(lambda: export(graph, knowledge, options, out, Silence()))
    label = f"{name}, {compression}" if compression else name
    return label, len(files), sum(file.size for file in files), taken


def _cpu_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the median CPU time of some runs, which others on the machine disturb least."""
    taken = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return statistics.median(taken)
