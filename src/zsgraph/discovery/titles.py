"""Titles of records that have no name of their own, made of what they relate."""

from typing import Final

from zsgraph.discovery.naming import Names
from zsgraph.discovery.provenance import Provenance
from zsgraph.labels import local_name
from zsgraph.namespaces import RDF, SKOS, XSD
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.schema import Column, Table
from zsgraph.terms import iri, iri_value, is_iri, literal_parts

_PARTS: Final = 3
_NOTE: Final = SKOS + "note"
_TEXTS: Final = frozenset({XSD + "string", RDF + "langString"})


class Titles:
    """Gives each thing a title: its label, else one made of its record, else its id.

    Parameters
    ----------
    graph, provenance, names
        The graph, its tables, and what things are called.
    """

    def __init__(self, graph: ClosedGraph, provenance: Provenance, names: Names) -> None:
        self._graph = graph
        self._provenance = provenance
        self._names = names

    def __call__(self, thing: str) -> str:
        """Return the title of a thing."""
        label = self._names.label(thing)
        table = None if label else self._provenance.table_of(thing)
        return label or (self._made(thing, table) if table else self._provenance.title(thing))

    def _made(self, thing: str, table: Table) -> str:
        """Return the first values that tell records apart: of records referred to, and texts."""
        if table.reified:
            columns = [table.columns[place] for place in table.reified]
        else:
            telling = [column for column in table.columns if self._tells(column)]
            others = [c for c in table.columns if c.reference and c not in telling]
            columns = [
                *telling,
                *(c for c in others if not self._provenance.is_source(c.reference)),
            ]
        values = [text for column in columns if (text := self._first(thing, column))]
        title = (" — " if table.reified else " · ").join(values[:_PARTS])
        identifier = local_name(thing)
        if self._names.language == "zh":
            return f"{title}（{identifier}）" if title else identifier
        return f"{title} ({identifier})" if title else identifier

    def _tells(self, column: Column) -> bool:
        if column.reference:
            records = self._provenance.is_record_class(column.reference)
            return records and not self._provenance.is_source(column.reference)
        return column.path != _NOTE and bool({*column.datatypes} & _TEXTS)

    def _first(self, thing: str, column: Column) -> str:
        values = sorted(o for _, _, o in self._graph.match(iri(thing), f"<{column.path}>", None))
        if not values:
            return ""
        value = values[0]
        return self._names(iri_value(value)) if is_iri(value) else literal_parts(value)[0]
