"""Answers as graphs of rdflib.

Standard: the result set vocabulary of the SPARQL tests,
http://www.w3.org/2001/sw/DataAccess/tests/result-set
"""

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from zsgraph.errors import UsageError

if TYPE_CHECKING:
    from rdflib import Graph

    from zsgraph.answers import Answer

_RESULT_SET = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def to_rdf(answer: "Answer") -> "Graph":
    """Return the triples of an answer, or a table or truth value as a result set.

    Raises
    ------
    UsageError
        If it holds what rdflib cannot.
    """
    from rdflib import Graph

    from zsgraph.namespaces import PREFIXES

    graph = Graph()
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base)
    if answer.form == "triples":
        for row in answer.terms:
            subject, predicate, obj = map(_node, row)
            graph.add((subject, predicate, obj))
    else:
        _describe(answer, graph)
    return graph


def _describe(answer: "Answer", graph: "Graph") -> None:
    from rdflib import RDF, BNode, Literal, Namespace

    terms = Namespace(_RESULT_SET)
    graph.bind("rs", terms)
    results = BNode()
    graph.add((results, RDF.type, terms.ResultSet))
    if answer.form == "boolean":
        graph.add((results, terms.boolean, Literal(bool(answer))))
        return
    for column in answer.columns:
        graph.add((results, terms.resultVariable, Literal(column.name)))
    for index, row in enumerate(answer.terms, start=1):
        solution = BNode()
        graph.add((results, terms.solution, solution))
        graph.add((solution, terms["index"], Literal(index)))
        for column, term in zip(answer.columns, row, strict=True):
            if term is not None:
                binding = BNode()
                graph.add((solution, terms.binding, binding))
                graph.add((binding, terms.variable, Literal(column.name)))
                graph.add((binding, terms.value, _node(term)))


def _node(term: Any) -> Any:
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise UsageError(
        "rdflib 不认识三元组项（RDF 1.2）。请用 zsgraph sparql --out 文件.ttl。",
        "rdflib knows no triple terms (RDF 1.2). Use zsgraph sparql --out FILE.ttl.",
    )
