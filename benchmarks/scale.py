"""How the stages grow with the records, beside other engines on the same records."""

import math
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.generator import Generator
from benchmarks.inputs import write_inputs
from benchmarks.measure import Measurement, measure, measure_peer
from zsgraph.knowledge import Knowledge, locate

#: Each stage: what it is called, our task, and other engines' by what they are called.
STAGES: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    ("records read and checked", "read", {}),
    (
        "read, checked, converted",
        "convert",
        {
            "rdflib `Graph.add`, unchecked": "convert_rdflib",
            "morph-kgc, unchecked": "peer morph-kgc",
        },
    ),
    ("closure", "closure", {"owlrl": "closure_owlrl", "reasonable, incomplete": "peer reasonable"}),
    (
        "validation",
        "validation",
        {
            "pyshifty": "validation_pyshifty",
            "pyshacl": "validation_pyshacl",
            "rudof": "peer pyrudof",
        },
    ),
    ("loading", "loading", {"pyoxigraph alone, finished file": "loading_alone"}),
    ("whole build", "whole_build", {}),
)
#: Engines that are not asked for more than so many times the shipped records.
LARGEST: Final = {
    "closure_owlrl": 10,
    "validation_pyshacl": 10,
    "validation_pyshifty": 100,
    "peer pyrudof": 10,
}


def report(sizes: Sequence[int] = (1, 10), seconds: int = 600) -> list[str]:
    """Return the measurements as the lines of a Markdown page.

    Parameters
    ----------
    sizes
        How many times the shipped records, ascending.
    seconds
        A task that takes longer is shown as a time-out.
    """
    with tempfile.TemporaryDirectory() as folder:
        records = {size: Path(folder) / str(size) for size in sizes}
        generator = Generator(locate())
        counts = {size: generator.write(size, path) for size, path in records.items()}
        lines = [
            "Wall and CPU seconds of the stage itself, most memory of its process. Things per "
            "second are those that come out: records, triples, results, quads. A ratio is the CPU "
            "time of the other engine by ours; where answers can be compared they are the same.",
            "",
            "| stage | size | records | ours, s | CPU s | GiB | things/s | other | CPU s | ratio |",
            "|---|---:|---:|---:|---:|---:|---:|---|---:|---:|",
        ]
        growth = []
        for title, task, others in STAGES:
            taken = {}
            for size, path in records.items():
                ours = taken[size] = measure(task, path, seconds)
                lines.append(_line(title, size, counts[size], ours, "", None))
                lines += [
                    _line(title, size, counts[size], None, name, _other(other, path, seconds), ours)
                    for name, other in others.items()
                    if size <= LARGEST.get(other, size)
                ]
            growth.append(f"| {title} | {_slope(taken):.2f} |")
        if len(sizes) > 1:
            lines += ["", "| stage | growth (log-log slope) |", "|---|---:|", *growth]
        return lines


def _other(task: str, records: Path, seconds: int) -> Measurement:
    """Measure another engine; those of other environments are given files."""
    if not task.startswith("peer "):
        return measure(task, records, seconds)
    inputs = records / "inputs"
    if not inputs.exists():
        write_inputs(Knowledge(locate().root, records), inputs)
    return measure_peer(task.removeprefix("peer "), inputs, seconds)


def _line(
    title: str,
    size: int,
    records: int,
    ours: Measurement | None,
    name: str,
    other: Measurement | None,
    compared: Measurement | None = None,
) -> str:
    cells = [title, f"{size}×", f"{records:,}", "", "", "", "", name, "", ""]
    if ours is not None:
        cells[3] = str(ours)
        if not ours.failure:
            cells[4:7] = f"{ours.cpu:.2f}", f"{ours.peak:.2f}", f"{ours.count / ours.cpu:,.0f}"
    if other is not None and compared is not None:
        cells[8] = other.failure or f"{other.cpu:.2f}"
        same = not other.digest or not compared.digest or other.digest == compared.digest
        if not other.failure and not compared.failure:
            cells[9] = f"{other.cpu / compared.cpu:.1f}" + ("" if same else " (answers differ)")
    return f"| {' | '.join(cells)} |"


def _slope(taken: dict[int, Measurement]) -> float:
    points = [(math.log(size), math.log(m.cpu)) for size, m in taken.items() if not m.failure]
    if len(points) < 2:
        return math.nan
    return _regression(points)


def _regression(points: Iterable[tuple[float, float]]) -> float:
    xs, ys = zip(*points, strict=True)
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - mean_x) ** 2 for x in xs)
