"""Which triples a verify query looks at, and how from one to the next: read from its algebra.

Standard: SPARQL 1.1 Query Language (https://www.w3.org/TR/sparql11-query/#sparqlAlgebra).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, product
from typing import Any, Final

from rdflib import Literal, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from zsgraph.namespaces import PREFIXES
from zsgraph.terms import Term
from zsgraph.validation.patterns import Alternatives, Pattern

#: So many combinations of alternatives are told apart; of more, all patterns are taken together.
_MOST: Final = 32


def patterns_of(text: str) -> Alternatives:
    """Return the patterns of a query; each inner list holds those that are joined.

    Parameters
    ----------
    text
        A SELECT query; the prefixes of :data:`zsgraph.namespaces.PREFIXES` are known.

    Raises
    ------
    SyntaxError
        If it is not SPARQL.
    """
    try:
        algebra = prepareQuery(text, initNs=PREFIXES).algebra
    except Exception as error:  # rdflib lets through what its parsers and translators raise
        raise SyntaxError(str(error)) from error
    return _Reader(_value_lists(algebra)).read(algebra)


def _parts(node: CompValue) -> Iterator[Any]:
    yield from (part for part in node.values() if part is not None)


def _value_lists(node: Any) -> dict[str, tuple[Term, ...]]:
    """Return the resources that VALUES and BIND allow for each variable."""
    found: dict[str, list[Term]] = {}

    def visit(part: Any) -> None:
        if isinstance(part, CompValue):
            if part.name in ("values", "ToMultiSet") and isinstance(part.get("res"), list):
                for row in part["res"]:
                    for variable, value in row.items():
                        if isinstance(value, URIRef):
                            found.setdefault(f"?{variable}", []).append(f"<{value}>")
            for inner in _parts(part):
                visit(inner)
        elif isinstance(part, list | tuple):
            for inner in part:
                visit(inner)

    visit(node)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


class _Reader:
    """Reads patterns from a query's algebra.

    Parameters
    ----------
    values
        By variable the resources that VALUES allows.
    """

    def __init__(self, values: dict[str, tuple[Term, ...]]) -> None:
        self._values = values
        self._fresh = count()

    def read(self, node: Any) -> Alternatives:
        """Return the alternatives of a part of the algebra."""
        if isinstance(node, list | tuple):
            return _joined([self.read(part) for part in node if isinstance(part, CompValue)])
        if not isinstance(node, CompValue):
            return [[]]
        if node.name == "BGP":
            return _joined([self._triple(*triple) for triple in node.triples])
        if node.name == "Union":
            return [*self.read(node.p1), *self.read(node.p2)]
        if node.name in ("LeftJoin", "Minus"):
            return _joined([self.read(node.p1), self._optional(node.p2), self._optional(node.expr)])
        if node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return self._optional(node.graph)
        return _joined([self.read(part) for part in _parts(node)])

    def _optional(self, node: Any) -> Alternatives:
        """Return all patterns of a part without which there may be an answer."""
        found = [p for patterns in self.read(node) for p in patterns]
        return [[replace(pattern, required=False) for pattern in found]]

    def _triple(self, s: Any, p: Any, o: Any) -> Alternatives:
        return self._path(self._end(s), p, self._end(o))

    def _path(self, s: str, path: Any, o: str) -> Alternatives:
        if isinstance(path, URIRef):
            return [[Pattern(s, (f"<{path}>",), o)]]
        if isinstance(path, Variable):
            return [[Pattern(s, self._values.get(f"?{path}", ()), o)]]
        if isinstance(path, InvPath):
            return self._path(o, path.arg, s)
        if isinstance(path, SequencePath):
            inner = [f"?_{next(self._fresh)}" for _ in path.args[1:]]
            ends = [s, *inner, o]
            return _joined([self._path(ends[n], a, ends[n + 1]) for n, a in enumerate(path.args)])
        if isinstance(path, AlternativePath):
            if all(isinstance(a, URIRef) for a in path.args):
                return [[Pattern(s, tuple(f"<{a}>" for a in path.args), o)]]
            return [found for a in path.args for found in self._path(s, a, o)]
        if isinstance(path, MulPath):
            return self._repeated(s, path, o)
        raise ValueError(f"a path that is not known: {path}")

    def _repeated(self, s: str, path: MulPath, o: str) -> Alternatives:
        found = [
            [replace(p, repeated=p.repeated or path.mod != "?") for p in patterns]
            for patterns in self._path(s, path.path, o)
        ]
        # Without any step both ends are one; the other patterns meet in it.
        return [*found, [Pattern(s, (), s, required=False)]] if path.zero else found

    @staticmethod
    def _end(node: Any) -> str:
        if isinstance(node, Variable):
            return f"?{node}"
        return f"<{node}>" if isinstance(node, URIRef) else _literal(node)


def _literal(node: Any) -> str:
    return str(node.n3()) if isinstance(node, Literal) else f"?_{node}"


def _joined(parts: list[Alternatives]) -> Alternatives:
    combined = 1
    for part in parts:
        combined *= len(part)
    if combined > _MOST:
        return [[pattern for part in parts for patterns in part for pattern in patterns]]
    return [[p for patterns in chosen for p in patterns] for chosen in product(*parts)]
