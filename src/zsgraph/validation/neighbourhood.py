"""What of a graph a query can join with new triples, fetched along the query's patterns."""

from collections.abc import Iterable, Iterator
from itertools import islice

from zsgraph.terms import RDF_TYPE, Term, Triple
from zsgraph.validation.graph_view import GraphView
from zsgraph.validation.patterns import Alternatives, Pattern

#: Of two ways that cannot be walked from a subject the one with fewer triples is taken; so many
#: are counted.
_COUNTED = 500

Bound = dict[str, set[Term]]


class NewTriples:
    """The new triples, asserted and inferred, by predicate and by each of their ends."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.by_predicate: dict[Term, list[Triple]] = {}
        self._by_subject: dict[tuple[Term, Term], list[Triple]] = {}
        self._by_object: dict[tuple[Term, Term], list[Triple]] = {}
        for triple in triples:
            s, p, o = triple
            self.by_predicate.setdefault(p, []).append(triple)
            self._by_subject.setdefault((s, p), []).append(triple)
            self._by_object.setdefault((p, o), []).append(triple)

    def of_subject(self, subject: Term, predicate: Term) -> list[Triple]:
        """Return the triples of a subject and predicate."""
        return self._by_subject.get((subject, predicate), [])

    def of_object(self, predicate: Term, obj: Term) -> list[Triple]:
        """Return the triples of a predicate and object."""
        return self._by_object.get((predicate, obj), [])


class Neighbourhood:
    """Gathers the triples of a graph that answers of queries over new triples rest on.

    Parameters
    ----------
    view
        The graph.
    new
        The new triples.
    """

    def __init__(self, view: GraphView, new: NewTriples) -> None:
        self._view = view
        self._new = new
        self._fetched: dict[tuple[Term | None, Term, Term | None], list[Triple]] = {}
        self.found: dict[Triple, None] = {}

    def gather(self, alternatives: Alternatives) -> bool:
        """Gather what a query's patterns lead to; tell whether new triples concern it at all."""
        concerned = False
        for patterns in alternatives:
            for start in patterns:
                if start.required and (bound := self._started(start)):
                    concerned = True
                    self._walk([p for p in patterns if p is not start], bound)
        return concerned

    def _started(self, pattern: Pattern) -> Bound | None:
        """Return what the new triples that match a pattern bind; None if none matches."""
        bound: Bound = {}
        matched = False
        for predicate in pattern.predicates or self._new.by_predicate:
            for s, _, o in self._new.by_predicate.get(predicate, ()):
                if _fits(pattern.subject, s) and _fits(pattern.obj, o):
                    matched = True
                    _bind(bound, pattern.subject, s)
                    _bind(bound, pattern.obj, o)
        if matched and pattern.repeated:
            self._follow(pattern, bound, forward=True)
            if pattern.subject != pattern.obj:
                self._follow(pattern, bound, forward=False)
        return bound if matched else None

    def _walk(self, patterns: list[Pattern], bound: Bound) -> None:
        left = list(patterns)
        while left:
            pattern = self._next(left, bound)
            if pattern is None:
                return
            left.remove(pattern)
            forward = _is_bound(pattern.subject, bound)
            if pattern.repeated:
                self._follow(pattern, bound, forward=forward)
            elif not self._step(pattern, bound, forward=forward) and pattern.required:
                return

    def _next(self, patterns: list[Pattern], bound: Bound) -> Pattern | None:
        """Return the pattern to look up next: a check, a way from a subject, a way to one."""
        from_subject = [p for p in patterns if _is_bound(p.subject, bound)]
        if from_subject:
            return min(from_subject, key=lambda p: (not _is_bound(p.obj, bound), not p.required))
        to_subject = [
            p for p in patterns if p.obj in bound and p.predicates and RDF_TYPE not in p.predicates
        ]
        if len(to_subject) < 2:
            return to_subject[0] if to_subject else None
        return min(to_subject, key=lambda p: self._count(p, bound))

    def _count(self, pattern: Pattern, bound: Bound) -> int:
        matches = (
            s
            for predicate in pattern.predicates
            for obj in bound[pattern.obj]
            for s in self._view.subjects(predicate, obj)
        )
        return sum(1 for _ in islice(matches, _COUNTED))

    def _step(self, pattern: Pattern, bound: Bound, *, forward: bool) -> bool:
        """Look a pattern up from one end and bind the other; tell whether anything was found."""
        start, end = (pattern.subject, pattern.obj) if forward else (pattern.obj, pattern.subject)
        found: set[Term] = set()
        allowed = bound.get(end)
        for term in bound.get(start, {start}):
            for s, _, o in self._matches(pattern, term, forward=forward):
                other = o if forward else s
                if _fits(end, other) and (allowed is None or other in allowed):
                    found.add(other)
        if end.startswith("?") and allowed is None:
            bound[end] = found
        return bool(found)

    def _matches(self, pattern: Pattern, term: Term, *, forward: bool) -> Iterator[Triple]:
        if forward and not pattern.predicates:
            return
        wanted = pattern.obj if forward and not pattern.obj.startswith("?") else None
        for predicate in pattern.predicates:
            yield from self._fetch(term, predicate, wanted, forward=forward)

    def _fetch(
        self, term: Term, predicate: Term, wanted: Term | None, *, forward: bool
    ) -> list[Triple]:
        key = (term, predicate, wanted) if forward else (None, predicate, term)
        known = self._fetched.get(key)
        if known is not None:
            return known
        if not forward:
            old = [(s, predicate, term) for s in self._view.subjects(predicate, term)]
            new = self._new.of_object(predicate, term)
        elif wanted is not None:
            triple = term, predicate, wanted
            old = [triple] if self._view.holds(triple) else []
            new = self._new.of_subject(term, predicate)
        else:
            old = [(term, predicate, o) for o in self._view.objects(term, predicate)]
            new = self._new.of_subject(term, predicate)
        self.found.update(dict.fromkeys(old))
        known = self._fetched[key] = [*old, *new]
        return known

    def _follow(self, pattern: Pattern, bound: Bound, *, forward: bool) -> None:
        """Follow a path of any length from one end."""
        start, end = (pattern.subject, pattern.obj) if forward else (pattern.obj, pattern.subject)
        origin = end if start == end or start not in bound else start
        pending = list(bound.get(origin, {start}))
        seen = set(pending)
        while pending:
            term = pending.pop()
            for s, _, o in self._matches(pattern, term, forward=forward):
                other = o if forward else s
                if other not in seen:
                    seen.add(other)
                    pending.append(other)
        bound.setdefault(end, set()).update(seen)


def _is_bound(end: str, bound: Bound) -> bool:
    return end in bound or not end.startswith("?")


def _fits(end: str, term: Term) -> bool:
    return end.startswith("?") or end == term


def _bind(bound: Bound, end: str, term: Term) -> None:
    if end.startswith("?"):
        bound.setdefault(end, set()).add(term)
