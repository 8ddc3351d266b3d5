"""The graph that answers, followed through rebuilds.

A new build moves the link ``current``; whoever asks for the graph from then on gets the new one,
and what is running keeps the graph it began with.
"""

import os
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from zsgraph.answers import Answer
from zsgraph.errors import GraphMissingError
from zsgraph.knowledge import Knowledge, locate
from zsgraph.queries import NamedQuery, load_queries, query_paths
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.schema import Schema, load_schema
from zsgraph.store import CURRENT, Graph, open_folder
from zsgraph.web.settings import Settings

_COUNTS: Final = """
SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?graph ORDER BY ?graph
"""


@dataclass(frozen=True)
class Served:
    """A graph that answers.

    Attributes
    ----------
    version
        Name of the build; answers of equal version are equal.
    folder
        Where it lies.
    graph
        The opened graph.
    queries
        The named queries.
    knowledge
        What it was built from.
    """

    version: str
    folder: Path
    graph: Graph
    queries: dict[str, NamedQuery]
    knowledge: Knowledge
    #: What parts of the server have worked out for this graph, by a name of theirs.
    kept: dict[str, object] = field(default_factory=dict)
    #: Answers to named queries that were given last, by query, values and language.
    answers: OrderedDict[tuple[str, ...], Answer] = field(default_factory=OrderedDict)

    @cached_property
    def graphs(self) -> dict[str, int]:
        """The number of triples of each named graph, by its IRI in order."""
        answers = self.graph.query(_COUNTS)
        assert isinstance(answers, ox.QuerySolutions)
        return {row["graph"].value: int(row["count"].value) for row in answers}

    @cached_property
    def closed(self) -> ClosedGraph:
        """The graph as proofs see it; :meth:`ClosedGraph.fresh` gives one that may remember."""
        return ClosedGraph(self.graph.store)

    def warm(self) -> None:
        """Work out what every page of a thing needs, so that the first need not wait."""
        assert self.schema.tables
        self.closed.fresh()

    @cached_property
    def schema(self) -> Schema:
        """The tables, as the shapes describe them."""
        return load_schema(self.knowledge.shapes)


class CurrentGraph:
    """Gives the current graph, opening it anew when a build has become current.

    Parameters
    ----------
    settings
        Where the knowledge and the graphs lie.
    """

    def __init__(self, settings: Settings) -> None:
        self._home = settings.home_folder
        self._link = self._home / CURRENT
        self._knowledge = locate(
            Path(settings.root) if settings.root else None,
            Path(settings.data) if settings.data else None,
        )
        self._queries: tuple[object, dict[str, NamedQuery]] = (None, {})
        self._served: Served | None = None

    @property
    def version(self) -> str:
        """Name of the current build.

        Raises
        ------
        GraphMissingError
            If there is none.
        """
        try:
            return os.readlink(self._link)
        except OSError:
            raise GraphMissingError(
                f"{self._home} 中还没有建好的图。请先运行 zsgraph build。",
                f"There is no built graph in {self._home}. Run zsgraph build first.",
            ) from None

    def get(self) -> Served:
        """Return the current graph.

        Raises
        ------
        GraphMissingError
            If there is none.
        """
        version = self.version
        if self._served is None or self._served.version != version:
            folder = self._home / version
            graph = open_folder(folder)
            self._served = Served(version, folder, graph, self._named(), self._knowledge)
        return self._served

    def _named(self) -> dict[str, NamedQuery]:
        """Return the named queries, read anew if one of their files has changed."""
        folder = self._knowledge.queries
        state = [(path, path.stat().st_mtime_ns) for path in query_paths(folder)]
        if self._queries[0] != state:
            self._queries = state, load_queries(folder)
        return self._queries[1]
