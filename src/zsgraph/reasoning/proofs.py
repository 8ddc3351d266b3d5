"""Why a triple holds: the smallest proof from asserted triples, found backwards from the triple.

The search grows a graph of triples and of the steps that lead to them (AO*): the cheapest proof is
worked out as if triples not looked into yet were nearly for free, those in it are looked into, and
so on until the cheapest proof holds none.  Costs are worked out in Knuth's order, cheapest first,
so that no triple is ever proved by way of itself.

References: D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6
(1977); N. J. Nilsson, Principles of Artificial Intelligence (1980), AO*.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.derivations import Derivation, derivations
from zsgraph.reasoning.specification import is_axiom, is_list_part
from zsgraph.terms import Triple

ASSERTED: Final = ""
_ROOT: Final[Triple] = ("", "", "")
_STEP, _AXIOM_STEP, _LEAF, _LIST_PART, _UNKNOWN = 10, 13, 10, 0, 10
_EXPANDED: Final = 20_000
_SAME_RULE: Final = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a triple holds.

    Attributes
    ----------
    triple
        What is proved.
    rule
        Name of the OWL 2 RL/RDF rule; empty if the triple is asserted.
    premises
        Proofs of what the rule needs, axioms first.
    """

    triple: Triple
    rule: str = ASSERTED
    premises: tuple["Proof", ...] = ()

    def steps(self) -> Iterator["Proof"]:
        """Yield this proof and all within it, from the end to the beginning."""
        yield self
        for premise in self.premises:
            yield from premise.steps()

    def cited(self) -> list[Triple]:
        """Return the asserted triples that the proof rests on, each once, in order."""
        return list(dict.fromkeys(p.triple for p in self.steps() if p.rule == ASSERTED))


class SearchTooLargeError(Exception):
    """The search was given up."""


class Prover:
    """Finds proofs in a closed graph.

    Parameters
    ----------
    graph
        The graph.
    without
        Asserted triples that must not be cited.
    """

    def __init__(self, graph: ClosedGraph, without: frozenset[Triple] = frozenset()) -> None:
        self._graph = graph
        self._without = without

    def prove(self, goal: Triple) -> Proof | None:
        """Return the smallest proof of a triple, None if there is none.

        Raises
        ------
        SearchTooLargeError
            If too many triples would have to be looked into.
        """
        table: _Table = {}
        return self._search(table, goal, cut=True) or self._search({}, goal, cut=False)

    def alternatives(self, goal: Triple, limit: int) -> list[Proof]:
        """Return proofs of a triple that differ in what they cite, the smallest first.

        Parameters
        ----------
        goal
            The triple; an assertion of it is not cited.
        limit
            So many proofs are looked for at most.
        """
        table: _Table = {goal: []}  # no proof by way of the goal itself
        found: list[Proof] = []
        for step in self._steps(goal, cut=True):
            table[_ROOT] = [step]
            if proof := self._search(table, _ROOT, cut=True):
                found.append(Proof(goal, proof.rule, proof.premises))
            if len(found) >= 4 * limit:
                break
        found.sort(key=lambda proof: (_size(proof), proof.rule, proof.cited()))
        return _telling(found)[:limit]

    def _search(self, table: "_Table", goal: Triple, *, cut: bool) -> Proof | None:
        if goal not in table:
            self._expand(table, goal, cut=cut)
        while True:
            best = _cheapest(table)
            if goal not in best:
                return None
            unknown = [triple for triple in _reached(best, goal) if triple not in table]
            if not unknown:
                return _built(best, goal)
            for triple in unknown:
                self._expand(table, triple, cut=cut)
            if len(table) > _EXPANDED:
                raise SearchTooLargeError

    def _expand(self, table: "_Table", goal: Triple, *, cut: bool) -> None:
        if self._cited(goal):
            table[goal] = [_GIVEN]
            return
        steps = table[goal] = self._steps(goal, cut=cut)
        for step in steps:
            for premise in step.premises:
                if premise not in table and self._cited(premise):
                    table[premise] = [_GIVEN]

    def _cited(self, triple: Triple) -> bool:
        return triple not in self._without and self._graph.asserted(triple)

    def _steps(self, goal: Triple, *, cut: bool) -> list[Derivation]:
        """Return the steps to a triple in a fixed order; of many by one rule the plainest."""
        by_rule: dict[str, set[Derivation]] = {}
        for step in derivations(self._graph, goal):
            by_rule.setdefault(step.rule, set()).add(step)
        return [
            step
            for steps in by_rule.values()
            for step in heapq.nsmallest(
                _SAME_RULE if cut and len(steps) > _SAME_RULE else len(steps),
                steps,
                key=lambda step: (sum(not self._cited(p) for p in step.premises), step.premises),
            )
        ]


_GIVEN: Final = Derivation(ASSERTED, ())
_Table = dict[Triple, list[Derivation]]
_Best = dict[Triple, Derivation | None]


def _cost(triple: Triple, step: Derivation) -> int:
    if step.rule == ASSERTED:
        return _LIST_PART if is_list_part(triple) else _LEAF
    return _AXIOM_STEP if is_axiom(triple) else _STEP


def _cheapest(table: _Table) -> _Best:
    """Return the first step of the cheapest proof of each triple that has one.

    Triples that are not in the table yet have None for a step.
    """
    waiting: dict[Triple, list[tuple[Triple, int]]] = {}
    missing: dict[tuple[Triple, int], list[int]] = {}
    heap: list[tuple[int, Triple, int]] = []
    for triple, steps in table.items():
        for place, step in enumerate(steps):
            cost = _cost(triple, step)
            needed = set(step.premises)
            if not needed:
                heapq.heappush(heap, (cost, triple, place))
                continue
            missing[triple, place] = [len(needed), cost]
            for premise in needed:
                waiting.setdefault(premise, []).append((triple, place))
    for premise in waiting:
        if premise not in table:
            least = _LIST_PART if is_list_part(premise) else _UNKNOWN
            heapq.heappush(heap, (least, premise, -1))
    best: _Best = {}
    while heap:
        cost, triple, place = heapq.heappop(heap)
        if triple in best:
            continue
        best[triple] = table[triple][place] if place >= 0 else None
        for key in waiting.get(triple, ()):
            entry = missing[key]
            entry[0] -= 1
            entry[1] += cost
            if not entry[0]:
                heapq.heappush(heap, (entry[1], *key))
    return best


def _reached(best: _Best, goal: Triple) -> list[Triple]:
    """Return the triples of the proof of a triple, in order."""
    found = {goal: None}
    pending = [goal]
    while pending:
        if step := best[pending.pop()]:
            pending += [premise for premise in step.premises if premise not in found]
            found.update(dict.fromkeys(step.premises))
    return list(found)


def _built(best: _Best, goal: Triple) -> Proof:
    step = best[goal]
    assert step is not None
    return Proof(goal, step.rule, tuple(_built(best, premise) for premise in step.premises))


def _size(proof: Proof) -> int:
    return sum(_cost(p.triple, Derivation(p.rule, ())) for p in proof.steps())


def _telling(proofs: list[Proof]) -> list[Proof]:
    """Leave out the proofs that cite all that a smaller one cites."""
    kept: list[tuple[Proof, frozenset[Triple]]] = []
    for proof in proofs:
        cited = frozenset(proof.cited())
        if not any(other <= cited for _, other in kept):
            kept.append((proof, cited))
    return [proof for proof, _ in kept]
