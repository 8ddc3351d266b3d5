"""The sources behind what an answer names.

Standard: PROV-O, ``prov:wasDerivedFrom`` (https://www.w3.org/TR/prov-o/)
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from zsgraph.answers import Answer
from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import XSD
from zsgraph.store import Graph

_DERIVED: Final = """
SELECT DISTINCT ?source ?property ?value WHERE {
  { SELECT DISTINCT ?source WHERE { VALUES ?thing { %s } ?thing prov:wasDerivedFrom ?source } }
  ?source ?property ?value .
  FILTER(?property != rdf:type)
}
ORDER BY ?source ?property ?value
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source: what is told of it in a line, and its address where it has one."""

    name: str
    told: str
    address: str


def references_of(graph: Graph, answer: Answer) -> list[Reference]:
    """Return the sources of the things that the rows of an answer name, in the order of their ids.

    Parameters
    ----------
    graph
        The graph that was asked.
    answer
        The answer.
    """
    things = {v.value for row in answer.terms for v in row if isinstance(v, ox.NamedNode)}
    if not things:
        return []
    found = graph.query(_DERIVED % " ".join(f"<{iri}>" for iri in sorted(things)))
    assert isinstance(found, ox.QuerySolutions)
    values: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for source, _, value in found:
        if isinstance(source, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            values[source.value].append(value)
    named = {v.value for told in values.values() for v in told if isinstance(v, ox.NamedNode)}
    labels = labels_of(graph.store, named, answer.language)
    return [_source(iri, told, labels) for iri, told in sorted(values.items())]


def _source(iri: str, values: list[ox.NamedNode | ox.Literal], labels: dict[str, str]) -> Reference:
    address, told = "", []
    for value in values:
        if isinstance(value, ox.NamedNode):
            told.append(labels.get(value.value, ""))
        elif value.datatype.value == XSD + "anyURI":
            address = address or value.value
        else:
            told.append(value.value)
    joined = " · ".join(dict.fromkeys(filter(None, told)))
    web = address if address.startswith(("http://", "https://")) else ""
    return Reference(local_name(iri), joined, web)
