"""The facts of one graph on integer ids, indexed where a rule asks for it.

IRIs and blank nodes have positive numbers, literals negative ones.  The triples of a predicate
stay strings until somebody needs them, so what no rule reads costs next to nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.datatypes import Value, known_value
from zsgraph.reasoning.equality import Cliques
from zsgraph.terms import RDF_TYPE, Term, Triple

Pair = tuple[int, int]
Pairs = set[Pair]


class Listener(Protocol):
    """Whoever wants to know of new facts."""

    def new_pairs(self, predicate: int, pairs: Pairs) -> None:
        """Take note of new triples of a predicate."""

    def new_members(self, cls: int, members: set[int]) -> None:
        """Take note of new members of a class."""


class Numbers(dict[Term, int]):
    """Numbers terms as they are first met."""

    def __init__(self) -> None:
        super().__init__({term: number for number, term in enumerate(v.TERMS, 1)})
        self.resources: list[Term] = ["", *v.TERMS]
        self.literals: list[Term] = [""]

    def __missing__(self, term: Term) -> int:
        if term[0] == '"':
            self.literals.append(term)
            number = 1 - len(self.literals)
        else:
            self.resources.append(term)
            number = len(self.resources) - 1
        self[term] = number
        return number

    def term(self, number: int) -> Term:
        """Return the term that has a number."""
        return self.resources[number] if number > 0 else self.literals[-number]


class Relation:
    """The subject-object pairs of one predicate."""

    __slots__ = ("_backward", "_forward", "derived", "pairs")

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.derived: Pairs = set()
        self._forward: dict[int, list[int]] | None = None
        self._backward: dict[int, list[int]] | None = None

    @property
    def forward(self) -> dict[int, list[int]]:
        """The objects of each subject."""
        if self._forward is None:
            self._forward = {}
            _append(self._forward, self.pairs)
        return self._forward

    @property
    def backward(self) -> dict[int, list[int]]:
        """The subjects of each object."""
        if self._backward is None:
            self._backward = {}
            _append(self._backward, ((o, s) for s, o in self.pairs))
        return self._backward

    def know(self, pairs: Pairs) -> None:
        """Put in asserted pairs."""
        fresh = pairs - self.pairs
        self.insert(fresh)
        self.derived -= fresh

    def insert(self, pairs: Pairs) -> None:
        """Put in pairs that are not there yet."""
        self.pairs |= pairs
        self.derived |= pairs
        if self._forward is not None:
            _append(self._forward, pairs)
        if self._backward is not None:
            _append(self._backward, ((o, s) for s, o in pairs))


def _append(index: dict[int, list[int]], pairs: Iterable[Pair]) -> None:
    for key, value in pairs:
        if (found := index.get(key)) is None:
            index[key] = [value]
        else:
            found.append(value)


class Facts:
    """All triples of a graph, asserted and derived."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.numbers = Numbers()
        self.cliques = Cliques(self.numbers.term)
        self.listener: Listener | None = None
        self.members: dict[int, set[int]] = {}
        self.derived_members: dict[int, set[int]] = {}
        self._relations: dict[int, Relation] = {}
        self._raw: dict[Term, list[tuple[Term, Term]]] = {}
        self._by_value: dict[Value, list[int]] = {}
        self._valued = 1
        raw = self._raw
        for s, p, o in triples:
            if (pairs := raw.get(p)) is None:
                raw[p] = [(s, o)]
            else:
                pairs.append((s, o))
        self._load_types(raw.pop(RDF_TYPE, []))

    def _load_types(self, pairs: list[tuple[Term, Term]]) -> None:
        numbers, members = self.numbers, self.members
        for s, o in pairs:
            cls = numbers[o]
            if (found := members.get(cls)) is None:
                found = members[cls] = set()
            found.add(numbers[s])

    def relation(self, predicate: int) -> Relation:
        """Return the pairs of a predicate, ``rdf:type`` included."""
        found = self._relations.get(predicate)
        if found is None:
            if predicate == v.TYPE:
                pairs = {(x, c) for c, members in self.members.items() for x in members}
            else:
                numbers = self.numbers
                raw = self._raw.pop(numbers.term(predicate), ())
                pairs = {(numbers[s], numbers[o]) for s, o in raw}
            found = self._relations[predicate] = self._made(predicate, pairs)
        return found

    def _made(self, predicate: int, pairs: Pairs) -> Relation:
        """Return the relation of a predicate that is asked for first."""
        return Relation(pairs)

    def pairs(self, predicate: int) -> Pairs:
        """Return the subject-object pairs of a predicate."""
        return self.relation(predicate).pairs

    def objects(self, subject: int, predicate: int) -> list[int]:
        """Return the objects of a subject and predicate."""
        return self.relation(predicate).forward.get(subject, [])

    def of(self, cls: int) -> set[int]:
        """Return the members of a class; the set lives on and must not be changed."""
        found = self.members.get(cls)
        if found is None:
            found = self.members[cls] = set()
        return found

    def twins(self, number: int) -> Collection[int]:
        """Return the literals of the same value as one (dt-eq), itself included.

        An IRI or blank node is its own only twin.
        """
        if number > 0 or (value := known_value(self.numbers.term(number))) is None:
            return (number,)
        literals = self.numbers.literals
        for new in range(self._valued, len(literals)):
            if (other := known_value(literals[new])) is not None:
                self._by_value.setdefault(other, []).append(-new)
        self._valued = len(literals)
        return self._by_value[value]

    def items(self, head: int) -> tuple[int, ...] | None:
        """Return the members of an RDF list, or None if it is not well formed."""
        found: list[int] = []
        seen: set[int] = set()
        while head != v.NIL:
            first, rest = self._value(head, v.FIRST), self._value(head, v.REST)
            if head in seen or not first or not rest:
                return None
            seen.add(head)
            found.append(first)
            head = rest
        return tuple(found)

    def _value(self, subject: int, predicate: int) -> int | None:
        """Return the object of a subject and predicate, the stated one if others are derived."""
        derived = self.relation(predicate).derived
        objects = self.objects(subject, predicate)
        return min(objects, key=lambda o: ((subject, o) in derived, o), default=None)

    def predicates(self) -> list[int]:
        """Number everything and return all predicates but ``rdf:type``."""
        for predicate in [self.numbers[term] for term in self._raw]:
            self.relation(predicate)
        return self.loaded()

    def loaded(self) -> list[int]:
        """Return the predicates whose triples are numbered, but for ``rdf:type``."""
        return [p for p in self._relations if p != v.TYPE]

    def raw_literals(self) -> Iterator[tuple[Term, Term, Term]]:
        """Yield the asserted triples with a typed literal that no rule has asked for."""
        for predicate, pairs in self._raw.items():
            for s, o in pairs:
                if o[-1] == ">" and o[0] == '"':
                    yield s, predicate, o

    def add(self, predicate: int, pairs: Pairs) -> None:
        """Add derived triples; those known already are left out.

        Triples of terms that are the same as others are added for the others too (eq-rep-*).
        """
        if not pairs:
            return
        if predicate == v.SAME:
            self._join(pairs)
            return
        if not self.cliques:
            self._add_pairs(predicate, pairs)
            return
        of = self.cliques.of
        pairs = {(x, y) for s, o in pairs for x in of(s) for y in of(o)}
        for same in of(predicate):
            if same == v.SAME:
                self._join(pairs)
            else:
                self._add_pairs(same, pairs)

    def _add_pairs(self, predicate: int, pairs: Pairs) -> None:
        if predicate == v.TYPE:
            by_class: dict[int, list[int]] = {}
            _append(by_class, ((o, s) for s, o in pairs))
            for cls, members in by_class.items():
                self.add_members(cls, set(members))
            return
        relation = self.relation(predicate)
        fresh = pairs - relation.pairs
        if fresh:
            relation.insert(fresh)
            if self.listener:
                self.listener.new_pairs(predicate, fresh)

    def add_members(self, cls: int, members: set[int]) -> None:
        """Add derived members of a class; those known already are left out."""
        if not members:
            return
        if not self.cliques:
            self._add_members(cls, members)
            return
        of = self.cliques.of
        members = {same for x in members for same in of(x)}
        for same in of(cls):
            self._add_members(same, members)

    def _add_members(self, cls: int, members: set[int]) -> None:
        known = self.of(cls)
        fresh = members - known
        if not fresh:
            return
        known |= fresh
        if (derived := self.derived_members.get(cls)) is None:
            self.derived_members[cls] = set(fresh)
        else:
            derived |= fresh
        if self.listener:
            self.listener.new_members(cls, fresh)
        if (relation := self._relations.get(v.TYPE)) is not None:
            pairs = {(x, cls) for x in fresh}
            relation.insert(pairs)
            if self.listener:
                self.listener.new_pairs(v.TYPE, pairs)

    def join_asserted(self) -> None:
        """Work out what the asserted ``owl:sameAs`` triples mean."""
        self._join(set(self.pairs(v.SAME)))

    def _join(self, pairs: Pairs) -> None:
        """Make terms the same (eq-sym, eq-trans) and carry over what is said of each (eq-rep)."""
        changed = self.cliques.join(pairs)
        if not changed:
            return
        everywhere = self.predicates()
        same = {(x, y) for x in changed for y in self.cliques.of(x) if x != y}
        self._add_pairs(v.SAME, same)
        for predicate in everywhere:
            if predicate == v.SAME:
                continue
            relation = self.relation(predicate)
            if predicate in changed:
                self.add(predicate, set(relation.pairs))
                continue
            forward, backward = relation.forward, relation.backward
            said = {(x, o) for x in changed for o in forward.get(x, ())}
            said |= {(s, x) for x in changed for s in backward.get(x, ())}
            self.add(predicate, said)
        for cls, members in list(self.members.items()):
            self.add_members(cls, set(members) if cls in changed else members & changed)
