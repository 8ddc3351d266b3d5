"""The same closure by owlrl and rdflib: the reference that ours is compared with.

owlrl is complete but for the points that its tests here name; it is several hundred times slower.
It tells of a contradiction in one English sentence, so its clashes have no triples.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from owlrl import OWLRL_Semantics
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from zsgraph.reasoning.clashes import Clash
from zsgraph.reasoning.closure import Closure
from zsgraph.reasoning.noise import without_noise
from zsgraph.terms import Term, Triple, iri_value, is_iri, is_literal, literal, literal_parts

#: What owlrl says, and the rule it then speaks of; groups ``i…`` are the individuals, ``t…`` the
#: other terms.
_SAYINGS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (rule, re.compile(pattern, re.DOTALL))
    for rule, pattern in (
        ("eq-diff1", r"'sameAs' and 'differentFrom' .*pair: \((?P<i0>.*), (?P<i1>.*)\)"),
        ("eq-diff2", r"'sameAs' and 'AllDifferent' .*pair: \((?P<i0>.*), (?P<i1>.*)\)"),
        ("prp-irp", r"Irreflexive property used on (?P<i0>.*) with (?P<t0>.*)"),
        ("prp-asyp", r"Erroneous .* asymmetric property (?P<t0>.*) on (?P<i0>.*) and (?P<i1>.*)"),
        ("prp-adp", r"Disjoint properties in an .*: \((?P<i0>.*), (?P<t0>.*),(?P<i1>.*)\) and "
                    r"\(.*,(?P<t1>.*),.*\)"),
        ("prp-pdw", r"Erroneous .* disjoint properties (?P<t0>.*) and (?P<t1>.*) on "
                    r"(?P<i0>.*) and (?P<i1>.*)"),
        ("prp-npa1", r"Negative \(object\) .*: \((?P<i0>.*), (?P<t0>.*), (?P<i1>.*)\)"),
        ("prp-npa2", r"Negative \(datatype\) .*: \((?P<i0>.*), (?P<t0>.*), (?P<i1>.*)\)"),
        ("cls-nothing2", r"(?P<i0>.*) is defined of type 'Nothing'"),
        ("cls-com", r"Violation of complementarity for classes (?P<t0>.*) and (?P<t1>.*) on .*"),
        ("cls-maxc1", r"Erroneous .* maximum cardinality with .* and (?P<t0>.*)"),
        ("cls-maxqc1", r"Erroneous .* maximum qualified cardinality with .*, .* and (?P<t0>.*)"),
        ("cax-dw", r"Disjoint classes (?P<t0>.*) and (?P<t1>.*) have .* individual (?P<i0>.*)"),
        ("dt-not-type", r"Lexical value of the literal '(?P<i0>.*)' .*\((?P<t0>.*)\)"),
    )
)  # fmt: skip


def close(triples: Iterable[Triple]) -> Closure:
    """Work out the OWL 2 RL closure of a graph with owlrl.

    Parameters
    ----------
    triples
        Ontology and facts together; terms in N-Triples syntax.
    """
    asserted = set(triples)
    names = _Names()
    graph = Graph()
    for s, p, o in asserted:
        graph.add((names.node(s), names.node(p), names.node(o)))
    semantics = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    semantics.closure()
    closed = {(names.term(s), names.term(p), names.term(o)) for s, p, o in graph}
    found = sorted({_clash(names, message) for message in semantics.error_messages})
    return Closure(without_noise(closed - asserted), found)


class _Names:
    """Terms to rdflib nodes and back, the way they were written."""

    def __init__(self) -> None:
        self._nodes: dict[Term, Node] = {}
        self._terms: dict[Node, Term] = {}
        self._texts: dict[str, Term] = {}

    def node(self, term: Term) -> Node:
        """Return the rdflib node of a term."""
        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = _node(term)
            self._terms[node] = term
            self._texts[str(node)] = term
        return node

    def term(self, node: Node) -> Term:
        """Return the term of an rdflib node; blank nodes that owlrl made are named by it."""
        return self._terms.get(node) or _term(node)

    def by_text(self, text: str) -> Term:
        """Return the term that owlrl's message shows as ``text``."""
        return self._texts.get(text) or (f"<{text}>" if ":" in text else literal(text))


def _node(term: Term) -> Node:
    if is_iri(term):
        return URIRef(iri_value(term))
    if not is_literal(term):
        return BNode(term[2:])
    text, datatype, language = literal_parts(term)
    return Literal(
        text,
        lang=language or None,
        datatype=URIRef(datatype) if datatype else None,
        normalize=False,
    )


def _term(node: Node) -> Term:
    if isinstance(node, Literal):
        return literal(str(node), str(node.datatype or ""), node.language or "")
    return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"


def _clash(names: _Names, message: str) -> Clash:
    for rule, pattern in _SAYINGS:
        if match := pattern.fullmatch(message):
            return Clash(rule, tuple(_group(names, match, "i")), tuple(_group(names, match, "t")))
    return Clash("other", (), (literal(message),))


def _group(names: _Names, match: re.Match[str], kind: str) -> Iterator[Term]:
    for name, text in sorted(match.groupdict().items()):
        if name.startswith(kind):
            yield names.by_text(text)
