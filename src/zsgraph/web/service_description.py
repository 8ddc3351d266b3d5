"""What the endpoint can do, told as RDF.

Standard: SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/)
"""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from zsgraph.namespaces import PREFIXES, RDF, XSD, shorten
from zsgraph.web.formats import ENGINE, GRAPHS, RESULTS, Form
from zsgraph.web.served import Served

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = PREFIXES["void"]
_FORMAT_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
}


def describe(served: Served, address: str, form: Form) -> bytes:
    """Return the description of the service.

    Parameters
    ----------
    served
        Whose graphs are named, with their numbers of triples.
    address
        URL of the endpoint.
    form
        How the description is written.
    """
    prefixes = PREFIXES | {"sd": _SD, "formats": _FORMATS}
    triples = [ox.Triple(s, p, o) for s, p, o in _triples(served, address)]
    return ox.serialize(triples, format=ENGINE[form.name], prefixes=prefixes) or b""


_Triples = Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]


def _triples(served: Served, address: str) -> _Triples:
    service, dataset = ox.NamedNode(address), ox.NamedNode(f"{address}#dataset")
    everything = ox.NamedNode(f"{address}#union")
    a = ox.NamedNode(RDF + "type")
    yield service, a, _sd("Service")
    yield service, _sd("endpoint"), service
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    yield service, _sd("feature"), _sd("UnionDefaultGraph")
    for form in (*RESULTS, *GRAPHS):
        yield service, _sd("resultFormat"), ox.NamedNode(_FORMATS + _FORMAT_NAMES[form.name])
    yield service, _sd("defaultDataset"), dataset
    yield dataset, a, _sd("Dataset")
    yield dataset, _sd("defaultGraph"), everything
    yield everything, a, _sd("Graph")
    yield everything, _void("triples"), _number(sum(served.graphs.values()))
    for name, count in served.graphs.items():
        entry, graph = ox.NamedNode(f"{address}#{shorten(name)}"), ox.NamedNode(name)
        content = ox.NamedNode(f"{address}#{shorten(name)}-content")
        yield dataset, _sd("namedGraph"), entry
        yield entry, a, _sd("NamedGraph")
        yield entry, _sd("name"), graph
        yield entry, _sd("graph"), content
        yield content, a, _sd("Graph")
        yield content, _void("triples"), _number(count)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(_VOID + name)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
