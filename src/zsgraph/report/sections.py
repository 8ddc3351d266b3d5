"""What the report says of each query."""

import re
from dataclasses import dataclass
from typing import Any, Final

from zsgraph.answers import Answer, answer
from zsgraph.charts import Chart, chart
from zsgraph.charts.theme import DARK, LIGHT
from zsgraph.formats import to_csv
from zsgraph.queries import FOLDERS, NamedQuery
from zsgraph.report.references import Reference, references_of
from zsgraph.store import Graph

_REFERENCE: Final = re.compile(r'(id="|url\(#|href="#)')


@dataclass(frozen=True, slots=True)
class Section:
    """What the report says of one query.

    Attributes
    ----------
    number
        Its number among the questions; 0 for another query.
    chart
        The chart; None where the answer is a table only.
    svg
        The chart as SVG, without the title that the page itself gives.
    """

    number: int
    answer: Answer
    chart: Chart | None
    svg: str
    rows: list[list[str]]
    references: list[Reference]

    @property
    def query(self) -> NamedQuery:
        """The query."""
        return self.answer.query

    @property
    def inline(self) -> str:
        """The chart as SVG that stands beside others in one page."""
        return _REFERENCE.sub(rf"\g<1>{self.query.name}-", self.svg)

    @property
    def csv(self) -> str:
        """The answer as CSV."""
        return to_csv(self.answer)

    @property
    def sparql(self) -> str:
        """The query without its header."""
        lines = self.query.text.splitlines()
        return "\n".join(line for line in lines if not line.startswith("#+")).strip()


def section(graph: Graph, query: NamedQuery, language: str, number: int) -> Section:
    """Ask a query and draw its answer.

    Raises
    ------
    ChartError
        If the renderer or a font is missing.
    KnowledgeError
        If the query is faulty.
    """
    result = answer(graph, query, language=language)
    drawn = chart(result) if query.view.type != "table" else None
    svg = drawn.untitled().to_svg() if drawn else ""
    numbered = number if query.folder == FOLDERS[0] else 0
    return Section(numbered, result, drawn, svg, result.texts(), references_of(graph, result))


def night_rules() -> list[tuple[str, str]]:
    """Return the colours of charts that change in the dark, each with what it becomes."""
    pairs: dict[str, str] = {}
    for name in ("page", "ink", "muted", "line", "empty"):
        pairs[getattr(LIGHT, name)] = getattr(DARK, name)
    return sorted(pairs.items())


def facts(graph: Graph) -> dict[str, Any]:
    """Return what the report's head tells of the graph."""
    told = graph.description
    return {
        "version": told.get("version", ""),
        "built": told.get("built", ""),
        "triples": int(told.get("asserted", 0)) + int(told.get("inferred", 0)),
        "rows": sum(told.get("rows", {}).values()),
    }
