"""Triples, axioms and class expressions in plain words, in Chinese or English."""

from collections.abc import Iterator
from typing import Final

from zsgraph.discovery.naming import Names
from zsgraph.namespaces import GENID, OWL, RDF, RDFS, shorten
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri, literal_parts

_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_INVERSE: Final = f"<{OWL}inverseOf>"
#: Axioms that say something of their object too, if their subject has no name.
_BACKWARDS: Final = (f"<{RDFS}subClassOf>", f"<{OWL}equivalentClass>", _INVERSE)
_ON_PROPERTY: Final = f"<{OWL}onProperty>"

#: What a restriction says; ``{0}`` is the property, ``{1}`` the filler.
_RESTRICTIONS: Final[dict[Term, tuple[str, str]]] = {
    f"<{OWL}hasValue>": ("{0}为{1}的事物", "whatever has {1} as {0}"),
    f"<{OWL}someValuesFrom>": ("{0}中有{1}的事物", "whatever has some {0} that is {1}"),
    f"<{OWL}allValuesFrom>": ("{0}都是{1}的事物", "whatever has only {1} as {0}"),
    f"<{OWL}maxCardinality>": ("{0}至多{1}个的事物", "whatever has at most {1} of {0}"),
    f"<{OWL}maxQualifiedCardinality>": ("{0}至多{1}个的事物", "whatever has at most {1} of {0}"),
}
#: What joins the members of a list, and what frames them.
_LISTS: Final[dict[Term, tuple[tuple[str, str], tuple[str, str]]]] = {
    f"<{OWL}intersectionOf>": (("且是", "{0}"), (" and ", "{0}")),
    f"<{OWL}unionOf>": (("或", "{0}"), (" or ", "{0}")),
    f"<{OWL}oneOf>": (("、", "{0}之一"), (", ", "one of {0}")),
}
#: What an axiom says; ``{0}`` is its subject, ``{1}`` its object.
_AXIOMS: Final[dict[Term, tuple[str, str]]] = {
    f"<{RDFS}subClassOf>": ("凡{0}都是{1}", "whatever is {0} is {1}"),
    f"<{OWL}equivalentClass>": ("{0}就是{1}", "{0} is by definition {1}"),
    f"<{OWL}disjointWith>": ("{0}不能同时是{1}", "nothing is both {0} and {1}"),
    f"<{RDFS}subPropertyOf>": ("有{0}就有{1}", "{0} implies {1}"),
    f"<{OWL}equivalentProperty>": ("{0}与{1}同义", "{0} and {1} mean the same"),
    f"<{OWL}inverseOf>": ("{0}与{1}互为逆关系", "{0} and {1} are inverse"),
    f"<{OWL}propertyDisjointWith>": ("{0}与{1}不能并存", "{0} and {1} exclude each other"),
    f"<{RDFS}domain>": ("有{0}的都是{1}", "whatever has {0} is {1}"),
    f"<{RDFS}range>": ("{0}的值都是{1}", "whatever is a value of {0} is {1}"),
    f"<{OWL}propertyChainAxiom>": ("先{1}，合起来就是{0}", "{1} together give {0}"),
    f"<{OWL}hasKey>": ("{0}由{1}确定", "{0} is identified by {1}"),
    f"<{OWL}complementOf>": ("{0}就是不是{1}的事物", "{0} is whatever is not {1}"),
    **{
        predicate: (f"{{0}}就是{zh}", f"{{0}} is {en}")
        for predicate, (zh, en) in _RESTRICTIONS.items()
    },
    **dict.fromkeys(_LISTS, ("{0}就是{1}", "{0} is {1}")),
}
#: What it means that a property is of a kind.
_KINDS: Final[dict[Term, tuple[str, str]]] = {
    f"<{OWL}TransitiveProperty>": ("{0}可以传递", "{0} is transitive"),
    f"<{OWL}SymmetricProperty>": ("{0}是相互的", "{0} is symmetric"),
    f"<{OWL}AsymmetricProperty>": ("{0}不能相互", "{0} is asymmetric"),
    f"<{OWL}IrreflexiveProperty>": ("{0}不能指向自身", "nothing has itself as {0}"),
    f"<{OWL}FunctionalProperty>": ("{0}至多一个值", "{0} has at most one value"),
    f"<{OWL}InverseFunctionalProperty>": ("{0}的值只属于一个事物", "a value of {0} has one owner"),
}


def is_anonymous(term: Term) -> bool:
    """Tell whether a term is a class expression or a list, which nobody calls by a name."""
    return term.startswith((f"<{GENID}", "_:"))


