"""A service in place of the embedded store: whoever reads a graph may be given either."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, cast

import pyoxigraph as ox

from zsgraph.namespaces import PREFIXES
from zsgraph.remote.client import Client
from zsgraph.remote.endpoint import Endpoint
from zsgraph.remote.graphs import served_graphs
from zsgraph.remote.prologue import with_prefixes
from zsgraph.remote.results import solutions
from zsgraph.sparql.checks import examine
from zsgraph.store import Graph

_KEPT: Final = 10_000  # things whose statements are remembered
_PAGE: Final = 5_000


class RemoteStore:
    """Answers what readers ask of a :class:`pyoxigraph.Store`, from a SPARQL service.

    Every query is told which graphs there are (SPARQL 1.1 Protocol, 2.1.4): their union is the
    default graph, as in the embedded store, whatever the service takes for one and whatever else
    it holds.

    Parameters
    ----------
    client
        Talks to the service.
    graphs
        IRIs of the graphs.
    """

    def __init__(self, client: Client, graphs: Collection[str]) -> None:
        self.client = client
        self.graphs = tuple(sorted(graphs))
        self._about: dict[ox.NamedNode, list[ox.Quad]] = {}

    def query(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        seconds: float | None = None,
        default: Collection[str] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean:
        """Ask SELECT or ASK over the union of the graphs, or of those in ``default``."""
        examined = examine(text, PREFIXES, self.graphs)
        graphs = () if examined.has_dataset else (self.graphs if default is None else default)
        body = self.client.select(with_prefixes(text), graphs, graphs, seconds=seconds)
        return solutions(body, self.client.endpoint.query)

    def quads_for_pattern(
        self,
        subject: Any,
        predicate: Any,
        object: Any,
        graph_name: Any = None,
    ) -> Iterator[ox.Quad]:
        """Return the quads that fit; None fits any.  All of a subject is asked for at once."""
        if isinstance(subject, ox.BlankNode) or isinstance(object, ox.BlankNode):
            return iter(())  # a name of ours means nothing to the service
        if isinstance(subject, ox.NamedNode):
            if subject not in self._about:
                if len(self._about) >= _KEPT:
                    self._about.clear()
                self._about[subject] = list(self._asked(subject, None, None, None))
            return (
                quad
                for quad in self._about[subject]
                if predicate in (None, quad.predicate)
                and object in (None, quad.object)
                and graph_name in (None, quad.graph_name)
            )
        return self._asked(None, predicate, object, graph_name)

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """Return the graphs."""
        return (ox.NamedNode(name) for name in self.graphs)

    def contains_named_graph(self, graph_name: ox.NamedNode) -> bool:
        """Tell whether there is a graph."""
        return graph_name.value in self.graphs

    def _asked(self, *terms: Any) -> Iterator[ox.Quad]:
        names = ("?s", "?p", "?o", "?g")
        s, p, o, g = (
            name if term is None else str(term) for name, term in zip(names, terms, strict=True)
        )
        unknown = " ".join(name for name in (s, p, o, g) if name.startswith("?"))
        text = f"SELECT {unknown or '(1 AS ?is)'} {{ GRAPH {g} {{ {s} {p} {o} }} }}"
        found = self.query(text)
        assert isinstance(found, ox.QuerySolutions)
        places = {variable.value: place for place, variable in enumerate(found.variables)}
        for row in found:
            whole = [
                row[places[name[1:]]] if term is None else term
                for name, term in zip(names, terms, strict=True)
            ]
            yield ox.Quad(*whole)


def remote_graph(endpoint: Endpoint) -> Graph:
    """Return the graph that a service holds.

    Raises
    ------
    RemoteError
        If the service does not answer, or is being filled.
    """
    client = Client(endpoint)
    served = served_graphs(client)
    store = RemoteStore(client, served.graphs)
    return Graph(cast(ox.Store, store), served.description)
