"""Constraint components on values: each tells which of a set of value nodes break it.

Standard: SHACL, 4 Core Constraint Components (https://www.w3.org/TR/shacl/#core-components)
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from zsgraph.namespaces import RDF, SH, XSD
from zsgraph.reasoning.datatypes import known_value, well_typed
from zsgraph.terms import Term, iri_value, is_iri, is_literal, literal_parts
from zsgraph.validation.core.data import Data

Values = set[Term]


class ValueConstraint(Protocol):
    """A constraint that each value meets or breaks by itself."""

    @property
    def component(self) -> str:
        """IRI of the constraint component."""
        ...

    def broken_by(self, values: Values, data: Data) -> Values:
        """Return those values that break the constraint."""
        ...


def component(name: str) -> str:
    """Return the IRI of the component that a parameter, such as ``minCount``, belongs to."""
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"


@dataclass(frozen=True)
class HasClass:
    """sh:class."""

    cls: Term
    component: str = component("class")

    def broken_by(self, values: Values, data: Data) -> Values:
        return values - data.members(self.cls)


@dataclass(frozen=True)
class Among:
    """sh:in."""

    terms: frozenset[Term]
    component: str = component("in")

    def broken_by(self, values: Values, data: Data) -> Values:
        return values - self.terms


@dataclass(frozen=True)
class Each:
    """A constraint that is looked up value by value."""

    component: str
    meets: Callable[[Term], bool]

    def broken_by(self, values: Values, data: Data) -> Values:
        return {value for value in values if not self.meets(value)}


_KINDS: Final[dict[str, str]] = {  # which first characters terms of a node kind have
    "IRI": "<",
    "BlankNode": "_",
    "Literal": '"',
    "BlankNodeOrIRI": "_<",
    "BlankNodeOrLiteral": '_"',
    "IRIOrLiteral": '<"',
}


def node_kind(name: str) -> Each:
    """Return sh:nodeKind for a kind such as ``IRI``."""
    first = _KINDS[name]
    return Each(component("nodeKind"), lambda term: term[0] in first)


def datatype(iri: str) -> Each:
    """Return sh:datatype: the datatype is this very one, and the lexical form is one of its."""
    if iri == RDF + "langString":
        return Each(component("datatype"), lambda term: bool(literal_language(term)))
    if iri == XSD + "string":
        return Each(component("datatype"), lambda term: term[0] == '"' and term[-1] == '"')
    end = f'"^^<{iri}>'
    return Each(component("datatype"), lambda term: term.endswith(end) and well_typed(term))


def pattern(expression: str, flags: str) -> Each:
    """Return sh:pattern over IRIs and lexical forms.

    Raises
    ------
    re.error
        If the expression is none that Python understands.
    KeyError
        If a flag is unknown.
    """
    known = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
    options = sum(known[flag] for flag in dict.fromkeys(flags))
    if expression.endswith("$") and not expression.endswith("\\$") and "m" not in flags:
        expression = expression[:-1] + r"\Z"  # Python's $ passes over a last line break
    search = re.compile(expression, options).search

    def meets(term: Term) -> bool:
        text = text_of(term)
        return text is not None and search(text) is not None

    return Each(component("pattern"), meets)


def length(name: str, limit: int) -> Each:
    """Return sh:minLength or sh:maxLength."""

    def meets(term: Term) -> bool:
        text = text_of(term)
        if text is None:
            return False
        return len(text) >= limit if name == "minLength" else len(text) <= limit

    return Each(component(name), meets)


_COMPARISONS: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "minInclusive": lambda value, limit: value >= limit,
    "maxInclusive": lambda value, limit: value <= limit,
    "minExclusive": lambda value, limit: value > limit,
    "maxExclusive": lambda value, limit: value < limit,
}
RANGES: Final = tuple(_COMPARISONS)


def number_range(name: str, limit: Fraction) -> Each:
    """Return sh:minInclusive and the like for a number; what is no number breaks it."""
    compare = _COMPARISONS[name]

    def meets(term: Term) -> bool:
        value = number(term)
        return value is not None and compare(value, limit)

    return Each(component(name), meets)


def languages(tags: tuple[str, ...]) -> Each:
    """Return sh:languageIn: the tag is one of these or a narrower one (RFC 4647)."""
    lower = tuple(tag.lower() for tag in tags)

    def meets(term: Term) -> bool:
        language = literal_language(term)
        return any(language == tag or language.startswith(f"{tag}-") for tag in lower)

    return Each(component("languageIn"), meets)


def literal_language(term: Term) -> str:
    """Return the language tag of a term in small letters, empty where there is none."""
    if term[0] != '"' or term[-1] in '">':
        return ""
    return term[term.rindex('"') + 2 :].lower()


def text_of(term: Term) -> str | None:
    """Return the IRI or the lexical form of a term, None for a blank node."""
    if is_iri(term):
        return iri_value(term)
    return literal_parts(term)[0] if is_literal(term) else None


def number(term: Term) -> Fraction | None:
    """Return the number that a literal stands for, None if it stands for none."""
    value = known_value(term) if is_literal(term) else None
    if value is None:
        return None
    kind, content = value
    if isinstance(content, Fraction):
        return content
    if kind in ("float", "double") and isinstance(content, bytes):
        (found,) = struct.unpack(">f" if kind == "float" else ">d", content)
        return Fraction(found) if found == found and abs(found) != float("inf") else None
    return None
