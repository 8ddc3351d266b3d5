"""Checks proofs step by step, knowing nothing of how they were found.

The rules stand here once more, as SPARQL over the premises of a step and rdflib's lists, written
from the tables of the specification and not from ours: a step is right if the query over its
premises alone constructs its conclusion.

Standard: OWL 2 Profiles, tables 4 to 9
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql import prepareQuery

from zsgraph.reasoning.proofs import Proof
from zsgraph.terms import Term, Triple, iri_value, is_iri, literal_parts

SPECIFICATION = {
    # Table 4
    "eq-sym": ("?x owl:sameAs ?y", "?y owl:sameAs ?x"),
    "eq-trans": ("?x owl:sameAs ?y . ?y owl:sameAs ?z", "?x owl:sameAs ?z"),
    "eq-rep-s": ("?s owl:sameAs ?s2 . ?s ?p ?o", "?s2 ?p ?o"),
    "eq-rep-p": ("?p owl:sameAs ?p2 . ?s ?p ?o", "?s ?p2 ?o"),
    "eq-rep-o": ("?o owl:sameAs ?o2 . ?s ?p ?o", "?s ?p ?o2"),
    # Table 5
    "prp-dom": ("?p rdfs:domain ?c . ?x ?p ?y", "?x a ?c"),
    "prp-rng": ("?p rdfs:range ?c . ?x ?p ?y", "?y a ?c"),
    "prp-fp": ("?p a owl:FunctionalProperty . ?x ?p ?y1 . ?x ?p ?y2", "?y1 owl:sameAs ?y2"),
    "prp-ifp": (
        "?p a owl:InverseFunctionalProperty . ?x1 ?p ?y . ?x2 ?p ?y",
        "?x1 owl:sameAs ?x2",
    ),
    "prp-symp": ("?p a owl:SymmetricProperty . ?x ?p ?y", "?y ?p ?x"),
    "prp-trp": ("?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z", "?x ?p ?z"),
    "prp-spo1": ("?p1 rdfs:subPropertyOf ?p2 . ?x ?p1 ?y", "?x ?p2 ?y"),
    "prp-eqp1": ("?p1 owl:equivalentProperty ?p2 . ?x ?p1 ?y", "?x ?p2 ?y"),
    "prp-eqp2": ("?p1 owl:equivalentProperty ?p2 . ?x ?p2 ?y", "?x ?p1 ?y"),
    "prp-inv1": ("?p1 owl:inverseOf ?p2 . ?x ?p1 ?y", "?y ?p2 ?x"),
    "prp-inv2": ("?p1 owl:inverseOf ?p2 . ?x ?p2 ?y", "?y ?p1 ?x"),
    # Table 6
    "cls-int2": ("?c owl:intersectionOf/rdf:rest*/rdf:first ?ci . ?y a ?c", "?y a ?ci"),
    "cls-uni": ("?c owl:unionOf/rdf:rest*/rdf:first ?ci . ?y a ?ci", "?y a ?c"),
    "cls-svf1": (
        "?x owl:someValuesFrom ?y . ?x owl:onProperty ?p . ?u ?p ?v . ?v a ?y",
        "?u a ?x",
    ),
    "cls-svf2": (
        "?x owl:someValuesFrom owl:Thing . ?x owl:onProperty ?p . ?u ?p ?v",
        "?u a ?x",
    ),
    "cls-avf": (
        "?x owl:allValuesFrom ?y . ?x owl:onProperty ?p . ?u a ?x . ?u ?p ?v",
        "?v a ?y",
    ),
    "cls-hv1": ("?x owl:hasValue ?y . ?x owl:onProperty ?p . ?u a ?x", "?u ?p ?y"),
    "cls-hv2": ("?x owl:hasValue ?y . ?x owl:onProperty ?p . ?u ?p ?y", "?u a ?x"),
    "cls-maxc2": (
        "?x owl:maxCardinality ?one . FILTER(xsd:integer(?one) = 1) ?x owl:onProperty ?p . "
        "?u a ?x . ?u ?p ?y1 . ?u ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    "cls-maxqc3": (
        "?x owl:maxQualifiedCardinality ?one . FILTER(xsd:integer(?one) = 1) "
        "?x owl:onProperty ?p . ?x owl:onClass ?c . "
        "?u a ?x . ?u ?p ?y1 . ?y1 a ?c . ?u ?p ?y2 . ?y2 a ?c",
        "?y1 owl:sameAs ?y2",
    ),
    "cls-maxqc4": (
        "?x owl:maxQualifiedCardinality ?one . FILTER(xsd:integer(?one) = 1) "
        "?x owl:onProperty ?p . ?x owl:onClass owl:Thing . ?u a ?x . ?u ?p ?y1 . ?u ?p ?y2",
        "?y1 owl:sameAs ?y2",
    ),
    "cls-oo": ("?c owl:oneOf/rdf:rest*/rdf:first ?yi", "?yi a ?c"),
    # Table 7
    "cax-sco": ("?c1 rdfs:subClassOf ?c2 . ?x a ?c1", "?x a ?c2"),
    "cax-eqc1": ("?c1 owl:equivalentClass ?c2 . ?x a ?c1", "?x a ?c2"),
    "cax-eqc2": ("?c1 owl:equivalentClass ?c2 . ?x a ?c2", "?x a ?c1"),
    # Table 9
    "scm-cls": (
        "?c a owl:Class",
        "?c rdfs:subClassOf ?c . ?c owl:equivalentClass ?c . ?c rdfs:subClassOf owl:Thing . "
        "owl:Nothing rdfs:subClassOf ?c",
    ),
    "scm-sco": ("?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c3", "?c1 rdfs:subClassOf ?c3"),
    "scm-eqc1": (
        "?c1 owl:equivalentClass ?c2",
        "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1",
    ),
    "scm-eqc2": (
        "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1",
        "?c1 owl:equivalentClass ?c2",
    ),
    "scm-op": (
        "?p a owl:ObjectProperty",
        "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p",
    ),
    "scm-dp": (
        "?p a owl:DatatypeProperty",
        "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p",
    ),
    "scm-spo": (
        "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p3",
        "?p1 rdfs:subPropertyOf ?p3",
    ),
    "scm-eqp1": (
        "?p1 owl:equivalentProperty ?p2",
        "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1",
    ),
    "scm-eqp2": (
        "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1",
        "?p1 owl:equivalentProperty ?p2",
    ),
    "scm-dom1": ("?p rdfs:domain ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:domain ?c2"),
    "scm-dom2": ("?p2 rdfs:domain ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:domain ?c"),
    "scm-rng1": ("?p rdfs:range ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:range ?c2"),
    "scm-rng2": ("?p2 rdfs:range ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:range ?c"),
    "scm-hv": (
        "?c1 owl:hasValue ?i ; owl:onProperty ?p1 . ?c2 owl:hasValue ?i ; owl:onProperty ?p2 . "
        "?p1 rdfs:subPropertyOf ?p2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    "scm-svf1": (
        "?c1 owl:someValuesFrom ?y1 ; owl:onProperty ?p . "
        "?c2 owl:someValuesFrom ?y2 ; owl:onProperty ?p . ?y1 rdfs:subClassOf ?y2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    "scm-svf2": (
        "?c1 owl:someValuesFrom ?y ; owl:onProperty ?p1 . "
        "?c2 owl:someValuesFrom ?y ; owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    "scm-avf1": (
        "?c1 owl:allValuesFrom ?y1 ; owl:onProperty ?p . "
        "?c2 owl:allValuesFrom ?y2 ; owl:onProperty ?p . ?y1 rdfs:subClassOf ?y2",
        "?c1 rdfs:subClassOf ?c2",
    ),
    "scm-avf2": (
        "?c1 owl:allValuesFrom ?y ; owl:onProperty ?p1 . "
        "?c2 owl:allValuesFrom ?y ; owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2",
        "?c2 rdfs:subClassOf ?c1",
    ),
    "scm-int": ("?c owl:intersectionOf/rdf:rest*/rdf:first ?ci", "?c rdfs:subClassOf ?ci"),
    "scm-uni": ("?c owl:unionOf/rdf:rest*/rdf:first ?ci", "?ci rdfs:subClassOf ?c"),
}
NAMESPACES = {"owl": OWL, "rdf": RDF, "rdfs": RDFS}


def faults(proof: Proof, asserted: Callable[[Triple], bool]) -> list[str]:
    """Return what is wrong with a proof; nothing if every step is right."""
    return list(_faults(proof, asserted, ()))


def _faults(
    proof: Proof, asserted: Callable[[Triple], bool], above: tuple[Triple, ...]
) -> Iterator[str]:
    if proof.triple in above:
        yield f"{proof.triple} is proved by way of itself"
        return
    if not proof.rule:
        if proof.premises or not asserted(proof.triple):
            yield f"{proof.triple} is not asserted"
        return
    premises = [premise.triple for premise in proof.premises]
    if not follows(proof.rule, premises, proof.triple):
        yield f"{proof.triple} does not follow by {proof.rule} from {premises}"
    for premise in proof.premises:
        yield from _faults(premise, asserted, (*above, proof.triple))


def follows(rule: str, premises: list[Triple], conclusion: Triple) -> bool:
    """Tell whether a rule of the specification leads from premises to a conclusion."""
    graph = Graph()
    for triple in premises:
        graph.add(tuple(map(node, triple)))  # type: ignore[arg-type]
    _write_values_one_way(graph)
    wanted: Any = tuple(map(node, conclusion))
    if rule in SPECIFICATION:
        return wanted in (graph.query(_query(rule)).graph or ())
    return OTHER[rule](graph, *wanted)


@cache
def _query(rule: str) -> Any:
    given, conclusion = SPECIFICATION[rule]
    return prepareQuery(f"CONSTRUCT {{ {conclusion} }} WHERE {{ {given} }}", initNs=NAMESPACES)


def _write_values_one_way(graph: Graph) -> None:
    """Apply dt-eq and eq-rep-o: a premise may say that two literals have the same value."""
    for left, right in list(graph.subject_objects(OWL.sameAs)):
        if isinstance(left, Literal) and isinstance(right, Literal):
            assert left.value == right.value is not None
            for s, p in list(graph.subject_predicates(left)):
                graph.add((s, p, right))


def _members(graph: Graph, subject: Any, predicate: URIRef) -> Iterator[list[Any]]:
    yield from (list(Collection(graph, head)) for head in graph.objects(subject, predicate))


def _intersection(graph: Graph, s: Any, p: Any, o: Any) -> bool:
    return p == RDF.type and any(
        all((s, RDF.type, part) in graph for part in parts)
        for parts in _members(graph, o, OWL.intersectionOf)
    )


def _chain(graph: Graph, s: Any, p: Any, o: Any) -> bool:
    for path in _members(graph, p, OWL.propertyChainAxiom):
        ends = {s}
        for step in path:
            ends = {end for start in ends for end in graph.objects(start, step)}
        if o in ends:
            return True
    return False


def _key(graph: Graph, s: Any, p: Any, o: Any) -> bool:
    return p == OWL.sameAs and any(
        {(s, RDF.type, cls), (o, RDF.type, cls)} <= set(graph)
        and all(set(graph.objects(s, key)) & set(graph.objects(o, key)) for key in keys)
        for cls in graph.subjects(OWL.hasKey)
        for keys in _members(graph, cls, OWL.hasKey)
    )


def _of_datatype(graph: Graph, s: Any, p: Any, o: Any) -> bool:
    good = isinstance(s, Literal) and not s.ill_typed and p == RDF.type
    return good and (
        s.datatype == o or o == RDFS.Literal or Literal(str(s), datatype=o).value == s.value
    )


OTHER: dict[str, Callable[[Graph, Any, Any, Any], bool]] = {
    "cls-int1": _intersection,
    "prp-spo2": _chain,
    "prp-key": _key,
    "eq-ref": lambda graph, s, p, o: p == OWL.sameAs and s == o,
    "dt-eq": lambda graph, s, p, o: p == OWL.sameAs and s.value == o.value is not None,
    "dt-type2": _of_datatype,
}


def node(term: Term) -> URIRef | BNode | Literal:
    """Return rdflib's node for a term."""
    if is_iri(term):
        return URIRef(iri_value(term))
    if term.startswith("_:"):
        return BNode(term[2:])
    text, datatype, language = literal_parts(term)
    kind = URIRef(datatype) if datatype else None
    return Literal(text, lang=language or None, datatype=kind, normalize=False)
