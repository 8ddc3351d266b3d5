"""Charts of answers as pictures, drawn once for a graph and kept."""

import re
from collections import OrderedDict
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Final

from starlette.requests import Request

from zsgraph.answers import Answer
from zsgraph.charts import chart
from zsgraph.views import View
from zsgraph.web.beside import beside
from zsgraph.web.served import Served

#: Media types of pictures, by the ending of their address.
PICTURES: Final = {"svg": "image/svg+xml", "png": "image/png"}
_KEPT: Final = 256
_FEW: Final = 6  # things that a small chart shows
_SHAPE: Final = 0.49  # height of a small chart, of its width; what is lower is cut off
_FRAME: Final = re.compile(r' width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"')


def can_draw() -> bool:
    """Tell whether the renderer of charts, which is an extra, is installed."""
    return find_spec("vl_convert") is not None


def has_chart(view: View) -> bool:
    """Tell whether a view is a chart, and charts can be drawn."""
    return view.type != "table" and can_draw()


async def picture(
    request: Request, served: Served, answer: Answer, form: str, theme: str, small: bool = False
) -> bytes:
    """Return the chart of an answer.

    Parameters
    ----------
    request
        Whose application bounds how many are drawn at the same time.
    served
        The graph, which keeps what was drawn last.
    answer
        The answer.
    form
        A key of :data:`PICTURES`.
    theme
        ``light`` or ``dark``.
    small
        Only the first things, without title.

    Raises
    ------
    UsageError, ChartError
        If there is no such theme, or nothing to draw with.
    """
    kept: OrderedDict[Any, bytes] = served.kept.setdefault("pictures", OrderedDict())  # type: ignore[assignment]
    key = (answer.query.name, answer.language, form, theme, small, *sorted(answer.values.items()))
    if key not in kept:
        kept[key] = await beside(request, lambda: _drawn(answer, form, theme, small))
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return kept[key]


def _drawn(answer: Answer, form: str, theme: str, small: bool) -> bytes:
    if form == "png":
        return chart(answer, theme).to_png()
    if small and "limit" in answer.query.view.options:
        view = answer.query.view
        view = replace(view, options={**view.options, "limit": _FEW})
        answer = replace(answer, query=replace(answer.query, view=view))
    drawn = chart(answer, theme).untitled().to_svg()
    return (_FRAME.sub(_cut, drawn, count=1) if small else drawn).encode()


def _cut(frame: re.Match[str]) -> str:
    wide = float(frame[1])
    high = min(float(frame[2]), wide * _SHAPE)
    return f' width="{wide:g}" height="{high:g}" viewBox="0 0 {wide:g} {high:g}"'
