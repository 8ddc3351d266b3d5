"""A flow: stages side by side, bands from the members of one to those of the next."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from zsgraph.answers import Answer
from zsgraph.charts.canvas import across, down
from zsgraph.charts.frame import WIDTH, Drawing, Spec, heading, lacking, measure_title
from zsgraph.charts.lettering import ellipsis, pixels
from zsgraph.charts.rows import Rows, largest, measured, rows_of, tidy
from zsgraph.charts.theme import CATEGORIES
from zsgraph.findings import Message

_LIMIT: Final = 14
_GAP, _NODE, _LEAST = 12, 12, 16.0
_HEADING: Final = 26
_LABEL_COLUMNS: Final = 32

Link = tuple[str, str]


@dataclass(slots=True)
class Node:
    """A member of a stage: its edges, and how far its bands fill it on either side."""

    name: str
    top: float
    height: float
    out: float = 0.0
    into: float = 0.0


def flow(answer: Answer) -> Drawing | None:
    """Draw how members of each stage go together with those of the next, the largest first."""
    view = answer.query.view
    stages = view.channels["stages"]
    measure = view.channels.get(view.measure or "", ())
    rows = rows_of(answer, [*stages, *measure], [*stages, *measure])
    if not rows.records:
        return None
    between = [_links(answer, rows, left, right) for left, right in pairwise(stages)]
    totals = [_totals(between, place) for place in range(len(stages))]
    kept = [largest(total, view.limit(_LIMIT)) for total in totals]
    links = [
        {pair: v for pair, v in found.items() if pair[0] in kept[i] and pair[1] in kept[i + 1]}
        for i, found in enumerate(between)
    ]
    nodes = _nodes(links, kept)
    notes = _cut(answer, stages, kept, totals)
    return Drawing(
        _spec(answer, stages, links, nodes), [*notes, *lacking(answer, rows.left_out, rows.lacking)]
    )


def _links(answer: Answer, rows: Rows, left: str, right: str) -> dict[Link, float]:
    found = measured(
        answer, answer.query.view, rows.records, lambda r: (r[left].text, r[right].text)
    )
    return {(a, b): value for (a, b), value in found.items() if value > 0}


def _totals(between: list[dict[Link, float]], place: int) -> dict[str, float]:
    totals: dict[str, float] = defaultdict(float)
    side, found = (0, between[place]) if place < len(between) else (1, between[place - 1])
    for pair, value in found.items():
        totals[pair[side]] += value
    return totals


def _nodes(links: list[dict[Link, float]], kept: list[list[str]]) -> list[dict[str, Node]]:
    """Give each member its place; a member is as high as the wider of its two sides."""
    weights: list[dict[str, float]] = []
    for place, names in enumerate(kept):
        into = links[place - 1] if place else {}
        out = links[place] if place < len(links) else {}
        weights.append(
            {
                name: max(
                    sum(v for (_, b), v in into.items() if b == name),
                    sum(v for (a, _), v in out.items() if a == name),
                )
                for name in names
            }
        )
    weights = [{name: w for name, w in stage.items() if w} for stage in weights]
    most = max(len(stage) for stage in weights)
    heaviest = max(sum(stage.values()) for stage in weights)
    lightest = min(w for stage in weights for w in stage.values())
    scale = min(max(most * 24.0, 300.0) / heaviest, _LEAST * 3 / lightest)
    heights = [
        sum(max(w * scale, _LEAST) + _GAP for w in stage.values()) - _GAP for stage in weights
    ]
    nodes: list[dict[str, Node]] = []
    for stage, high in zip(weights, heights, strict=True):
        top = _HEADING + (max(heights) - high) / 2
        found: dict[str, Node] = {}
        for name, weight in stage.items():
            tall = max(weight * scale, _LEAST)
            inset = (tall - weight * scale) / 2
            found[name] = Node(name, top, tall, top + inset, top + inset)
            top += tall + _GAP
        nodes.append(found)
    return _with_scale(nodes, scale)


def _with_scale(nodes: list[dict[str, Node]], scale: float) -> list[dict[str, Node]]:
    nodes.append({"": Node("", 0.0, scale)})
    return nodes


def _spec(
    answer: Answer,
    stages: tuple[str, ...],
    links: list[dict[Link, float]],
    nodes: list[dict[str, Node]],
) -> Spec:
    scale = nodes.pop()[""].height
    high = max(node.top + node.height for found in nodes for node in found.values()) + 6
    left = max(pixels(_short(name)) for name in nodes[0]) + 12
    right = max(pixels(_short(name)) for name in nodes[-1]) + 12
    width = max(WIDTH, left + right + 260)
    starts = [
        left + place * (width - left - right - _NODE) / (len(nodes) - 1)
        for place in range(len(nodes))
    ]
    bands: list[dict[str, Any]] = []
    for place, found in enumerate(links):
        bands += _bands(found, nodes[place], nodes[place + 1], starts[place : place + 2], scale)
    title = measure_title(answer)
    boxes = [
        {
            "x": starts[place],
            "x2": starts[place] + _NODE,
            "y": node.top,
            "y2": node.top + node.height,
            "middle": node.top + node.height / 2,
            "label": _short(node.name),
            "full": node.name,
            "at": starts[place] + (-6 if place == 0 else _NODE + 6),
            "first": place == 0,
        }
        for place, found in enumerate(nodes)
        for node in found.values()
    ]
    heads = [
        {
            "x": starts[p] + (_NODE if p == 0 else 0),
            "y": 8,
            "label": heading(answer, n),
            "first": p == 0,
        }
        for p, n in enumerate(stages)
    ]
    names = list(nodes[0])
    colours = [CATEGORIES[place % len(CATEGORIES)] for place in range(len(names))]
    layers: list[Spec] = [
        {
            "data": {"values": bands},
            "mark": {"type": "area", "interpolate": "basis", "opacity": 0.45},
            "encoding": {
                "x": across("x", width),
                "y": down("y", high),
                "y2": {"field": "y2"},
                "detail": {"field": "band", "type": "nominal"},
                "color": {
                    "field": "from",
                    "type": "nominal",
                    "scale": {"domain": names, "range": colours},
                    "legend": None,
                },
                "tooltip": [
                    {"field": "from", "type": "nominal", "title": heading(answer, stages[0])},
                    {"field": "to", "type": "nominal", "title": heading(answer, stages[-1])},
                    {"field": "value", "type": "quantitative", "title": title},
                ],
            },
        },
        {
            "data": {"values": boxes},
            "mark": {"type": "rect", "style": "box"},
            "encoding": {
                "x": across("x", width),
                "x2": {"field": "x2"},
                "y": down("y", high),
                "y2": {"field": "y2"},
                "tooltip": [{"field": "full", "type": "nominal", "title": " "}],
            },
        },
    ]
    for values, where, style in ((boxes, "at", {}), (heads, "x", {"style": "muted"})):
        for first in (True, False):
            layers.append(
                {
                    "data": {"values": [v for v in values if v["first"] is first]},
                    "mark": {"type": "text", "align": "right" if first else "left", **style},
                    "encoding": {
                        "x": across(where, width),
                        "y": down("middle" if where == "at" else "y", high),
                        "text": {"field": "label", "type": "nominal"},
                    },
                }
            )
    return {"width": round(width), "height": round(high), "layer": layers}


def _bands(
    found: dict[Link, float],
    left: dict[str, Node],
    right: dict[str, Node],
    starts: list[float],
    scale: float,
) -> list[dict[str, Any]]:
    """Return the four corners, above and below, of each band; a basis spline rounds them."""
    data: list[dict[str, Any]] = []
    orders = [{name: i for i, name in enumerate(stage)} for stage in (left, right)]
    begin, end = starts[0] + _NODE, starts[1]
    ends: dict[Link, tuple[float, float]] = {}
    for pair in sorted(found, key=lambda p: (orders[0][p[0]], orders[1][p[1]])):
        node = left[pair[0]]
        ends[pair] = (node.out, 0.0)
        node.out += found[pair] * scale
    for pair in sorted(found, key=lambda p: (orders[1][p[1]], orders[0][p[0]])):
        node = right[pair[1]]
        ends[pair] = (ends[pair][0], node.into)
        node.into += found[pair] * scale
    middle = (begin + end) / 2
    for pair, value in found.items():
        for x, top in zip(
            (begin, middle, middle, end), [ends[pair][i] for i in (0, 0, 1, 1)], strict=True
        ):
            data.append(
                {
                    "x": x,
                    "y": top,
                    "y2": top + value * scale,
                    "band": "→".join(pair),
                    "from": pair[0],
                    "to": pair[1],
                    "value": tidy(value),
                }
            )
    return data


def _short(name: str) -> str:
    return ellipsis(name, _LABEL_COLUMNS)


def _cut(
    answer: Answer,
    stages: tuple[str, ...],
    kept: list[list[str]],
    totals: list[dict[str, float]],
) -> list[Message]:
    notes = []
    for stage, names, total in zip(stages, kept, totals, strict=True):
        more = len(total) - len(names)
        if more:
            head = next(c.heading for c in answer.columns if c.name == stage)
            notes.append(
                Message(
                    f"“{head.zh}”只画最前的 {len(names)} 项，另有 {more} 项见表。",
                    f"Of “{head.en}” the first {len(names)} are drawn; {more} "
                    "more are in the table.",
                )
            )
    return notes
