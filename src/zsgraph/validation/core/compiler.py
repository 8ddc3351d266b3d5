"""From the shapes' triples to shapes that are ready to be checked."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from zsgraph.namespaces import RDF, RDFS, SH
from zsgraph.shape_graph import Node, Nodes, iri_of, members, text_of
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri, literal_parts
from zsgraph.validation.core import constraints as c
from zsgraph.validation.core.shapes import (
    Combined,
    Conforms,
    Counted,
    HasValue,
    Shape,
    UnsupportedError,
)

#: What says nothing of whether data conform.
_SILENT: Final = frozenset(
    SH + name
    for name in ("name", "description", "message", "order", "group", "defaultValue", "severity",
                 "path", "property", "targetClass", "targetNode", "flags")
)  # fmt: skip
_COUNTS: Final = frozenset(
    SH + name
    for name in ("minCount", "maxCount", "qualifiedValueShape", "qualifiedMinCount",
                 "qualifiedMaxCount")
)  # fmt: skip
_COMBINED: Final = ("and", "or", "xone")
_TARGETED: Final = (SH + "targetClass", SH + "targetNode")


def compile_shapes(triples: Iterable[Triple]) -> list[Shape]:
    """Return the shapes that have a target.

    Parameters
    ----------
    triples
        All shapes; blank nodes have IRIs of their own.

    Raises
    ------
    UnsupportedError
        If they use something of SHACL that is not compiled.
    """
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    for subject, predicate, obj in triples:
        nodes[subject][iri_value(predicate)].append(obj)
    compiler = _Compiler(nodes)
    return [
        compiler.shape(term)
        for term, node in list(nodes.items())
        if any(name in node for name in _TARGETED) or _is_implicit(node)
    ]


def predicates_of(shapes: Iterable[Shape]) -> set[Term]:
    """Return the predicates of all paths, those of nested shapes included."""
    found: set[Term] = set()
    seen: set[Term] = set()
    pending = list(shapes)
    while pending:
        shape = pending.pop()
        if shape.iri in seen:
            continue
        seen.add(shape.iri)
        if shape.path is not None:
            found.add(shape.path)
        pending += shape.properties
        pending += [count.shape for count in shape.counts if count.shape is not None]
        for constraint in shape.constraints:
            if isinstance(constraint, Combined):
                pending += constraint.shapes
            elif isinstance(constraint, Conforms):
                pending.append(constraint.shape)
    return found


def _is_implicit(node: Node) -> bool:
    if f"<{RDFS}Class>" in node.get(iri_value(RDF_TYPE), ()) and _is_shape(node):
        raise UnsupportedError("implicit class targets")
    return False


def _is_shape(node: Node) -> bool:
    return any(name.startswith(SH) for name in node)


class _Compiler:
    """Compiles each node once; a shape that leads back to itself is not supported."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._shapes: dict[Term, Shape] = {}
        self._open: set[Term] = set()

    def shape(self, term: Term) -> Shape:
        """Return the shape of a node."""
        found = self._shapes.get(term)
        if found is None:
            if term in self._open:
                raise UnsupportedError("recursive shapes")
            self._open.add(term)
            found = self._shapes[term] = self._compile(term, self._nodes[term])
            self._open.discard(term)
        return found

    def _compile(self, term: Term, node: Node) -> Shape:
        path, inverse = self._path(node)
        shape = Shape(
            term,
            path,
            inverse,
            iri_of(node, SH + "severity") or SH + "Violation",
            list(node.get(SH + "targetClass", ())),
            set(node.get(SH + "targetNode", ())),
        )
        shape.properties = [self.shape(other) for other in node.get(SH + "property", ())]
        shape.counts = list(self._counts(node))
        shape.has_values = [HasValue(value) for value in node.get(SH + "hasValue", ())]
        for predicate, values in node.items():
            if predicate.startswith(SH) and predicate not in _SILENT | _COUNTS:
                for value in values:
                    shape.constraints += self._constraint(node, predicate[len(SH) :], value)
        return shape

    def _path(self, node: Node) -> tuple[Term | None, bool]:
        values = node.get(SH + "path", [])
        if not values:
            return None, False
        (value,) = values
        other = self._nodes.get(value, {}) if value in self._nodes else {}
        inverse = other.get(SH + "inversePath", [])
        if inverse and is_iri(inverse[0]) and inverse[0] not in self._nodes:
            return inverse[0], True
        if RDF + "first" in other or any(name.startswith(SH) and "Path" in name for name in other):
            raise UnsupportedError("property paths other than a predicate or its inverse")
        return value, False

    def _counts(self, node: Node) -> Iterable[Counted]:
        for start, shape in (("", None), ("qualified", self._qualified(node))):
            least, most = (
                text_of(node, SH + (f"{start}{end}Count" if start else f"{end.lower()}Count"))
                for end in ("Min", "Max")
            )
            if int(least or 0) or most:
                yield Counted(int(least or 0), int(most) if most else None, shape)

    def _qualified(self, node: Node) -> Shape | None:
        values = node.get(SH + "qualifiedValueShape", [])
        if len(values) > 1:
            raise UnsupportedError("several qualified shapes of one property")
        return self.shape(values[0]) if values else None

    def _constraint(self, node: Node, name: str, value: Term) -> list[c.ValueConstraint]:
        if name in _COMBINED:
            listed = members(self._nodes, {name: [value]}, name)
            return [Combined(name, tuple(map(self.shape, listed)))]
        if name == "not":
            return [Combined(name, (self.shape(value),))]
        if name == "node":
            return [Conforms(self.shape(value))]
        if name == "hasValue":
            return []
        if name == "in":
            return [c.Among(frozenset(members(self._nodes, {name: [value]}, name)))]
        if name == "languageIn":
            tags = (literal_parts(t)[0] for t in members(self._nodes, {name: [value]}, name))
            return [c.languages(tuple(tags))]
        return [_simple(node, name, value)]


def _simple(node: Node, name: str, value: Term) -> c.ValueConstraint:
    """Return a constraint whose parameter is one term."""
    if name == "class":
        return c.HasClass(value)
    if name == "datatype":
        return c.datatype(iri_value(value))
    if name == "nodeKind":
        return c.node_kind(iri_value(value).removeprefix(SH))
    if name in ("minLength", "maxLength"):
        return c.length(name, int(literal_parts(value)[0]))
    if name in c.RANGES and (limit := c.number(value)) is not None:
        return c.number_range(name, limit)
    if name == "pattern":
        try:
            return c.pattern(literal_parts(value)[0], text_of(node, SH + "flags"))
        except (re.error, KeyError):
            raise UnsupportedError("this regular expression") from None
    raise UnsupportedError(f"sh:{name}")
