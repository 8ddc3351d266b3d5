"""What graphs say of a term, anonymous class expressions written out in place."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from zsgraph.namespaces import GENID, GRAPH_ONTOLOGY, GRAPH_SCHEMES
from zsgraph.patch import quad_of
from zsgraph.terms import Term, iri_value

#: Named graphs of the vocabulary.
TERM_GRAPHS: Final = (GRAPH_ONTOLOGY, GRAPH_SCHEMES)
#: Sorted values by property.
Values = dict[Term, tuple[Term, ...]]


def term_values(store: ox.Store, iri: str, graphs: Iterable[str]) -> Values:
    """Return what named graphs say of a resource.

    The IRIs of anonymous expressions are numbered by their place in a file; each is written out
    as ``[ … ]`` instead, so that those that mean the same are equal.
    """
    return _values(store, iri, [ox.NamedNode(graph) for graph in graphs], frozenset())


def is_expression(term: Term) -> bool:
    """Tell whether a value is an anonymous expression written out."""
    return term.startswith("[")


def owners(store: ox.Store, subjects: Iterable[Term]) -> set[str]:
    """Return the IRIs of the named terms that resources are, or are parts of."""
    found: set[str] = set()
    seen: set[str] = set()
    pending = [iri_value(subject) for subject in subjects]
    while pending:
        iri = pending.pop()
        if iri in seen:
            continue
        seen.add(iri)
        if not iri.startswith(GENID):
            found.add(iri)
            continue
        for quad in store.quads_for_pattern(None, None, ox.NamedNode(iri), None):
            if isinstance(quad.subject, ox.NamedNode):
                pending.append(quad.subject.value)
    return found


def _values(
    store: ox.Store, iri: str, graphs: list[ox.NamedNode], inside: frozenset[str]
) -> Values:
    found: dict[Term, set[Term]] = defaultdict(set)
    for graph in graphs:
        for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, graph):
            _, predicate, obj, _ = quad_of(quad)
            if obj.startswith(f"<{GENID}") and iri_value(obj) not in inside:
                inner = _values(store, iri_value(obj), graphs, inside | {iri})
                obj = f"[{'; '.join(f'{p} {v}' for p in sorted(inner) for v in inner[p])}]"
            found[predicate].add(obj)
    return {predicate: tuple(sorted(values)) for predicate, values in found.items()}
