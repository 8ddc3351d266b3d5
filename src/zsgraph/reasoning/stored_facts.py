"""Facts of which most lie in the store of a closed graph and are loaded as rules look them up."""

from collections.abc import Iterable, Iterator
from typing import Protocol, Self

from zsgraph.reasoning import noise
from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.facts import Facts, Pairs, Relation
from zsgraph.terms import RDF_TYPE, Term, Triple

#: Predicates up to this number are those of RDF, RDFS and OWL, which speak of axioms.
_LAST_OF_AXIOMS = len(v.TERMS)


class Lookup(Protocol):
    """A closed graph that can be asked triple by triple."""

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is in the graph."""

    def objects(self, subject: Term, predicate: Term) -> Iterator[Term]:
        """Yield the objects of a subject and predicate."""

    def subjects(self, predicate: Term, obj: Term) -> Iterator[Term]:
        """Yield the subjects of a predicate and object."""

    def about(self, term: Term) -> Iterator[Triple]:
        """Yield all triples that have a term as subject or object."""


class _Index(dict[int, list[int]]):
    """The pairs of a relation by one of their ends; those of the graph are loaded when asked for.

    Parameters
    ----------
    relation
        The relation, which is told of the pairs that are loaded.
    load
        Gives the pairs of the graph at one end.
    """

    def __init__(self, relation: "StoredRelation", load: "_Load") -> None:
        super().__init__()
        self._relation = relation
        self._load = load
        self._asked: set[int] = set()

    def put(self, key: int, value: int) -> None:
        """Put in a pair without asking the graph."""
        if dict.__contains__(self, key):
            dict.__getitem__(self, key).append(value)
        else:
            dict.__setitem__(self, key, [value])

    def ask(self, key: int) -> None:
        """Load the pairs of the graph at one end, once."""
        if key not in self._asked:
            self._asked.add(key)
            self._relation.know(self._load(key))

    def __contains__(self, key: object) -> bool:
        assert isinstance(key, int)
        self.ask(key)
        return dict.__contains__(self, key)

    def __getitem__(self, key: int) -> list[int]:
        self.ask(key)
        return dict.__getitem__(self, key)

    def get(self, key: int, default: object = None) -> object:  # type: ignore[override]
        """Return the pairs at one end."""
        self.ask(key)
        return dict.get(self, key, default)


class _Load(Protocol):
    def __call__(self, key: int) -> Pairs: ...


class StoredRelation(Relation):
    """The subject-object pairs of one predicate, partly in the graph."""

    __slots__ = ("_after", "_before")

    def __init__(self, pairs: Pairs, forward: _Load, backward: _Load) -> None:
        super().__init__(set())
        self._after = _Index(self, forward)
        self._before = _Index(self, backward)
        self.know(pairs)

    @property
    def forward(self) -> dict[int, list[int]]:
        """The objects of each subject."""
        return self._after

    @property
    def backward(self) -> dict[int, list[int]]:
        """The subjects of each object."""
        return self._before

    def know(self, pairs: Pairs) -> None:
        """Put in pairs that are no news."""
        for s, o in pairs:
            if (s, o) not in self.pairs:
                self.pairs.add((s, o))
                self._after.put(s, o)
                self._before.put(o, s)

    def insert(self, pairs: Pairs) -> None:
        """Put in pairs that are not there yet."""
        self.derived |= pairs
        self.know(pairs)


class StoredFacts(Facts):
    """The axioms, the facts of a closed graph as far as they were looked up, and new facts.

    What is derived counts as new only if the graph does not have it.

    Parameters
    ----------
    axioms
        The triples of the ontology.
    """

    def __init__(self, axioms: Iterable[Triple]) -> None:
        self._graph: Lookup | None = None
        self._acquainted: set[int] = set()
        self._strangers: set[int] = set()
        self._touched: set[int] = set()
        self._returned: set[int] = set()
        self._telling: frozenset[int] = frozenset()
        super().__init__(axioms)

    def attach(self, graph: Lookup, telling: Iterable[int] = ()) -> Self:
        """From now on look facts up in a graph; what was derived so far is no news.

        Parameters
        ----------
        graph
            The graph.
        telling
            Predicates of which it matters to which unnamed classes the objects belong.
        """
        self._graph = graph
        self._telling = frozenset(telling)
        self.derived_members.clear()
        for relation in self._relations.values():
            relation.derived.clear()
        return self

    def news(self, triples: Iterable[Triple]) -> None:
        """Add new asserted triples, so that rules are woken by them."""
        numbers = self.numbers
        members: dict[int, set[int]] = {}
        pairs: dict[int, Pairs] = {}
        for s, p, o in triples:
            if p == RDF_TYPE:
                members.setdefault(numbers[o], set()).add(numbers[s])
            else:
                pairs.setdefault(numbers[p], set()).add((numbers[s], numbers[o]))
        for cls, new in members.items():
            self._tell_members(cls, new - self.of(cls))
        for predicate, told in pairs.items():
            relation = self.relation(predicate)
            fresh = told - relation.pairs
            relation.know(fresh)
            if self.listener and fresh:
                self.listener.new_pairs(predicate, fresh)
            self._touch(predicate, fresh)

    def unasked(self) -> set[int]:
        """Return the things of the graph that new facts touch and that were not returned before."""
        found = self._touched - self._returned - self._strangers
        self._returned |= found
        return found

    def _touch(self, predicate: int, pairs: Pairs) -> None:
        self._acquaint(x for pair in pairs for x in pair)
        self._touched.update(s for s, _ in pairs)
        if predicate in self._telling:
            self._touched.update(o for _, o in pairs if o > 0)

    def remind(self, predicate: int, subjects: Iterable[int]) -> None:
        """Wake rules by the pairs that the graph has of some subjects."""
        after = self.relation(predicate).forward
        pairs = {(s, o) for s in subjects for o in after.get(s, ())}
        if pairs and self.listener:
            self.listener.new_pairs(predicate, pairs)
        self._touch(predicate, pairs)

    def _made(self, predicate: int, pairs: Pairs) -> Relation:
        if predicate <= _LAST_OF_AXIOMS and predicate != v.SAME:
            return Relation(pairs)
        term = self.numbers.term(predicate)

        def forward(key: int) -> Pairs:
            if self._graph is None or key < 0:
                return set()
            found = self._graph.objects(self.numbers.term(key), term)
            return {(key, self.numbers[o]) for o in found}

        def backward(key: int) -> Pairs:
            if self._graph is None:
                return set()
            found = self._graph.subjects(term, self.numbers.term(key))
            return {(self.numbers[s], key) for s in found}

        return StoredRelation(pairs, forward, backward)

    def _acquaint(self, things: Iterable[int]) -> None:
        """Load the classes of things, and let rules find the unnamed classes that they are of."""
        graph = self._graph
        if graph is None:
            return
        for thing in things:
            if thing < 0 or thing in self._acquainted:
                continue
            self._acquainted.add(thing)
            name = self.numbers.term(thing)
            classes = list(graph.objects(name, RDF_TYPE))
            if not classes and next(graph.about(name), None) is None:
                self._strangers.add(thing)
            for cls in classes:
                self._tell_members(self.numbers[cls], {thing})

    def _tell_members(self, cls: int, members: set[int]) -> None:
        self.of(cls).update(members)
        if self.listener and members:
            self.listener.new_members(cls, members)
        self._acquaint(members)

    def _add_pairs(self, predicate: int, pairs: Pairs) -> None:
        graph = self._graph
        if graph is not None and predicate != v.TYPE:
            relation = self.relation(predicate)
            term, name = self.numbers.term, self.numbers.term(predicate)
            known = {
                (s, o)
                for s, o in pairs - relation.pairs
                if s > 0 and graph.holds((term(s), name, term(o)))
            }
            relation.know(known)
            pairs = pairs - known
            self._touch(predicate, pairs)
        super()._add_pairs(predicate, pairs)

    def _add_members(self, cls: int, members: set[int]) -> None:
        graph, name = self._graph, self.numbers.term(cls)
        if graph is not None:
            self._acquaint(members)
            if not noise.silent_class(name):
                term = self.numbers.term
                known = {
                    x
                    for x in members - self.of(cls)
                    if x > 0 and graph.holds((term(x), RDF_TYPE, name))
                }
                self.of(cls).update(known)
            self._touched |= members - self.of(cls)
        super()._add_members(cls, members)

    def _join(self, pairs: Pairs) -> None:
        graph = self._graph
        if graph is not None:  # what is said of one is said of the other: all of it is needed
            for x in {x for pair in pairs for x in pair if x > 0}:
                self._acquaint((x,))
                for s, p, o in graph.about(self.numbers.term(x)):
                    relation = self.relation(self.numbers[p])
                    relation.know({(self.numbers[s], self.numbers[o])})
        super()._join(pairs)
