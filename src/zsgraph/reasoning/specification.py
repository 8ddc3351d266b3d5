"""The rules of OWL 2 RL/RDF as the specification writes them, for telling why something follows.

The closure compiles axioms into specialised rules and leaves out what is redundant; a proof that
people are shown names the rules of the specification instead.  Rules over RDF lists and over
datatypes are in ``list_rules`` and ``derivations``.

Standard: OWL 2 Profiles, tables 4 to 9
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).
"""

from dataclasses import dataclass
from typing import Final

from zsgraph.namespaces import OWL, RDF, RDFS
from zsgraph.reasoning import vocabulary as v
from zsgraph.terms import RDF_TYPE, Term, Triple

#: Premises stand in the order in which they are looked up: axioms first, then what is found by
#: its property, then what can only be checked.
_RULES: Final = """
eq-sym:   ?x sameAs ?y -> ?y sameAs ?x
eq-trans: ?x sameAs ?y . ?y sameAs ?z -> ?x sameAs ?z
eq-rep-s: ?s sameAs ?t . ?s ?p ?o -> ?t ?p ?o
eq-rep-p: ?p sameAs ?q . ?s ?p ?o -> ?s ?q ?o
eq-rep-o: ?o sameAs ?v . ?s ?p ?o -> ?s ?p ?v
prp-dom:  ?p domain ?c . ?x ?p ?y -> ?x type ?c
prp-rng:  ?p range ?c . ?x ?p ?y -> ?y type ?c
prp-fp:   ?p type FunctionalProperty . ?x ?p ?y . ?x ?p ?z -> ?y sameAs ?z
prp-ifp:  ?p type InverseFunctionalProperty . ?x ?p ?z . ?y ?p ?z -> ?x sameAs ?y
prp-symp: ?p type SymmetricProperty . ?x ?p ?y -> ?y ?p ?x
prp-trp:  ?p type TransitiveProperty . ?x ?p ?y . ?y ?p ?z -> ?x ?p ?z
prp-spo1: ?p subPropertyOf ?q . ?x ?p ?y -> ?x ?q ?y
prp-eqp1: ?p equivalentProperty ?q . ?x ?p ?y -> ?x ?q ?y
prp-eqp2: ?q equivalentProperty ?p . ?x ?p ?y -> ?x ?q ?y
prp-inv1: ?p inverseOf ?q . ?x ?p ?y -> ?y ?q ?x
prp-inv2: ?q inverseOf ?p . ?x ?p ?y -> ?y ?q ?x
cls-svf1: ?c someValuesFrom ?d . ?c onProperty ?p . ?x ?p ?y . ?y type ?d -> ?x type ?c
cls-svf2: ?c someValuesFrom Thing . ?c onProperty ?p . ?x ?p ?y -> ?x type ?c
cls-avf:  ?c allValuesFrom ?d . ?c onProperty ?p . ?x ?p ?y . ?x type ?c -> ?y type ?d
cls-hv1:  ?c hasValue ?v . ?c onProperty ?p . ?x type ?c -> ?x ?p ?v
cls-hv2:  ?c hasValue ?v . ?c onProperty ?p . ?x ?p ?v -> ?x type ?c
cls-maxc2: ?c maxCardinality 1 . ?c onProperty ?p . ?x ?p ?y . ?x ?p ?z . ?x type ?c
    -> ?y sameAs ?z
cls-maxqc3: ?c maxQualifiedCardinality 1 . ?c onProperty ?p . ?c onClass ?d . ?x ?p ?y . ?x ?p ?z
    . ?x type ?c . ?y type ?d . ?z type ?d -> ?y sameAs ?z
cls-maxqc4: ?c maxQualifiedCardinality 1 . ?c onProperty ?p . ?c onClass Thing . ?x ?p ?y
    . ?x ?p ?z . ?x type ?c -> ?y sameAs ?z
cax-sco:  ?c subClassOf ?d . ?x type ?c -> ?x type ?d
cax-eqc1: ?c equivalentClass ?d . ?x type ?c -> ?x type ?d
cax-eqc2: ?d equivalentClass ?c . ?x type ?c -> ?x type ?d
scm-cls:  ?c type Class -> ?c subClassOf ?c
scm-cls:  ?c type Class -> ?c equivalentClass ?c
scm-cls:  ?c type Class -> ?c subClassOf Thing
scm-cls:  ?c type Class -> Nothing subClassOf ?c
scm-sco:  ?c subClassOf ?d . ?d subClassOf ?e -> ?c subClassOf ?e
scm-eqc1: ?c equivalentClass ?d -> ?c subClassOf ?d
scm-eqc1: ?d equivalentClass ?c -> ?c subClassOf ?d
scm-eqc2: ?c subClassOf ?d . ?d subClassOf ?c -> ?c equivalentClass ?d
scm-op:   ?p type ObjectProperty -> ?p subPropertyOf ?p
scm-op:   ?p type ObjectProperty -> ?p equivalentProperty ?p
scm-dp:   ?p type DatatypeProperty -> ?p subPropertyOf ?p
scm-dp:   ?p type DatatypeProperty -> ?p equivalentProperty ?p
scm-spo:  ?p subPropertyOf ?q . ?q subPropertyOf ?r -> ?p subPropertyOf ?r
scm-eqp1: ?p equivalentProperty ?q -> ?p subPropertyOf ?q
scm-eqp1: ?q equivalentProperty ?p -> ?p subPropertyOf ?q
scm-eqp2: ?p subPropertyOf ?q . ?q subPropertyOf ?p -> ?p equivalentProperty ?q
scm-dom1: ?p domain ?c . ?c subClassOf ?d -> ?p domain ?d
scm-dom2: ?q domain ?c . ?p subPropertyOf ?q -> ?p domain ?c
scm-rng1: ?p range ?c . ?c subClassOf ?d -> ?p range ?d
scm-rng2: ?q range ?c . ?p subPropertyOf ?q -> ?p range ?c
scm-hv:   ?c hasValue ?v . ?c onProperty ?p . ?d hasValue ?v . ?d onProperty ?q
    . ?p subPropertyOf ?q -> ?c subClassOf ?d
scm-svf1: ?c someValuesFrom ?y . ?c onProperty ?p . ?d someValuesFrom ?z . ?d onProperty ?p
    . ?y subClassOf ?z -> ?c subClassOf ?d
scm-svf2: ?c someValuesFrom ?y . ?c onProperty ?p . ?d someValuesFrom ?y . ?d onProperty ?q
    . ?p subPropertyOf ?q -> ?c subClassOf ?d
scm-avf1: ?c allValuesFrom ?y . ?c onProperty ?p . ?d allValuesFrom ?z . ?d onProperty ?p
    . ?y subClassOf ?z -> ?c subClassOf ?d
scm-avf2: ?c allValuesFrom ?y . ?c onProperty ?p . ?d allValuesFrom ?y . ?d onProperty ?q
    . ?q subPropertyOf ?p -> ?c subClassOf ?d
"""

