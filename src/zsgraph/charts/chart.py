"""A chart: its specification, and what it is rendered as."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zsgraph.answers import Answer
from zsgraph.charts.bar import bars, columns
from zsgraph.charts.dots import dots
from zsgraph.charts.flow import flow
from zsgraph.charts.frame import Drawing, Spec, framed, message
from zsgraph.charts.matrix import matrix
from zsgraph.charts.theme import THEMES
from zsgraph.charts.tile_map import tile_map
from zsgraph.charts.timeline import timeline
from zsgraph.charts.tree import tree
from zsgraph.errors import UsageError

_DRAWN: Final[dict[str, Callable[[Answer], Drawing | None]]] = {
    "bar": bars,
    "columns": columns,
    "dots": dots,
    "timeline": timeline,
    "matrix": matrix,
    "map": tile_map,
    "tree": tree,
    "flow": flow,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of an answer.

    Attributes
    ----------
    drawing
        A Vega-Lite specification without configuration.
    theme
        ``light`` or ``dark``.
    language
        ``zh`` or ``en``.
    """

    drawing: Spec
    theme: str = "light"
    language: str = "zh"

    @property
    def spec(self) -> Spec:
        """The whole Vega-Lite specification, with the colours of the theme."""
        return {**self.drawing, "config": THEMES[self.theme].config()}

    def untitled(self) -> "Chart":
        """Return the chart without title and answer, for a page that gives them itself."""
        drawing = {key: value for key, value in self.drawing.items() if key != "title"}
        return Chart(drawing, self.theme, self.language)

    @property
    def title(self) -> str:
        """The title and the answer in words, for those who cannot see the chart."""
        return str(self.drawing["description"])

    def to_svg(self) -> str:
        """Return the chart as SVG, its letters as text.

        Raises
        ------
        ChartError
            If the renderer or a font for Chinese is missing; the message says what to install.
        """
        from zsgraph.charts.render import svg

        return svg(self.spec)

    def to_png(self, scale: float = 2) -> bytes:
        """Return the chart as PNG.

        Parameters
        ----------
        scale
            Pixels of the picture for a pixel of the chart.

        Raises
        ------
        ChartError
            If the renderer or a font for Chinese is missing; the message says what to install.
        """
        from zsgraph.charts.render import png

        return png(self.spec, scale)

    def to_html(self) -> str:
        """Return a page that holds the chart and all it needs; light or dark as the reader's is.

        Raises
        ------
        ChartError
            If the renderer is missing; the message says what to install.
        """
        from zsgraph.charts.page import page

        return page(self.drawing, self.title, self.language)

    def save(self, path: Path) -> None:
        """Write the chart to a file whose name ends in ``.svg``, ``.png`` or ``.html``.

        Raises
        ------
        UsageError
            If its name ends otherwise.
        ChartError
            If the file cannot be written, or the renderer or a font is missing.
        """
        from zsgraph.charts.files import write

        write(self, path)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the chart in a notebook: as a specification, else as a picture."""
        return {
            "application/vnd.vegalite.v6+json": self.spec,
            "image/svg+xml": self.to_svg(),
            "text/plain": self.title,
        }


def chart(answer: Answer, theme: str = "light") -> Chart:
    """Return the chart that the query of an answer names as its view.

    Parameters
    ----------
    answer
        The answer.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    UsageError
        If the query names no chart, or there is no such theme.
    KnowledgeError
        If its view does not fit its answer.
    """
    if theme not in THEMES:
        raise UsageError(
            f"没有“{theme}”这种主题；可用：{'、'.join(THEMES)}。",
            f"There is no theme “{theme}”; known are: {', '.join(THEMES)}.",
        )
    query = answer.query
    draw = _DRAWN.get(query.view.type)
    if draw is None:
        raise UsageError(
            f"查询 {query.name} 的头部没有给出图（view），只有表。",
            f"Query {query.name} names no chart (view) in its header; it is a table.",
        )
    drawing = draw(answer) or _nothing(answer)
    return Chart(framed(answer, drawing), theme, answer.language)


def _nothing(answer: Answer) -> Drawing:
    if answer.terms:
        return message(
            answer, "没有一行有画图所需的值。", "No row has the values that the chart needs."
        )
    return message(answer, "没有符合条件的结果，无图可画。", "Nothing matches; nothing to draw.")
