"""A contradiction in the graph, and how to tell a person of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from zsgraph.findings import Message
from zsgraph.namespaces import shorten
from zsgraph.terms import Term, Triple, iri_value, is_iri

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "eq-diff1": ("{0} 与 {1} 既相同又相异。", "{0} and {1} are the same and yet different."),
    "eq-diff2": (
        "{0} 与 {1} 被列为互不相同的事物，却又相同。",
        "{0} and {1} are listed as all different, and yet are the same.",
    ),
    "prp-irp": (
        "{0} 以 {1} 指向自身，而 {1} 不可自反。",
        "{0} has itself as {1}, which is irreflexive.",
    ),
    "prp-asyp": (
        "{0} 与 {1} 以 {2} 互指，而 {2} 是非对称的。",
        "{0} and {1} have each other as {2}, which is asymmetric.",
    ),
    "prp-pdw": (
        "{0} 与 {1} 之间同时有互斥的关系 {2} 和 {3}。",
        "{0} and {1} are related by both {2} and {3}, which exclude each other.",
    ),
    "prp-npa1": (
        "已声明 {0} 的 {2} 不是 {1}，却又得出是。",
        "It is stated that {0} does not have {1} as {2}, and yet it has.",
    ),
    "cls-nothing2": (
        "{0} 属于不可能有成员的类。",
        "{0} belongs to a class that can have no members.",
    ),
    "cls-com": (
        "{0} 同时属于 {1} 和它的补类 {2}。",
        "{0} belongs both to {1} and to its complement {2}.",
    ),
    "cls-maxc1": (
        "{0} 不允许有 {1}，却有 {2}。",
        "{0} may have no value of {1}, and yet has {2}.",
    ),
    "cax-dw": (
        "{0} 同时属于互斥的类 {1} 和 {2}。",
        "{0} belongs to both {1} and {2}, which are disjoint.",
    ),
    "dt-not-type": ("{0} 不是合法的 {1} 值。", "{0} is not a valid value of {1}."),
    "dt-diff": (
        "{0} 的 {1} 至多一个值，却有不同的值 {2} 和 {3}。",
        "{0} may have at most one value of {1}, and yet has {2} and {3}, which differ.",
    ),
    "other": ("推理发现矛盾：{0}", "The reasoner found a contradiction: {0}"),
}
_SENTENCE_OF: Final = {
    "eq-diff3": "eq-diff2",
    "prp-adp": "prp-pdw",
    "prp-npa2": "prp-npa1",
    "cls-maxqc1": "cls-maxc1",
    "cls-maxqc2": "cls-maxc1",
    "cax-adc": "cax-dw",
}


def short_name(term: Term) -> str:
    """Return a term as a person would write it: prefixed name or literal."""
    return shorten(iri_value(term)) if is_iri(term) else term


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """One contradiction.

    Attributes
    ----------
    rule
        Name of the OWL 2 RL/RDF rule that concludes *false*, such as ``cax-dw``.
    individuals
        The things it is about.
    terms
        What the sentence names after the individuals: classes, properties, values.
    triples
        The facts and axioms that cannot be true together, as far as they are known.
    """

    rule: str
    individuals: tuple[Term, ...]
    terms: tuple[Term, ...] = ()
    triples: tuple[Triple, ...] = ()

    def message(self, name: Callable[[Term], str] = short_name) -> Message:
        """Return the sentence that tells of it.

        Parameters
        ----------
        name
            Gives the text for a term, for example its label.
        """
        zh, en = _SENTENCES.get(_SENTENCE_OF.get(self.rule, self.rule), _SENTENCES["other"])
        names = [name(term) for term in (*self.individuals, *self.terms)]
        try:
            return Message(zh.format(*names), en.format(*names))
        except IndexError:  # a reasoner that does not tell what it is about
            zh, en = _SENTENCES["other"]
            told = f"{self.rule} ({', '.join(names)})"
            return Message(zh.format(told), en.format(told))
