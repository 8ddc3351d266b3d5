"""What a description of one thing consists of."""

from dataclasses import dataclass

from zsgraph.discovery.provenance import Source, Statement
from zsgraph.terms import Term


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property.

    Attributes
    ----------
    term
        The value in N-Triples syntax.
    text
        What it is called, or the text of a literal.
    id
        Its id or prefixed name; empty for a literal.
    inferred
        Whether it follows and is not asserted.
    statements
        The records about triples that state it, with their sources.
    """

    term: Term
    text: str
    id: str
    inferred: bool
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values, the asserted ones first, and how many there are in all."""

    iri: str
    label: str
    values: tuple[Value, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Properties that belong together.

    Attributes
    ----------
    kind
        ``record``, ``statements``, ``module``, ``term`` or ``vocabulary``.
    label
        What the group is called.
    properties
        Its properties in order.
    """

    kind: str
    label: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What refers to the thing by one property from one kind of thing: how many, and some."""

    iri: str
    label: str
    kind: str
    count: int
    examples: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All that is known of one thing.

    Attributes
    ----------
    iri, id, label
        What it is called.
    other_labels
        What else it is called, other languages included.
    kinds
        Its classes, the asserted ones first.
    place, row
        The table of its record with the row, if it has one.
    sources
        What its record rests on.
    groups, incoming
        What is said of it, and what refers to it.
    left_out
        Whether what general vocabularies say of it is left out.
    """

    iri: str
    id: str
    label: str
    other_labels: tuple[str, ...]
    kinds: tuple[Value, ...]
    place: str
    row: int | None
    sources: tuple[Source, ...]
    groups: tuple[Group, ...]
    incoming: tuple[Links, ...]
    left_out: bool = False
