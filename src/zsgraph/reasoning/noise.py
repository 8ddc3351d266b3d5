"""Which inferred triples are noise: true, but of no use to anybody.

Left out are

- triples with a literal as subject, or a blank node or literal as predicate (not RDF);
- triples about blank nodes and about skolemised class expressions;
- triples about the terms of RDF, RDFS, OWL and XSD themselves (axiomatic triples, datatypes,
  ``owl:Nothing`` below every class);
- ``x p x`` for sameAs, subClassOf, subPropertyOf, equivalentClass and equivalentProperty;
- members, subclasses, domains and ranges of ``owl:Thing`` and ``rdfs:Resource``, and typings as a
  literal or a datatype.

Asserted triples are never noise: they are not among the inferred ones.
"""

from collections.abc import Iterable
from typing import Final

from zsgraph.namespaces import GENID, OWL, RDF, RDFS, XSD
from zsgraph.terms import RDF_TYPE, Term, Triple

_BUILT_IN: Final = tuple(f"<{base}" for base in (RDF, RDFS, OWL, XSD))
_ANONYMOUS: Final = ("_:", f"<{GENID}")

_TOP: Final = frozenset({f"<{OWL}Thing>", f"<{RDFS}Resource>"})
_REFLEXIVE: Final = frozenset(
    {
        f"<{OWL}sameAs>",
        f"<{RDFS}subClassOf>",
        f"<{RDFS}subPropertyOf>",
        f"<{OWL}equivalentClass>",
        f"<{OWL}equivalentProperty>",
    }
)
_ABOVE: Final = frozenset(f"<{RDFS}{name}>" for name in ("subClassOf", "domain", "range"))


def silent_subject(term: Term) -> bool:
    """Tell whether every inferred triple with this subject is noise."""
    return term.startswith(('"', *_ANONYMOUS, *_BUILT_IN))


def silent_object(term: Term) -> bool:
    """Tell whether every inferred triple with this object is noise."""
    return term.startswith(_ANONYMOUS)


def silent_class(term: Term) -> bool:
    """Tell whether it is noise that something is a member of this class."""
    return term in _TOP or term == f"<{RDFS}Literal>" or term.startswith((*_ANONYMOUS, f"<{XSD}"))


def silent_pair(predicate: Term, subject: Term, object_: Term) -> bool:
    """Tell whether a triple of a predicate other than ``rdf:type`` is noise, by its two ends."""
    return (subject == object_ and predicate in _REFLEXIVE) or (
        object_ in _TOP and predicate in _ABOVE
    )


def special(predicate: Term) -> bool:
    """Tell whether ``silent_pair`` can hold for a predicate at all."""
    return predicate in _REFLEXIVE or predicate in _ABOVE


def silent_predicate(term: Term) -> bool:
    """Tell whether every inferred triple with this predicate is noise."""
    return term.startswith(('"', "_:"))


def is_noise(triple: Triple) -> bool:
    """Tell whether an inferred triple is noise."""
    s, p, o = triple
    if silent_subject(s) or silent_object(o) or silent_predicate(p):
        return True
    return silent_class(o) if p == RDF_TYPE else silent_pair(p, s, o)


def without_noise(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples that are not noise, sorted."""
    return sorted(triple for triple in triples if not is_noise(triple))
