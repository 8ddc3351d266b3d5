"""The terms of RDF, RDFS, OWL and XSD that the reasoner knows, as numbers.

Every store of facts numbers these terms first and in this order, so that the rules can name them
by constants.

Standard: OWL 2 Web Ontology Language, RDF-based vocabulary
(https://www.w3.org/TR/owl2-rdf-based-semantics/).
"""

from typing import Final

from zsgraph.namespaces import OWL, RDF, RDFS, XSD
from zsgraph.terms import Term

_terms: list[Term] = []


def _term(iri: str) -> int:
    _terms.append(f"<{iri}>")
    return len(_terms)


TYPE: Final = _term(RDF + "type")
FIRST: Final = _term(RDF + "first")
REST: Final = _term(RDF + "rest")
NIL: Final = _term(RDF + "nil")

SUB_CLASS: Final = _term(RDFS + "subClassOf")
SUB_PROPERTY: Final = _term(RDFS + "subPropertyOf")
DOMAIN: Final = _term(RDFS + "domain")
RANGE: Final = _term(RDFS + "range")
RESOURCE: Final = _term(RDFS + "Resource")
LITERAL: Final = _term(RDFS + "Literal")

THING: Final = _term(OWL + "Thing")
NOTHING: Final = _term(OWL + "Nothing")
CLASS: Final = _term(OWL + "Class")
OBJECT_PROPERTY: Final = _term(OWL + "ObjectProperty")
DATATYPE_PROPERTY: Final = _term(OWL + "DatatypeProperty")
FUNCTIONAL: Final = _term(OWL + "FunctionalProperty")
INVERSE_FUNCTIONAL: Final = _term(OWL + "InverseFunctionalProperty")
IRREFLEXIVE: Final = _term(OWL + "IrreflexiveProperty")
SYMMETRIC: Final = _term(OWL + "SymmetricProperty")
ASYMMETRIC: Final = _term(OWL + "AsymmetricProperty")
TRANSITIVE: Final = _term(OWL + "TransitiveProperty")

SAME: Final = _term(OWL + "sameAs")
DIFFERENT: Final = _term(OWL + "differentFrom")
ALL_DIFFERENT: Final = _term(OWL + "AllDifferent")
DISTINCT_MEMBERS: Final = _term(OWL + "distinctMembers")
MEMBERS: Final = _term(OWL + "members")

EQUIVALENT_CLASS: Final = _term(OWL + "equivalentClass")
EQUIVALENT_PROPERTY: Final = _term(OWL + "equivalentProperty")
INVERSE: Final = _term(OWL + "inverseOf")
CHAIN: Final = _term(OWL + "propertyChainAxiom")
KEY: Final = _term(OWL + "hasKey")
DISJOINT_PROPERTY: Final = _term(OWL + "propertyDisjointWith")
ALL_DISJOINT_PROPERTIES: Final = _term(OWL + "AllDisjointProperties")
DISJOINT_CLASS: Final = _term(OWL + "disjointWith")
ALL_DISJOINT_CLASSES: Final = _term(OWL + "AllDisjointClasses")

SOURCE_INDIVIDUAL: Final = _term(OWL + "sourceIndividual")
ASSERTION_PROPERTY: Final = _term(OWL + "assertionProperty")
TARGET_INDIVIDUAL: Final = _term(OWL + "targetIndividual")
TARGET_VALUE: Final = _term(OWL + "targetValue")

INTERSECTION: Final = _term(OWL + "intersectionOf")
UNION: Final = _term(OWL + "unionOf")
COMPLEMENT: Final = _term(OWL + "complementOf")
ONE_OF: Final = _term(OWL + "oneOf")
ON_PROPERTY: Final = _term(OWL + "onProperty")
ON_CLASS: Final = _term(OWL + "onClass")
SOME_VALUES: Final = _term(OWL + "someValuesFrom")
ALL_VALUES: Final = _term(OWL + "allValuesFrom")
HAS_VALUE: Final = _term(OWL + "hasValue")
MAX_CARDINALITY: Final = _term(OWL + "maxCardinality")
MAX_QUALIFIED: Final = _term(OWL + "maxQualifiedCardinality")

_XSD_NAMES: Final = """
string normalizedString token language Name NCName NMTOKEN boolean anyURI hexBinary base64Binary
decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger
long int short byte unsignedLong unsignedInt unsignedShort unsignedByte float double
dateTime dateTimeStamp date time gYear gYearMonth gMonth gMonthDay gDay
""".split()  # noqa: SIM905
_RDF_NAMES: Final = ("langString", "PlainLiteral", "XMLLiteral", "HTML")

#: The datatypes whose values the reasoner can tell apart: those of OWL 2 RL, and the dates and
#: times of XML Schema that RDF 1.1 recognises besides.
DATATYPES: Final[dict[int, str]] = {
    _term(iri): iri
    for iri in (*(XSD + name for name in _XSD_NAMES), *(RDF + name for name in _RDF_NAMES))
}

#: All known terms; the term at index ``n`` has the number ``n + 1``.
TERMS: Final[tuple[Term, ...]] = tuple(_terms)
