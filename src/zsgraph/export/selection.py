"""Which part of the graph is exported: named graphs, kinds of record, with what follows or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import pyoxigraph as ox

from zsgraph.errors import UsageError
from zsgraph.kinds import find_table
from zsgraph.namespaces import GRAPH, GRAPH_DATA, GRAPH_INFERRED
from zsgraph.schema import Schema

ASSERTED: Final = "asserted"
INFERRED: Final = "inferred"
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Part:
    """A named graph, or what it says of the records of some kinds.

    Attributes
    ----------
    graph
        IRI of the named graph.
    subjects
        What the IRIs of the subjects start with; empty for all.
    """

    graph: str
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported, and how its files are called."""

    parts: tuple[Part, ...]
    stem: str
    kinds: tuple[str, ...] = ()

    def single(self) -> "list[Selection]":
        """Return a selection for each named graph."""
        return [
            Selection((part,), f"{self.stem}-{short(part.graph).replace('/', '-')}", self.kinds)
            for part in self.parts
        ]


def short(graph: str) -> str:
    """Return a named graph's IRI as people write it: ``ontology``, ``data/<table>``."""
    return graph.removeprefix(GRAPH)


def graph_names(store: ox.Store) -> list[str]:
    """Return the IRIs of all named graphs, sorted."""
    return sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))


def select(
    store: ox.Store, schema: Schema, graphs: Iterable[str], kinds: Iterable[str], stem: str
) -> Selection:
    """Choose named graphs and kinds of record.

    Parameters
    ----------
    store
        The built graph.
    schema
        The tables, which are the kinds of record.
    graphs
        ``asserted``, ``inferred``, ``all``, or named graphs by IRI or short name; none is all.
    kinds
        Tables by name or label; none is all, and the ontology and the schemes too.
    stem
        What the names of the files start with.

    Raises
    ------
    UsageError
        If there is no such graph or kind, or nothing is left.
    """
    known = graph_names(store)
    asked = list(dict.fromkeys(graphs)) or [ALL]
    chosen = [graph for graph in known if any(_meant(graph, name, known) for name in asked)]
    tables = [find_table(schema, kind) for kind in dict.fromkeys(kinds)]
    if tables:
        own = {GRAPH_DATA + table.name for table in tables}
        bases = tuple(table.base for table in tables)
        parts = [Part(graph) for graph in chosen if graph in own]
        parts += [Part(graph, bases) for graph in chosen if graph == GRAPH_INFERRED]
    else:
        parts = [Part(graph) for graph in chosen]
    if not parts:
        raise UsageError(
            "所选的命名图和种类没有共同的内容。请去掉 --graph 或 --kind。",
            "The chosen graphs and kinds have nothing in common. Leave out --graph or --kind.",
        )
    names = [short(name).replace("/", "-") for name in asked if name != ALL]
    names += [table.name for table in tables]
    ordered = tuple(sorted(parts, key=lambda part: part.graph))
    return Selection(ordered, "-".join([stem, *names]), tuple(table.name for table in tables))


def _meant(graph: str, name: str, known: list[str]) -> bool:
    if name == ALL:
        return True
    if name == ASSERTED:
        return graph != GRAPH_INFERRED
    if not any(name in (other, short(other)) for other in known):
        names = dict.fromkeys([ASSERTED, INFERRED, ALL, *map(short, known)])
        near = get_close_matches(name, names, 1, 0.7)
        zh = f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(names)}。"
        en = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(names)}."
        raise UsageError(f"没有命名图“{name}”。{zh}", f"There is no graph “{name}”. {en}")
    return name in (graph, short(graph))
