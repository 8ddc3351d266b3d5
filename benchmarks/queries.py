"""Median time of each named query on the shipped graph."""

import statistics
import time

from zsgraph.answers import answer
from zsgraph.knowledge import locate
from zsgraph.queries import load_queries
from zsgraph.store import home_of, open_graph


def report(runs: int = 7) -> list[str]:
    """Return the measurements as the lines of a Markdown table.

    Parameters
    ----------
    runs
        How often each query is asked; the median is taken, labels included.
    """
    knowledge = locate()
    graph = open_graph(home_of(knowledge))
    lines = ["| query | rows | median, ms |", "|---|---:|---:|"]
    for name, query in load_queries(knowledge.queries).items():
        taken = []
        for _ in range(runs):
            begin = time.perf_counter()
            result = answer(graph, query)
            taken.append(time.perf_counter() - begin)
        lines.append(f"| `{name}` | {len(result.terms)} | {statistics.median(taken) * 1000:.1f} |")
    return lines
