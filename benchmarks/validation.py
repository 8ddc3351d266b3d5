"""Twenty new rows checked against the shipped graph and against one many times as large."""

import csv
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.generator import scaled
from zsgraph.build import build
from zsgraph.knowledge import Knowledge, locate
from zsgraph.schema import load_schema
from zsgraph.store import current_folder
from zsgraph.validation.files import check_files

ROWS = 20


def report(scale: int = 100, runs: int = 9) -> list[str]:
    """Return a Markdown table of the median time at both sizes, and their ratio.

    Parameters
    ----------
    scale
        How many times as large the larger graph is.
    runs
        How often each is measured; the two sizes take turns.
    """
    knowledge = locate()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        large = scaled(knowledge, scale, folder / "data")
        graphs = {
            size: _built(k, folder / str(size)) for size, k in ((1, knowledge), (scale, large))
        }
        sheet = _new_rows(knowledge, folder)
        taken: dict[int, list[float]] = {size: [] for size in graphs}
        for _ in range(runs):
            for size, graph in graphs.items():
                begin = time.perf_counter()
                check_files([sheet], knowledge, graph)
                taken[size].append(time.perf_counter() - begin)
        shutil.rmtree(folder, ignore_errors=True)
    medians = {size: statistics.median(seconds) for size, seconds in taken.items()}
    return [
        f"| {ROWS} new rows against a graph of | median |",
        "|---|---:|",
        *(f"| {size:,} × the records | {1000 * m:.0f} ms |" for size, m in medians.items()),
        f"| ratio | {medians[scale] / medians[1]:.2f} |",
    ]


def _built(knowledge: Knowledge, home: Path) -> Path:
    summary = build(knowledge, home)
    assert summary.published, summary.findings[:3]
    return current_folder(home)


def _new_rows(knowledge: Knowledge, folder: Path) -> Path:
    """Write rows of the table with the most columns, as shipped but under new ids and names."""
    table = max(load_schema(knowledge.shapes).tables.values(), key=lambda t: len(t.columns))
    with (knowledge.data / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))[:ROWS]
    path = folder / f"{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        for number, row in enumerate(rows):
            writer.writerow(row | {"id": f"{row['id']}-new-{number}"})
    return path


if __name__ == "__main__":
    print("\n".join(report()))
