"""What the graph says of one thing: facts from it and to it, asserted and inferred told apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

import pyoxigraph as ox

from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import GRAPH_INFERRED, RDF
from zsgraph.store import Graph

Value = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
_TYPE: Final = ox.NamedNode(RDF + "type")
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing with one value, or one thing that has it as value.

    Attributes
    ----------
    predicate
        IRI of the property.
    value
        The object; of an incoming fact, the subject.
    graphs
        IRIs of the named graphs that say so.
    """

    predicate: str
    value: Value
    graphs: tuple[str, ...]

    @property
    def asserted(self) -> bool:
        """Whether a record, the ontology or a scheme says so; else it is inferred only."""
        return any(graph != GRAPH_INFERRED for graph in self.graphs)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing and what is said of it.

    Attributes
    ----------
    iri, label
        What it is and is called.
    classes
        IRIs of its classes.
    facts
        What is said of it, in the order of predicates and values.
    incoming
        What is said with it as the value; at most as many as were asked for.
    more
        Whether there is more incoming than that.
    labels
        What the resources in the facts are called, by IRI.
    """

    iri: str
    label: str
    classes: tuple[str, ...]
    facts: tuple[Fact, ...]
    incoming: tuple[Fact, ...]
    more: bool
    labels: dict[str, str]

    def name(self, iri: str) -> str:
        """Return what a resource of the facts is called."""
        return self.labels.get(iri) or local_name(iri)

    def text(self, value: Value) -> str:
        """Return a value as people read it."""
        if isinstance(value, ox.NamedNode):
            return self.name(value.value)
        return value.value if isinstance(value, ox.Literal) else str(value)

    def by_predicate(self, incoming: bool = False) -> list[tuple[str, list[Fact]]]:
        """Return predicates, each with its facts."""
        facts = self.incoming if incoming else self.facts
        return [(p, list(group)) for p, group in groupby(facts, key=lambda fact: fact.predicate)]


def exists(graph: Graph, iri: str) -> bool:
    """Tell whether the graph says anything of a resource."""
    return (
        next(graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, None), None) is not None
    )


def thing(graph: Graph, iri: str, language: str, most: int = _MOST) -> Thing | None:
    """Return what the graph says of a resource, None if nothing.

    Parameters
    ----------
    graph
        The graph.
    iri
        IRI of the resource.
    language
        ``zh`` or ``en``, for labels.
    most
        How many statements with the resource as their value are read.
    """
    node = ox.NamedNode(iri)
    facts = _merged(
        (quad, quad.object) for quad in graph.store.quads_for_pattern(node, None, None, None)
    )
    if not facts:
        return None
    found = list(islice(graph.store.quads_for_pattern(None, None, node, None), most + 1))
    incoming = _merged((quad, quad.subject) for quad in found[:most])
    labels = labels_of(graph.store, [iri, *_mentioned(facts), *_mentioned(incoming)], language)
    return Thing(
        iri=iri,
        label=labels.get(iri) or local_name(iri),
        classes=tuple(
            f.value.value for f in facts if _is_type(f) and isinstance(f.value, ox.NamedNode)
        ),
        facts=facts,
        incoming=incoming,
        more=len(found) > most,
        labels=labels,
    )


def triples_about(graph: Graph, iri: str, most: int = _MOST) -> list[ox.Triple]:
    """Return the triples from a resource and to it, the latter at most ``most``, sorted."""
    node = ox.NamedNode(iri)
    outgoing = graph.store.quads_for_pattern(node, None, None, None)
    incoming = islice(graph.store.quads_for_pattern(None, None, node, None), most)
    found = {quad.triple for quads in (outgoing, incoming) for quad in quads}
    return sorted(found, key=str)


def _merged(quads: Iterable[tuple[ox.Quad, Value]]) -> tuple[Fact, ...]:
    graphs: dict[tuple[str, Value], list[str]] = {}
    for quad, value in quads:
        name = quad.graph_name
        where = name.value if isinstance(name, ox.NamedNode) else ""
        graphs.setdefault((quad.predicate.value, value), []).append(where)
    facts = [Fact(predicate, value, tuple(sorted(n))) for (predicate, value), n in graphs.items()]
    return tuple(sorted(facts, key=lambda fact: (fact.predicate, str(fact.value))))


def _mentioned(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        yield fact.predicate
        if isinstance(fact.value, ox.NamedNode):
            yield fact.value.value


def _is_type(fact: Fact) -> bool:
    return fact.predicate == _TYPE.value
