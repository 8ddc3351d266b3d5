"""From a triple of a closed graph to the premises from which it follows in one step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zsgraph.namespaces import RDFS
from zsgraph.reasoning import vocabulary as v
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.datatypes import belongs, equal, known_value
from zsgraph.reasoning.list_rules import LIST_RULES
from zsgraph.reasoning.specification import ONE, PATTERNS, Pattern
from zsgraph.reasoning.values import SAME, Premises, with_value
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_literal

Binding = dict[str, Term]

_DATATYPES: Final = frozenset(f"<{iri}>" for iri in v.DATATYPES.values())
_LITERAL: Final = f"<{RDFS}Literal>"
_BY_PREDICATE: Final[dict[Term, list[Pattern]]] = {}
for _pattern in PATTERNS:
    _BY_PREDICATE.setdefault(_pattern.conclusion[1], []).append(_pattern)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step.

    Attributes
    ----------
    rule
        Name of the OWL 2 RL/RDF rule.
    premises
        What it rests on: axioms first, then facts.
    """

    rule: str
    premises: Premises


def derivations(graph: ClosedGraph, goal: Triple) -> Iterator[Derivation]:
    """Yield the steps by which a triple follows from triples that hold or may hold.

    Whether a premise that may hold does, and whether the steps go round in a circle, is for the
    prover to find out.
    """
    predicate = goal[1]
    if rule := _of_itself(goal):
        yield Derivation(rule, ())
        return
    patterns = [*_BY_PREDICATE.get(predicate, ())]
    patterns += [
        pattern for key, some in _BY_PREDICATE.items() if key[0] == "?" for pattern in some
    ]
    for pattern in patterns:
        binding: Binding = {}
        if all(_bind(binding, *pair) for pair in zip(pattern.conclusion, goal, strict=True)):
            for premises in _join(graph, pattern.premises, binding):
                if goal not in premises:
                    yield Derivation(pattern.name, premises)
    for name, rule_ in (*LIST_RULES[""], *LIST_RULES.get(predicate, ())):
        for premises in rule_(graph, goal):
            if goal not in premises:
                yield Derivation(name, premises)


def _of_itself(goal: Triple) -> str:
    """Return the rule by which a triple holds without premises, if there is one."""
    subject, predicate, obj = goal
    if predicate == SAME and subject == obj:
        return "eq-ref"
    if not is_literal(subject):
        return ""
    if predicate == SAME and is_literal(obj) and equal(subject, obj):
        return "dt-eq"
    if predicate == RDF_TYPE and obj == _LITERAL:
        return "dt-type2"
    known = predicate == RDF_TYPE and obj in _DATATYPES
    return "dt-type2" if known and belongs(subject, iri_value(obj)) else ""


def _bind(binding: Binding, pattern: Term, term: Term) -> bool:
    """Make a term of a pattern stand for a term of the graph; tell whether it can."""
    if pattern.startswith("?"):
        return binding.setdefault(pattern, term) == term
    return _is_one(term) if pattern == ONE else pattern == term


def _is_one(term: Term) -> bool:
    return is_literal(term) and known_value(term) == ("decimal", 1)


def _join(graph: ClosedGraph, patterns: tuple[Triple, ...], binding: Binding) -> Iterator[Premises]:
    if not patterns:
        yield ()
        return
    first, *rest = patterns
    for premises in _matches(graph, first, binding):
        more = dict(binding)
        if all(_bind(more, *pair) for pair in zip(first, _meant(premises), strict=True)):
            for others in _join(graph, tuple(rest), more):
                yield (*premises, *others)


def _matches(graph: ClosedGraph, pattern: Triple, binding: Binding) -> Iterator[Premises]:
    subject, predicate, obj = (binding.get(term, term) for term in pattern)
    ends = [None if term.startswith("?") or term == ONE else term for term in (subject, obj)]
    if predicate.startswith("?"):
        return
    if ends[0] and ends[1] and is_literal(ends[1]) and pattern[1].startswith("?"):
        yield from with_value(graph, ends[0], predicate, ends[1])
    else:
        yield from ((triple,) for triple in graph.match(ends[0], predicate, ends[1]))


def _meant(premises: Premises) -> Triple:
    """Return the triple that a pattern is matched with: its literal is the one asked for."""
    if len(premises) == 1:
        return premises[0]
    stated, same = premises
    return stated[0], stated[1], same[2]
