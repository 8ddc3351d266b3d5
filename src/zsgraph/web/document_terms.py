"""The terms that a document defines, with what people need to know of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from zsgraph.discovery.naming import STANDARD
from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import DCT, GRAPH_INFERRED, OWL, RDF, RDFS, SKOS
from zsgraph.web.served import Served

_TYPE: Final = RDF + "type"
_LABELS: Final = (SKOS + "prefLabel", RDFS + "label")
_MEANINGS: Final = (SKOS + "definition", SKOS + "scopeNote", RDFS + "comment")
_ORIGIN: Final = DCT + "source"
_RELATIONS: Final = (
    RDFS + "subClassOf", RDFS + "subPropertyOf", RDFS + "domain", RDFS + "range",
    OWL + "inverseOf", OWL + "equivalentClass", OWL + "disjointWith", SKOS + "broader",
)  # fmt: skip
#: Kinds of terms in the order in which they are told; others come with the last.
_KINDS: Final = (
    OWL + "Class",
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    OWL + "AnnotationProperty",
    SKOS + "Concept",
)


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term.

    Attributes
    ----------
    iri, anchor
        Its IRI, and its name within the page.
    label, other
        What it is called in the reader's language and in the other one.
    meanings
        Definitions and notes, those in the reader's language first.
    relations
        What each relation to other terms is called, with the terms: label and IRI.
    origins
        Where the definition comes from.
    """

    iri: str
    anchor: str
    label: str
    other: str
    meanings: list[ox.Literal]
    relations: list[tuple[str, list[tuple[str, str]]]]
    origins: list[str]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms of one kind, in the order of their names."""

    label: str
    terms: list[DefinedTerm]


def term_groups(served: Served, members: Iterable[str], language: str) -> list[TermGroup]:
    """Return terms with what the ontology and the schemes state of them, by their kind.

    Parameters
    ----------
    served
        The graph.
    members
        IRIs of the terms; what is of none of the kinds of terms is left out.
    language
        ``zh`` or ``en``.
    """
    known = sorted(set(members))
    stated = {iri: _stated(served.graph.store, iri) for iri in known}
    mentioned = {
        value.value
        for facts in stated.values()
        for path in _RELATIONS
        for value in facts.get(path, ())
        if isinstance(value, ox.NamedNode)
    }
    labels = labels_of(served.graph.store, [*known, *mentioned], language)
    grouped: dict[str, list[DefinedTerm]] = defaultdict(list)
    for iri in known:
        kinds = {
            value.value for value in stated[iri].get(_TYPE, ()) if isinstance(value, ox.NamedNode)
        }
        kind = next((kind for kind in _KINDS if kind in kinds), None)
        if kind:
            grouped[kind].append(_term(iri, stated[iri], labels, language))
    return [
        TermGroup(STANDARD[kind].text(language), grouped[kind]) for kind in _KINDS if grouped[kind]
    ]


def _stated(store: ox.Store, iri: str) -> dict[str, list[ox.NamedNode | ox.Literal]]:
    """Return what is stated of a term, and not only inferred, by property."""
    facts: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        if quad.graph_name == ox.NamedNode(GRAPH_INFERRED):
            continue
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            facts[quad.predicate.value].append(quad.object)
    return facts


def _term(
    iri: str,
    facts: dict[str, list[ox.NamedNode | ox.Literal]],
    labels: dict[str, str],
    language: str,
) -> DefinedTerm:
    texts = [v for path in _MEANINGS for v in facts.get(path, ()) if isinstance(v, ox.Literal)]
    others = [
        value.value
        for path in _LABELS
        for value in facts.get(path, ())
        if isinstance(value, ox.Literal) and value.language not in (language, None)
    ]
    relations = [
        (STANDARD[path].text(language), sorted((labels.get(v) or local_name(v), v) for v in named))
        for path in _RELATIONS
        if (named := [v.value for v in facts.get(path, ()) if _is_term(v)])
    ]
    return DefinedTerm(
        iri=iri,
        anchor=iri.partition("#")[2] or local_name(iri),
        label=labels.get(iri) or local_name(iri),
        other=min(others, default=""),
        meanings=sorted(texts, key=lambda text: (text.language != language, text.value)),
        relations=relations,
        origins=sorted(value.value for value in facts.get(_ORIGIN, ())),
    )


def _is_term(value: ox.NamedNode | ox.Literal) -> bool:
    """Tell whether a value is a term that has a name, and not an expression."""
    return isinstance(value, ox.NamedNode) and "/.well-known/" not in value.value
