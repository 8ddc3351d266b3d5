"""The triples that shapes speak of, grouped by predicate and by class."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from zsgraph.namespaces import RDFS
from zsgraph.terms import RDF_TYPE, Term, Triple

Pair = tuple[Term, Term]
_SUBCLASS: Final = f"<{RDFS}subClassOf>"


class Data:
    """A data graph.

    Parameters
    ----------
    triples
        The data; a triple may come more than once.
    predicates
        The predicates that the shapes name; triples of others are passed over.
    """

    def __init__(self, triples: Iterable[Triple], predicates: Collection[Term]) -> None:
        pairs: dict[Term, list[Pair]] = {name: [] for name in (*predicates, RDF_TYPE, _SUBCLASS)}
        for s, p, o in triples:
            if (found := pairs.get(p)) is not None:
                found.append((s, o))
        self._pairs = pairs
        self._members: dict[Term, set[Term]] = {}
        self._typed: dict[Term, set[Term]] = defaultdict(set)
        for s, o in pairs[RDF_TYPE]:
            self._typed[o].add(s)
        self._below: dict[Term, list[Term]] = defaultdict(list)
        for s, o in pairs[_SUBCLASS]:
            self._below[o].append(s)

    def pairs(self, predicate: Term) -> list[Pair]:
        """Return subjects and objects of a predicate, some perhaps repeated."""
        return self._pairs[predicate]

    def members(self, cls: Term) -> set[Term]:
        """Return the SHACL instances of a class: its members and those of all classes below it."""
        found = self._members.get(cls)
        if found is None:
            classes, pending = {cls}, [cls]
            while pending:
                for sub in self._below.get(pending.pop(), ()):
                    if sub not in classes:
                        classes.add(sub)
                        pending.append(sub)
            found = set().union(*(self._typed.get(name, ()) for name in classes))
            self._members[cls] = found
        return found
