"""What is asked of a query worker: a query, the graphs it reads, how the answer is written."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from zsgraph.errors import UsageError
from zsgraph.namespaces import GRAPH_INFERRED

#: What a query may read: what records say, what follows from it, or both.
SELECTIONS: Final = ("all", "asserted", "inferred")
#: How tables and truth values are written (SPARQL 1.1 query results formats).
SOLUTION_FORMATS: Final = ("json", "xml", "csv", "tsv")
#: How triples are written.
TRIPLE_FORMATS: Final = ("turtle", "ntriples", "nquads", "trig", "n3", "jsonld", "rdfxml")


@dataclass(frozen=True, slots=True)
class Request:
    """A query for a :class:`~zsgraph.execution.worker.QueryWorker`.

    Attributes
    ----------
    text
        A SPARQL 1.1 query.
    default, named
        IRIs of the graphs that make up the default graph and of the named graphs, before what
        the query itself says (SPARQL 1.1 Protocol, 2.1.4).  If ``default`` is None, the query's
        ``FROM`` holds, else the union of all graphs.
    solutions
        How a table or a truth value is written: one of :data:`SOLUTION_FORMATS`; empty if such
        an answer is of no use.
    triples
        How triples are written: one of :data:`TRIPLE_FORMATS`, or empty.
    limit
        Rows (or triples) at most; what is beyond is cut, and the result says so.
    """

    text: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    solutions: str = "tsv"
    triples: str = "ntriples"
    limit: int | None = None


def selected(selection: str, graphs: Collection[str]) -> tuple[str, ...] | None:
    """Return the graphs of a selection: None for all, which the engine reads as one.

    Parameters
    ----------
    selection
        One of :data:`SELECTIONS`.
    graphs
        IRIs of all graphs of the store.

    Raises
    ------
    UsageError
        If there is no such selection.
    """
    if selection not in SELECTIONS:
        raise UsageError(
            f"--graph 只能是 {'、'.join(SELECTIONS)} 之一，不是“{selection}”。",
            f"--graph takes one of {', '.join(SELECTIONS)}, not “{selection}”.",
        )
    if selection == "all":
        return None
    wanted = selection == "inferred"
    return tuple(sorted(graph for graph in graphs if (graph == GRAPH_INFERRED) == wanted))