def defines_expression(triple: Triple) -> bool:
    """Tell whether a triple is part of a class expression, which is told as a whole."""
    subject, predicate, _ = triple
    parts = predicate in _RESTRICTIONS or predicate in _LISTS or predicate == _ON_PROPERTY
    return parts and is_anonymous(subject)


class Wording:
    """Puts triples into words.

    Parameters
    ----------
    graph
        The graph, for what class expressions consist of.
    names
        What things are called, and the language.
    """

    def __init__(self, graph: ClosedGraph, names: Names) -> None:
        self._graph = graph
        self._names = names

    def _pick(self, texts: tuple[str, str]) -> str:
        return texts[0] if self._names.language == "zh" else texts[1]

    def term(self, term: Term) -> str:
        """Return what to call a term: a name, the text of a literal, or a class expression."""
        if not is_iri(term) and not is_anonymous(term):
            return literal_parts(term)[0]
        return self._expression(term, 0) if is_anonymous(term) else self._names(iri_value(term))

    def quoted(self, term: Term) -> str:
        """Return a term as it stands within a sentence."""
        return self.term(term) if is_anonymous(term) else f"“{self.term(term)}”"

    def sentence(self, triple: Triple) -> str:
        """Return a triple as a sentence, without a full stop."""
        subject, predicate, obj = triple
        form = _KINDS.get(obj) if predicate == RDF_TYPE else _AXIOMS.get(predicate)
        if form is None:
            return f"{self.term(subject)} — {self.term(predicate)} → {self.term(obj)}"
        return self._pick(form).format(self.quoted(subject), self._object(predicate, obj))

    def value(self, predicate: Term, obj: Term) -> str:
        """Return the value of a property in words, lists and class expressions included."""
        return self._object(predicate, obj) if is_anonymous(obj) else self.term(obj)

    def axioms(self, term: Term) -> Iterator[str]:
        """Yield what the ontology says of a class or property, a sentence each."""
        for predicate in _AXIOMS:
            for triple in self._graph.match(term, predicate, None):
                if self._graph.asserted(triple):
                    yield self.sentence(triple)
        for predicate in _BACKWARDS:
            for triple in self._graph.match(None, predicate, term):
                anonymous = predicate == _INVERSE or is_anonymous(triple[0])
                if anonymous and self._graph.asserted(triple):
                    yield self.sentence(triple)
        for kind in _KINDS:
            if self._graph.asserted((term, RDF_TYPE, kind)):
                yield self.sentence((term, RDF_TYPE, kind))

    def _object(self, predicate: Term, obj: Term) -> str:
        if predicate == f"<{OWL}propertyChainAxiom>":
            steps = [self.quoted(member) for member in self._members(obj)]
            return self._pick(("再", " and then ")).join(steps)
        if predicate == f"<{OWL}hasKey>":
            return self._pick(("、", ", ")).join(self.quoted(m) for m in self._members(obj))
        if predicate in _LISTS:
            return self._joined(predicate, obj, 0)
        return self.quoted(obj)

    def _expression(self, term: Term, depth: int) -> str:
        for predicate in _LISTS:
            for _, _, head in self._graph.match(term, predicate, None):
                return self._joined(predicate, head, depth)
        for predicate, form in _RESTRICTIONS.items():
            for _, _, filler in self._graph.match(term, predicate, None):
                on = next(iter(self._graph.match(term, _ON_PROPERTY, None)), None)
                if on:
                    return self._pick(form).format(
                        f"“{self.term(on[2])}”", self._part(filler, depth)
                    )
        return shorten(iri_value(term)) if is_iri(term) else term

    def _joined(self, predicate: Term, head: Term, depth: int) -> str:
        joint, frame = self._pick_pair(_LISTS[predicate])
        text = frame.format(joint.join(self._part(member, depth) for member in self._members(head)))
        return self._pick(("（{0}）", "({0})")).format(text) if depth else text

    def _pick_pair(self, texts: tuple[tuple[str, str], tuple[str, str]]) -> tuple[str, str]:
        return texts[0] if self._names.language == "zh" else texts[1]

    def _part(self, term: Term, depth: int) -> str:
        return self._expression(term, depth + 1) if is_anonymous(term) else f"“{self.term(term)}”"

    def _members(self, head: Term) -> list[Term]:
        found: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL and head not in seen:
            seen.add(head)
            first = next(iter(self._graph.match(head, _FIRST, None)), None)
            rest = next(iter(self._graph.match(head, _REST, None)), None)
            if first is None or rest is None:
                break
            found.append(first[2])
            head = rest[2]
        return found
