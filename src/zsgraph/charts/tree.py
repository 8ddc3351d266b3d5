"""A tree: what rests on what, one line for each thing, indented below what it rests on."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from zsgraph.answers import Answer
from zsgraph.charts.canvas import across, down
from zsgraph.charts.frame import WIDTH, Drawing, Spec
from zsgraph.charts.lettering import ellipsis
from zsgraph.charts.rows import NOTHING, Item, Record, rows_of
from zsgraph.charts.series import category_of, series_of
from zsgraph.findings import Message

_LIMIT: Final = 60
_ROW, _INDENT, _DOT = 22, 26, 46
_COLUMNS: Final = 108
_UP: Final = "↑"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing in the tree: how deep it stands, and how it relates to what is above it."""

    item: Item
    depth: int
    relation: Item
    parent: int
    again: bool


@dataclass(frozen=True, slots=True)
class Family:
    """What stands below each thing, with the relation, and what each thing is."""

    children: dict[str, dict[str, Item]]
    items: dict[str, Item]
    times: dict[str, str]


def tree(answer: Answer) -> Drawing | None:
    """Draw which things stand below which.

    A thing below several others is drawn in full once, and named in grey in the other places.
    """
    view = answer.query.view
    above, below = view.channels["from"][0], view.channels["to"][0]
    extra = [name for name in map(view.column, ("direction", "colour", "time")) if name]
    rows = rows_of(answer, [above, below, *extra], [above, below])
    if not rows.records:
        return None
    family = _family(answer, rows.records)
    ordered = _lines(family)
    shown = ordered[: view.limit(_LIMIT)]
    series = series_of(
        answer, view.column("colour"), [line.relation for line in shown if line.depth]
    )
    notes = []
    if len(shown) < len(ordered):
        notes.append(
            Message(
                f"图中是最大的几支共 {len(shown)} 行，另有 {len(ordered) - len(shown)} 行见表；"
                "给出参数可看单独一支。",
                f"The largest branches are drawn, {len(shown)} lines; {len(ordered) - len(shown)} "
                "more are in the table. A parameter shows one branch alone.",
            )
        )
    if any(line.again for line in shown):
        notes.append(
            Message("灰字：在别处已画出其下各项。", "Grey: what is below it is drawn elsewhere.")
        )
    spec = _spec(answer, shown, family)
    spec["layer"][-1]["encoding"]["color"] = series.encoding()
    return Drawing(spec, [*notes, *series.notes])


def _family(answer: Answer, records: list[Record]) -> Family:
    view = answer.query.view
    start, end = view.channels["from"][0], view.channels["to"][0]
    direction, time = view.column("direction"), view.column("time")
    family = Family(defaultdict(dict), {}, {})
    for record in records:
        upward = direction is not None and record[direction].text == _UP
        above, below = (record[end], record[start]) if upward else (record[start], record[end])
        relation = category_of(answer, record, view.column("colour"))
        family.children[above.key].setdefault(below.key, relation)
        family.items[above.key], family.items[below.key] = above, below
        if time and record[time].text:
            family.times[record[end].key] = record[time].text
    return family


def _lines(family: Family) -> list[Line]:
    """Return the lines of the tree, the largest branches first."""
    inner = {child for children in family.children.values() for child in children}
    roots = [key for key in family.children if key not in inner]
    roots += [key for key in family.children if not _reached(family, roots, key)]
    sizes = {key: len(_below(family, key)) for key in family.items}
    ordered: list[Line] = []
    drawn: set[str] = set()
    for root in sorted(roots, key=lambda key: (-sizes[key], family.times.get(key, ""), key)):
        if root not in drawn:
            _draw(
                family, sizes, root, Line(family.items[root], 0, NOTHING, -1, False), ordered, drawn
            )
    return ordered


def _draw(
    family: Family,
    sizes: dict[str, int],
    key: str,
    line: Line,
    ordered: list[Line],
    drawn: set[str],
) -> None:
    place = len(ordered)
    ordered.append(line)
    drawn.add(key)
    if line.again:
        return
    children = family.children.get(key, {})
    for child in sorted(children, key=lambda k: (-sizes[k], family.times.get(k, "9"), k)):
        again = child in drawn and bool(family.children.get(child))
        below = Line(family.items[child], line.depth + 1, children[child], place, again)
        _draw(family, sizes, child, below, ordered, drawn)


def _below(family: Family, key: str) -> set[str]:
    found: set[str] = set()
    pending = [key]
    while pending:
        for child in family.children.get(pending.pop(), ()):
            if child not in found:
                found.add(child)
                pending.append(child)
    return found


def _reached(family: Family, roots: list[str], key: str) -> bool:
    return any(key == root or key in _below(family, root) for root in roots)


def _spec(answer: Answer, shown: list[Line], family: Family) -> Spec:
    high = len(shown) * _ROW
    dated = bool(family.times)
    middle = [place * _ROW + _ROW / 2 for place in range(len(shown))]
    data = [
        {
            "x": line.depth * _INDENT + 6,
            "elbow": (line.depth - 1) * _INDENT + 6,
            "text": line.depth * _INDENT + 16,
            "y": middle[place],
            "above": middle[line.parent] if line.parent >= 0 else middle[place],
            "label": ellipsis(line.item.text, _COLUMNS - 4 * line.depth),
            "full": line.item.text,
            "time": family.times.get(line.item.key, ""),
            "series": line.relation.text,
            "again": line.again,
        }
        for place, line in enumerate(shown)
    ]
    x, y = across, down
    relation = {"filter": "datum.series != ''"}
    layers: list[Spec] = [
        {
            "transform": [relation],
            "mark": {"type": "rule", "style": "connector", "strokeWidth": 1.4},
            "encoding": {"x": x("elbow", WIDTH), "y": y("above", high), "y2": {"field": "y"}},
        },
        {
            "transform": [relation],
            "mark": {"type": "rule", "style": "connector", "strokeWidth": 1.4},
            "encoding": {"x": x("elbow", WIDTH), "x2": {"field": "x"}, "y": y("y", high)},
        },
        *(
            {
                "transform": [{"filter": f"{'' if again else '!'}datum.again"}],
                "mark": {"type": "text", "align": "left"} | ({"style": "muted"} if again else {}),
                "encoding": {
                    "x": x("text", WIDTH),
                    "y": y("y", high),
                    "text": {"field": "label", "type": "nominal"},
                },
            }
            for again in (False, True)
        ),
        {
            "mark": {"type": "text", "align": "right", "style": "muted", "x": WIDTH},
            "encoding": {"y": y("y", high), "text": {"field": "time", "type": "nominal"}},
        },
        {
            "transform": [{"filter": "datum.series == ''"}],
            "mark": {"type": "point", "size": _DOT, "style": "muted", "filled": True},
            "encoding": {"x": x("x", WIDTH), "y": y("y", high)},
        },
        {
            "transform": [relation],
            "mark": {"type": "point", "size": _DOT, "filled": True, "opacity": 1},
            "encoding": {
                "x": x("x", WIDTH),
                "y": y("y", high),
                "tooltip": [
                    {"field": "full", "type": "nominal", "title": " "},
                    {"field": "series", "type": "nominal", "title": " "},
                ]
                + ([{"field": "time", "type": "nominal", "title": " "}] if dated else []),
            },
        },
    ]
    return {"width": WIDTH, "height": high, "data": {"values": data}, "layer": layers}
