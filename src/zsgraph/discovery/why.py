"""Why a statement holds: axiom and facts, and their own reasons down to records and sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from zsgraph.discovery.lookup import meant, meant_property, unclear
from zsgraph.discovery.naming import Names
from zsgraph.discovery.provenance import Provenance, Statement
from zsgraph.discovery.wording import Wording
from zsgraph.errors import UsageError
from zsgraph.knowledge import Knowledge
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.complete_graph import proved
from zsgraph.reasoning.proofs import Proof, Prover, SearchTooLargeError
from zsgraph.reasoning.specification import is_axiom
from zsgraph.store import Graph
from zsgraph.terms import Term, Triple, is_literal, literal_parts

_NEAR: Final = 5
_SCANNED: Final = 200
ALTERNATIVES: Final = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a triple holds.

    Attributes
    ----------
    triple
        Subject, predicate and object in N-Triples syntax.
    sentence
        The triple in words.
    rule
        The OWL 2 RL/RDF rule by which it follows; empty if it is asserted.
    statements
        If it is asserted: the records and terms that state it, with their sources.
    axioms, facts
        If it follows: what from.
    """

    triple: Triple
    sentence: str
    rule: str
    statements: tuple[Statement, ...]
    axioms: tuple["Reason", ...]
    facts: tuple["Reason", ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say of a statement.

    Attributes
    ----------
    triple, sentence
        The statement asked about.
    reasons
        Why it holds, the plainest first; nothing if it does not hold.
    near
        If it does not hold: statements that do, in words.
    """

    triple: Triple
    sentence: str
    reasons: list[Reason]
    near: list[str]


def why(
    graph: Graph,
    knowledge: Knowledge,
    statement: tuple[str, str, str],
    *,
    language: str = "zh",
    alternatives: bool = False,
) -> Explanation:
    """Explain a statement.

    Parameters
    ----------
    graph
        The graph.
    knowledge
        Its shapes and record files, for tables and rows.
    statement
        Subject, property and object: each an id, a name, a prefixed name or an IRI; the property
        may be ``a``, the object the text of a literal.
    language
        ``zh`` or ``en``.
    alternatives
        Whether to look for other proofs too, ten at most.

    Raises
    ------
    UsageError
        If a part of the statement names nothing or is not clear.
    """
    closed = ClosedGraph(graph.store)
    names = Names(graph.store, language)
    teller = _Teller(Provenance(closed, knowledge, names), Wording(closed, names))
    triple = _triple(graph, closed, statement, language)
    reasons = [teller.reason(proof) for proof in _proofs(graph, closed, triple, alternatives)]
    near = [] if reasons else list(islice(_near(closed, teller.words, triple), _NEAR))
    return Explanation(triple, teller.words.sentence(triple), reasons, near)


def _proofs(graph: Graph, closed: ClosedGraph, triple: Triple, alternatives: bool) -> list[Proof]:
    try:
        first = proved(graph.store, triple)
        if first is None:
            return []
        found = [first]
        if alternatives:
            others = Prover(closed).alternatives(triple, ALTERNATIVES + 1)
            cited = frozenset(first.cited())
            found += [proof for proof in others if frozenset(proof.cited()) != cited]
        return found[: ALTERNATIVES + 1]
    except SearchTooLargeError:
        raise UsageError(
            "这条陈述的证明太大，已停止查找。请问它所依据的较小的一步。",
            "The proof of this statement is too large; the search was given up. "
            "Ask for a smaller step on the way to it.",
        ) from None


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts proofs into words and adds records and sources."""

    provenance: Provenance
    words: Wording

    def reason(self, proof: Proof) -> Reason:
        """Return the reason that a proof gives."""
        given = not proof.rule
        return Reason(
            triple=proof.triple,
            sentence=self.words.sentence(proof.triple),
            rule=proof.rule,
            statements=tuple(self.provenance.statements(proof.triple)) if given else (),
            axioms=tuple(self.reason(p) for p in proof.premises if is_axiom(p.triple)),
            facts=tuple(self.reason(p) for p in proof.premises if not is_axiom(p.triple)),
        )


def _triple(
    graph: Graph, closed: ClosedGraph, statement: tuple[str, str, str], language: str
) -> Triple:
    """Return the triple that is meant; of several that may be, the one that holds."""
    subjects = [f"<{iri}>" for iri in meant(graph, statement[0])]
    predicates = [f"<{iri}>" for iri in meant_property(graph, statement[1])]
    objects = [f"<{iri}>" for iri in meant(graph, statement[2])]
    objects += [
        value
        for subject, predicate in product(subjects, predicates)
        for _, _, value in closed.match(subject, predicate, None)
        if is_literal(value) and literal_parts(value)[0] == statement[2]
    ]
    parts: tuple[tuple[str, list[Term]], ...] = tuple(
        zip(statement, (subjects, predicates, objects), strict=True)
    )
    for text, found in parts:
        if not found:
            raise unclear(graph, text, [], language)
    meanings = list(product(subjects, predicates, objects))
    holding = [triple for triple in meanings if closed.holds(triple)]
    if len(holding or meanings) == 1:
        return (holding or meanings)[0]
    for place, (text, _) in enumerate(parts):
        different = list(dict.fromkeys(triple[place] for triple in holding or meanings))
        if len(different) > 1:
            raise unclear(graph, text, [term[1:-1] for term in different], language)
    raise AssertionError("triples that are equal part by part are one")


def _near(closed: ClosedGraph, words: Wording, triple: Triple) -> Iterator[str]:
    """Yield statements that hold and share most with one that does not."""
    subject, predicate, obj = triple
    told: set[Triple] = set()
    for pattern in ((subject, predicate, None), (None, predicate, obj)):
        for near in sorted(islice(closed.match(*pattern), _SCANNED)):
            if near not in told and closed.holds(near):
                told.add(near)
                yield words.sentence(near)