#: In a pattern, a literal whose value is one.
ONE: Final = "1"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule: triples with variables, written ``?name``.

    Attributes
    ----------
    name
        Name of the rule.
    premises
        What must hold.
    conclusion
        What then follows.
    """

    name: str
    premises: tuple[Triple, ...]
    conclusion: Triple


def _term(word: str) -> Term:
    if word.startswith("?") or word == ONE:
        return word
    if word == "type":
        return RDF_TYPE
    schema = word in {"domain", "range", "subClassOf", "subPropertyOf"}
    return f"<{RDFS if schema else OWL}{word}>"


def _triple(text: str) -> Triple:
    subject, predicate, object_ = map(_term, text.split())
    return subject, predicate, object_


def _pattern(text: str) -> Pattern:
    name, _, rest = text.partition(":")
    given, _, conclusion = rest.partition("->")
    return Pattern(name, tuple(map(_triple, given.split(" . "))), _triple(conclusion))


PATTERNS: Final = tuple(
    _pattern(line) for line in _RULES.replace("\n    ", " ").strip().splitlines()
)

_LISTS: Final = frozenset({f"<{RDF}first>", f"<{RDF}rest>"})
_NUMBERS: Final = (
    v.SUB_CLASS, v.SUB_PROPERTY, v.DOMAIN, v.RANGE, v.EQUIVALENT_CLASS, v.EQUIVALENT_PROPERTY,
    v.INVERSE, v.CHAIN, v.KEY, v.INTERSECTION, v.UNION, v.ONE_OF, v.ON_PROPERTY, v.ON_CLASS,
    v.SOME_VALUES, v.ALL_VALUES, v.HAS_VALUE, v.MAX_CARDINALITY, v.MAX_QUALIFIED,
)  # fmt: skip
_KINDS: Final = (
    v.CLASS, v.OBJECT_PROPERTY, v.DATATYPE_PROPERTY, v.FUNCTIONAL, v.INVERSE_FUNCTIONAL,
    v.SYMMETRIC, v.TRANSITIVE,
)  # fmt: skip

#: Properties whose triples are axioms or parts of them.
AXIOM_PROPERTIES: Final = frozenset({v.TERMS[number - 1] for number in _NUMBERS} | _LISTS)
#: Classes membership of which is an axiom.
AXIOM_CLASSES: Final = frozenset(v.TERMS[number - 1] for number in _KINDS)


def is_axiom(triple: Triple) -> bool:
    """Tell whether a triple is an axiom or a part of one, rather than a fact."""
    _, predicate, object_ = triple
    if predicate == RDF_TYPE:
        return object_ in AXIOM_CLASSES
    return predicate in AXIOM_PROPERTIES


def is_list_part(triple: Triple) -> bool:
    """Tell whether a triple only holds an RDF list together."""
    return triple[1] in _LISTS
