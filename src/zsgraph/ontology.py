"""The ontology and the concept schemes as triples, and what the reader asks of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zsgraph.namespaces import OWL, RDFS, SKOS
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri, literal_parts
from zsgraph.turtle import read_folder

_SUBCLASS = f"<{RDFS}subClassOf>"
_LABELS = (f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>", f"<{SKOS}hiddenLabel>", f"<{RDFS}label>")
_CLASS = f"<{OWL}Class>"


def load_ontology(folder: Path) -> list[Triple]:
    """Return the triples of the ontology's modules and of its alignments.

    Raises
    ------
    KnowledgeError
        If a file is not valid Turtle.
    """
    return [*read_folder(folder), *read_folder(folder / "alignments")]


def load_schemes(folder: Path) -> list[Triple]:
    """Return the triples of the concept schemes below ``folder / "schemes"``.

    Raises
    ------
    KnowledgeError
        If a file is not valid Turtle.
    """
    return list(read_folder(folder / "schemes"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes, labels and types that the ontology and the schemes state.

    Attributes
    ----------
    classes
        IRIs of the declared classes.
    subclasses
        For each class IRI the IRIs of itself and of all classes below it.
    labels
        For each resource IRI its labels, the preferred one first.
    types
        For each resource IRI the IRIs of its stated classes.
    """

    classes: frozenset[str]
    subclasses: dict[str, frozenset[str]]
    labels: dict[str, list[str]]
    types: dict[str, list[str]]

    def below(self, cls: str) -> frozenset[str]:
        """Return the IRIs of a class and of all classes below it."""
        return self.subclasses.get(cls, frozenset((cls,)))


def vocabulary(triples: Iterable[Triple]) -> Vocabulary:
    """Gather classes, labels and types from the triples of the ontology and the schemes."""
    labels: dict[str, dict[Term, list[str]]] = defaultdict(lambda: defaultdict(list))
    types: dict[str, list[str]] = defaultdict(list)
    children: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, obj in triples:
        if predicate == RDF_TYPE:
            types[iri_value(subject)].append(iri_value(obj))
        elif predicate == _SUBCLASS and is_iri(obj):
            children[iri_value(obj)].add(iri_value(subject))
        elif predicate in _LABELS:
            labels[iri_value(subject)][predicate].append(literal_parts(obj)[0])
    classes = frozenset(name for name, kinds in types.items() if iri_value(_CLASS) in kinds)
    return Vocabulary(
        classes,
        {name: frozenset(_closure(name, children)) for name in classes},
        {
            name: [text for predicate in _LABELS for text in by_predicate.get(predicate, ())]
            for name, by_predicate in labels.items()
        },
        dict(types),
    )


def _closure(start: str, children: dict[str, set[str]]) -> set[str]:
    found, pending = {start}, [start]
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in found:
                found.add(child)
                pending.append(child)
    return found
