"""The rules of OWL 2 RL/RDF whose premises include an RDF list, from conclusion to premises.

Each function yields the premises from which a triple follows by one rule; those of the list itself
are among them, so that a proof cites all that it rests on.

Standard: OWL 2 Profiles, tables 4, 5, 6 and 9.
"""

from collections.abc import Callable, Iterator
from typing import Final

from zsgraph.namespaces import OWL, RDF, RDFS
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.values import Premises, with_value
from zsgraph.terms import RDF_TYPE, Term, Triple

_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_SUB_CLASS, _SAME = f"<{RDFS}subClassOf>", f"<{OWL}sameAs>"
_INTERSECTION, _UNION, _ONE_OF = (f"<{OWL}{n}>" for n in ("intersectionOf", "unionOf", "oneOf"))
_CHAIN, _KEY = f"<{OWL}propertyChainAxiom>", f"<{OWL}hasKey>"

#: From a graph and a conclusion to the premises of each way to reach it.
ListRule = Callable[[ClosedGraph, Triple], Iterator[Premises]]


def _items(graph: ClosedGraph, head: Term) -> tuple[list[Term], Premises]:
    """Return the members of a list and the triples that make it; nothing if it is broken."""
    members: list[Term] = []
    cells: list[Triple] = []
    seen: set[Term] = set()
    while head != _NIL:
        first = _stated(graph, head, _FIRST)
        rest = _stated(graph, head, _REST)
        if head in seen or first is None or rest is None:
            return [], ()
        seen.add(head)
        members.append(first[2])
        cells += [first, rest]
        head = rest[2]
    return members, tuple(cells)


def _stated(graph: ClosedGraph, subject: Term, predicate: Term) -> Triple | None:
    found = graph.match(subject, predicate, None)
    return min(found, key=lambda triple: (not graph.asserted(triple), triple), default=None)


def _lists(
    graph: ClosedGraph, subject: Term | None, predicate: Term
) -> Iterator[tuple[Term, list[Term], Premises]]:
    """Yield subject, members and triples of the lists that are values of a predicate."""
    for axiom in graph.match(subject, predicate, None):
        members, cells = _items(graph, axiom[2])
        if members:
            yield axiom[0], members, (axiom, *cells)


def _chain(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    start, predicate, end = goal
    for _, path, axiom in _lists(graph, predicate, _CHAIN):
        for steps in _walk(graph, start, path, end):
            yield (*axiom, *steps)


def _walk(graph: ClosedGraph, start: Term, path: list[Term], end: Term) -> Iterator[Premises]:
    step, *rest = path
    for triple in graph.match(start, step, None if rest else end):
        if not rest:
            yield (triple,)
        else:
            yield from ((triple, *more) for more in _walk(graph, triple[2], rest, end))


def _intersection(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    thing, _, cls = goal
    for _, parts, axiom in _lists(graph, cls, _INTERSECTION):
        members = [next(iter(graph.match(thing, RDF_TYPE, part)), None) for part in parts]
        if None not in members:
            yield (*axiom, *(member for member in members if member))


def _part_of_intersection(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    thing, _, cls = goal
    for whole, parts, axiom in _lists(graph, None, _INTERSECTION):
        if cls in parts:
            yield from ((*axiom, member) for member in graph.match(thing, RDF_TYPE, whole))


def _union(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    thing, _, cls = goal
    for _, parts, axiom in _lists(graph, cls, _UNION):
        for part in parts:
            yield from ((*axiom, member) for member in graph.match(thing, RDF_TYPE, part))


def _enumeration(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    thing, _, cls = goal
    yield from (axiom for _, items, axiom in _lists(graph, cls, _ONE_OF) if thing in items)


def _narrower_than_part(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    whole, _, part = goal
    yield from (a for _, parts, a in _lists(graph, whole, _INTERSECTION) if part in parts)


def _part_of_union(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    part, _, whole = goal
    yield from (a for _, parts, a in _lists(graph, whole, _UNION) if part in parts)


def _key(graph: ClosedGraph, goal: Triple) -> Iterator[Premises]:
    x, _, y = goal
    for cls, properties, axiom in _lists(graph, None, _KEY):
        members = [(thing, RDF_TYPE, cls) for thing in (x, y)]
        if all(next(iter(graph.match(*member)), None) for member in members):
            for shared in _shared(graph, x, y, properties):
                yield (*axiom, *members, *shared)


def _shared(graph: ClosedGraph, x: Term, y: Term, properties: list[Term]) -> Iterator[Premises]:
    if not properties:
        yield ()
        return
    first, *rest = properties
    for mine in graph.match(x, first, None):
        for theirs in with_value(graph, y, first, mine[2]):
            yield from ((mine, *theirs, *more) for more in _shared(graph, x, y, rest))


#: The rules that may conclude a triple of a predicate; those under ``""`` one of any predicate.
LIST_RULES: Final[dict[Term, tuple[tuple[str, ListRule], ...]]] = {
    "": (("prp-spo2", _chain),),
    RDF_TYPE: (
        ("cls-int1", _intersection),
        ("cls-int2", _part_of_intersection),
        ("cls-uni", _union),
        ("cls-oo", _enumeration),
    ),
    _SUB_CLASS: (("scm-int", _narrower_than_part), ("scm-uni", _part_of_union)),
    _SAME: (("prp-key", _key),),
}
