"""Facts of which most lie in the store of a closed graph and are loaded as rules look them up."""

from collections.abc import Callable, Iterable, Iterator
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
            pairs = self._load(key)
            if pairs is not None:
                self._asked.add(key)
                self._relation.know(pairs)

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
    def __call__(self, key: int) -> Pairs | None: ...


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
        self._met: set[int] = set()
        self._touched: set[int] = set()
        self._reminded: set[int] = set()
        self._touching: frozenset[int] = frozenset()
        self._telling: frozenset[int] = frozenset()
        self._recalling = False
        self._new_pairs: dict[int, Pairs] = {}
        self._new_members: dict[int, set[int]] = {}
        self._unnamed: dict[int, set[int]] = {}
        self._changed: set[int] = set()
        super().__init__(axioms)

    def attach(
        self, graph: Lookup, touching: Iterable[int] = (), telling: Iterable[int] = ()
    ) -> Self:
        """From now on look facts up in a graph; what was derived so far is no news.

        Parameters
        ----------
        graph
            The graph.
        touching, telling
            Predicates of which it matters to which unnamed classes the subjects, or the objects,
            belong.
        """
        self._graph = graph
        self._touching = frozenset(touching)
        self._telling = frozenset(telling)
        self.derived_members.clear()
        for relation in self._relations.values():
            relation.derived.clear()
        return self

    def news(self, triples: Iterable[Triple]) -> None:
        """Add new asserted triples; :meth:`recall` hands them to the rules."""
        numbers = self.numbers
        members: dict[int, set[int]] = {}
        pairs: dict[int, Pairs] = {}
        for s, p, o in triples:
            if p == RDF_TYPE:
                members.setdefault(numbers[o], set()).add(numbers[s])
            else:
                pairs.setdefault(numbers[p], set()).add((numbers[s], numbers[o]))
        for cls, new in members.items():
            fresh_members = new - self.of(cls)
            self.of(cls).update(fresh_members)
            self._changed |= fresh_members
            self._touch(fresh_members)
            self._new_members.setdefault(cls, set()).update(fresh_members)
        for predicate, told in pairs.items():
            relation = self.relation(predicate)
            fresh = told - relation.pairs
            relation.know(fresh)
            self._new_pairs.setdefault(predicate, set()).update(fresh)
            self._changed.update(s for s, _ in fresh)
            self._meet(predicate, fresh)

    @property
    def unsettled(self) -> bool:
        """Whether there are things whose classes, named or unnamed, were not looked up yet."""
        return bool(self._met or self._touched)

    def recall(self, asked: Iterable[int], run: Callable[[], None]) -> None:
        """Look up the classes of what was met, and hand the news to rules once more.

        Meanwhile nothing is looked up that leads to a thing: what follows for others is in the
        graph, unless it follows from the news.

        Parameters
        ----------
        asked
            Predicates whose subjects belong to unnamed classes.
        run
            Applies the rules that were woken.
        """
        self._recalling = True
        predicates = list(asked)
        while self.unsettled:
            met, touched = self._met, self._touched
            self._met, self._touched = set(), set()
            self._acquaint(met | touched)
            for predicate in predicates if touched else ():
                self._remind(predicate, touched)
            self._reminded |= touched
            run()
        self._recalling = False
        self._tell_again()

    def _tell_again(self) -> None:
        for cls, members in self._unnamed.items():
            if self.listener and (changed := members & self._changed):
                self.listener.new_members(cls, changed)
        for cls, members in self._new_members.items():
            if self.listener and members:
                self.listener.new_members(cls, set(members))
        for predicate, pairs in self._new_pairs.items():
            if self.listener and pairs:
                self.listener.new_pairs(predicate, set(pairs))

    def _remind(self, predicate: int, subjects: Iterable[int]) -> None:
        """Wake rules by the pairs that the graph has of some subjects."""
        after = self.relation(predicate).forward
        pairs = {(s, o) for s in subjects for o in after.get(s, ())}
        if pairs and self.listener:
            self.listener.new_pairs(predicate, pairs)
        self._meet(predicate, pairs)

    def _meet(self, predicate: int, pairs: Pairs) -> None:
        self._met.update({x for pair in pairs for x in pair if x > 0} - self._acquainted)
        if predicate in self._touching:
            self._touch(s for s, _ in pairs)
        if predicate in self._telling:
            self._touch(o for _, o in pairs)

    def _touch(self, things: Iterable[int]) -> None:
        self._touched.update(x for x in things if x > 0 and x not in self._reminded)

    def _made(self, predicate: int, pairs: Pairs) -> Relation:
        if predicate <= _LAST_OF_AXIOMS and predicate != v.SAME:
            return Relation(pairs)
        term = self.numbers.term(predicate)

        def forward(key: int) -> Pairs:
            if self._graph is None or key < 0:
                return set()
            found = self._graph.objects(self.numbers.term(key), term)
            return {(key, self.numbers[o]) for o in found}

        def backward(key: int) -> Pairs | None:
            if self._graph is None:
                return set()
            if self._recalling:
                return None
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
            for cls in graph.objects(self.numbers.term(thing), RDF_TYPE):
                number = self.numbers[cls]
                self.of(number).add(thing)
                if self.listener:
                    self.listener.new_members(number, {thing})

    def _add_pairs(self, predicate: int, pairs: Pairs) -> None:
        graph = self._graph
        if graph is not None and predicate != v.TYPE:
            relation = self.relation(predicate)
            term, name = self.numbers.term, self.numbers.term(predicate)
            fresh = pairs - relation.pairs
            known = {(s, o) for s, o in fresh if s > 0 and graph.holds((term(s), name, term(o)))}
            relation.know(known)
            pairs = fresh - known
            self._meet(predicate, pairs)
            if predicate in self._touching:
                self._changed.update(s for s, _ in pairs)
            self._new_pairs.setdefault(predicate, set()).update(pairs)
        super()._add_pairs(predicate, pairs)

    def _add_members(self, cls: int, members: set[int]) -> None:
        graph, name = self._graph, self.numbers.term(cls)
        if graph is not None and not noise.silent_class(name):
            term = self.numbers.term
            fresh = members - self.of(cls)
            known = {x for x in fresh if x > 0 and graph.holds((term(x), RDF_TYPE, name))}
            self.of(cls).update(known)
            news = fresh - known
            self._touch(news)
            self._changed |= news
            self._new_members.setdefault(cls, set()).update(news)
            members = news
        elif graph is not None:
            self._unnamed.setdefault(cls, set()).update(members)
            self._met.update({x for x in members if x > 0} - self._acquainted)
            if not self._recalling:
                self._touch(members)
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
