"""How a query is evaluated: its algebra, with what each triple pattern finds in the graph.

The engine does not tell its plan.  What is shown is the algebra that the standard prescribes and
any engine evaluates, and figures measured on the graph at hand.

Standard: SPARQL 1.1 Query Language, 18 Definition of SPARQL
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zsgraph.errors import QuerySyntaxError, ZsgraphError
from zsgraph.findings import Message
from zsgraph.namespaces import PREFIXES, shorten

if TYPE_CHECKING:
    from zsgraph.asking import Question
    from zsgraph.execution.worker import QueryWorker

_MOST_SECONDS: Final = 5.0
_CHILDREN: Final = ("p", "p1", "p2", "graph")
_JOINTS: Final = {"ConditionalAndExpression": " && ", "ConditionalOrExpression": " || "}
_IRI: Final = re.compile(r"<([^<>]+)>")
_INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan: how deep, what, and how many matches a triple pattern has."""

    depth: int
    text: str
    matches: str = ""


def explained(worker: "QueryWorker", question: "Question") -> Message:
    """Return how a query is evaluated, in both languages.

    Parameters
    ----------
    worker
        Counts what the patterns find, and runs the query once.
    question
        The query.

    Raises
    ------
    ZsgraphError
        If the query itself fails.
    """
    began = time.perf_counter()
    result = worker.run(question.request(worker, "tsv", "ntriples"), question.seconds)
    rows = sum(piece.count(b"\n") for piece in result) - (result.form == "solutions")
    taken = time.perf_counter() - began
    lines = list(_Plan(worker, question).lines())
    widest = max((2 * line.depth + len(line.text) for line in lines), default=0)
    tree = "\n".join(
        f"{_INDENT * line.depth}{line.text}".ljust(widest + 2 if line.matches else 0) + line.matches
        for line in lines
    )
    hint_zh, hint_en = _hint(lines)
    return Message(
        f"{tree}\n\n{rows} 行，{taken * 1000:.1f} 毫秒。右边是每个三元组模式单独匹配的次数。\n"
        f"引擎不公布自己的连接次序；上面是标准规定的代数式。{hint_zh}",
        f"{tree}\n\n{rows} rows in {taken * 1000:.1f} ms. On the right: how often each triple "
        "pattern matches by itself.\nThe engine does not tell the order of its joins; above is the "
        f"algebra that the standard prescribes.{hint_en}",
    )


def _hint(lines: list[Line]) -> tuple[str, str]:
    if not any("NOT EXISTS" in line.text or "path" in line.text for line in lines):
        return "", ""
    return (
        "\n引擎不改变属性路径和 NOT EXISTS 前后的次序：把已知的一端写在前面的子查询里，"
        "NOT EXISTS 可改用 MINUS。",
        "\nThe engine keeps the order around property paths and NOT EXISTS: put what is known into "
        "a sub-select in front; MINUS may replace NOT EXISTS.",
    )


class _Plan:
    """Walks the algebra of a query."""

    def __init__(self, worker: "QueryWorker", question: "Question") -> None:
        from rdflib.plugins.sparql.algebra import translateQuery
        from rdflib.plugins.sparql.parser import parseQuery

        self._worker = worker
        self._question = question
        try:
            parsed = parseQuery(question.text)
            self._algebra = translateQuery(parsed, initNs=PREFIXES).algebra
        except Exception as error:  # pyparsing and rdflib raise many kinds
            raise QuerySyntaxError(
                f"这个查询用了标准之外的写法，无法说明：{error}",
                f"The query goes beyond the standard and cannot be explained: {error}",
            ) from None

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the plan from the outermost operation inwards."""
        yield from self._node(self._algebra, 0)

    def _node(self, node: Any, depth: int) -> Iterator[Line]:
        name = str(node.name)
        if name == "BGP":
            if node.triples:
                yield Line(depth, "BGP")
            yield from self._patterns(node.triples, depth + 1)
            return
        detail = self._detail(node, name)
        if name not in ("SelectQuery", "ToMultiSet", "Join") or detail:
            yield Line(depth, f"{name} {detail}".rstrip())
            depth += 1
        for key in _CHILDREN:
            child = node.get(key)
            if hasattr(child, "name"):
                yield from self._node(child, depth)
        for pattern in _inner(node.get("expr")):
            yield from self._node(pattern, depth)

    def _patterns(self, triples: list[Any], depth: int) -> Iterator[Line]:
        for triple in triples:
            shown = " ".join(map(_term, triple))
            query = " ".join(part.n3() for part in triple)
            path = "" if hasattr(triple[1], "toPython") else "  (path)"
            yield Line(depth, shown + path, self._count(query))

    def _count(self, pattern: str) -> str:
        from dataclasses import replace

        text = f"SELECT (COUNT(*) AS ?matches) {{ {pattern} }}"
        question = replace(self._question, text=text, bindings={}, limit=None)
        seconds = min(_MOST_SECONDS, self._question.seconds)
        try:
            result = self._worker.run(question.request(self._worker, "csv", ""), seconds)
            return f"{int(b''.join(result).split()[1]):,}"
        except ZsgraphError:
            return f"> {seconds:g} s"

    def _detail(self, node: Any, name: str) -> str:
        if name in ("Project", "SelectQuery"):
            return " ".join(f"?{v}" for v in node.get("PV") or ()) if name == "Project" else ""
        if name == "Slice":
            end = f" LIMIT {node.length}" if node.length is not None else ""
            return f"OFFSET {node.start}{end}"
        if name == "Graph":
            return _term(node.term)
        if name == "Extend":
            return f"?{node.var} = {_expression(node.expr)}"
        if name in ("Filter", "LeftJoin"):
            shown = _expression(node.expr)
            return "" if str(node.expr.name) == "TrueFilter" else shown
        if name == "OrderBy":
            return ", ".join(f"{c.order or 'ASC'} {_expression(c.expr)}" for c in node.expr)
        if name == "Group":
            return ", ".join(_expression(e) for e in node.expr or ())
        if name == "AggregateJoin":
            return ", ".join(_expression(e) for e in node.A)
        return f"{len(node.res)}" if name == "values" else ""


def _inner(expression: Any) -> Iterator[Any]:
    """Yield the patterns inside EXISTS and NOT EXISTS."""
    if not hasattr(expression, "name"):
        return
    if "EXISTS" in str(expression.name).upper():
        yield expression.graph
        return
    for value in expression.values():
        for part in value if isinstance(value, list) else [value]:
            yield from _inner(part)


def _expression(expression: Any) -> str:
    name = str(getattr(expression, "name", ""))
    if not name or not hasattr(expression, "items"):
        return _term(expression)
    if "EXISTS" in name.upper():
        return "NOT EXISTS" if "NOT" in name.upper() else "EXISTS"
    if name == "RelationalExpression" and not isinstance(expression.other, list):
        return f"{_expression(expression.expr)} {expression.op} {_expression(expression.other)}"
    if name in _JOINTS:
        parts = [expression.expr, *expression.other]
        return f"({_JOINTS[name].join(map(_expression, parts))})"
    arguments = []
    for key, value in expression.items():
        parts = value if isinstance(value, list) else [value]
        if key not in ("_vars", "res", "datatype_"):
            arguments += [_expression(part) for part in parts]
    return f"{name.removeprefix('Builtin_')}({', '.join(arguments)})"


def _term(term: Any) -> str:
    if hasattr(term, "n3"):
        return _IRI.sub(lambda iri: shorten(iri[1]), str(term.n3()))
    return str(term)
