"""Looking for a triple by the value of its literal, which may be written in other ways (dt-eq)."""

from collections.abc import Iterator

from zsgraph.namespaces import OWL
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.datatypes import equal
from zsgraph.terms import Term, Triple, is_literal

Premises = tuple[Triple, ...]
SAME = f"<{OWL}sameAs>"


def with_value(graph: ClosedGraph, subject: Term, predicate: Term, obj: Term) -> Iterator[Premises]:
    """Yield the triples of a subject and predicate whose object has the value of ``obj``.

    Where the literal is written in another way, the triple that says so is a premise too.
    """
    for triple in graph.match(subject, predicate, obj):
        yield (triple,)
    if is_literal(obj):
        for triple in graph.match(subject, predicate, None):
            other = triple[2]
            if other != obj and is_literal(other) and equal(other, obj):
                yield triple, (other, SAME, obj)
