"""What is written beside the store of a graph so that new rows can be checked without all of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from zsgraph.name_index import names_in, write_names
from zsgraph.namespaces import GRAPH_DATA, SKOS
from zsgraph.pipeline import Graphs
from zsgraph.terms import RDF_TYPE, iri_value
from zsgraph.validation.likeness import likeness_rules
from zsgraph.validation.query_cache import write_query_cache

_LABELS: Final = (f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>", f"<{SKOS}hiddenLabel>")


def write_index(folder: Path, graphs: Graphs, store: ox.Store, queries: Path, before: Path) -> None:
    """Write the index of ids and names of a graph that is being built.

    Parameters
    ----------
    folder
        Folder of the graph.
    graphs
        Its triples.
    store
        The store that they were loaded into.
    queries
        Folder of the queries that check records.
    before
        Folder of the graph of before.
    """
    keys = (key for rule in likeness_rules(queries) for key in rule.keys(store))
    write_query_cache(folder, queries, before)
    write_names(folder, _records(graphs), _names(graphs), keys)


def _records(graphs: Graphs) -> Iterator[tuple[str, str]]:
    for table in graphs.schema.tables.values():
        target = f"<{table.target}>"
        for subject, predicate, obj in graphs.asserted[GRAPH_DATA + table.name]:
            if predicate == RDF_TYPE and obj == target:
                yield iri_value(subject), table.target


def _names(graphs: Graphs) -> Iterator[tuple[str, str, str]]:
    for table in graphs.schema.tables.values():
        yield from names_in(graphs.asserted[GRAPH_DATA + table.name], _LABELS, table.target)
