"""Size and time of each format of an export of the shipped graph, beside the engine's own dump."""

import tempfile
import time
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
    lines = ["| format | files | MB | s | statements/s |", "|---|---:|---:|---:|---:|"]
    total = len(graph.store)
    for name, files, size, seconds in rows:
        lines.append(
            f"| {name} | {files} | {size / 1e6:.1f} | {seconds:.2f} | {total / seconds:,.0f} |"
        )
    return lines


def _engine(graph: Graph) -> tuple[str, int, int, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dump.nq")
        begin = time.perf_counter()
        graph.store.dump(path, ox.RdfFormat.N_QUADS)
        taken = time.perf_counter() - begin
        return "pyoxigraph's own dump, unsorted", 1, path.stat().st_size, taken


def _format(
    graph: Graph, knowledge: Knowledge, name: str, compression: str
) -> tuple[str, int, int, float]:
    with tempfile.TemporaryDirectory() as folder:
        options = Options((name,), compression=compression)
        begin = time.perf_counter()
        summary = export(graph, knowledge, options, Path(folder, "out"), Silence())
        taken = time.perf_counter() - begin
    size = sum(file.size for file in summary.files)
    label = f"{name}, {compression}" if compression else name
    return label, len(summary.files), size, taken
