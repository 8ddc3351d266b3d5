"""A matrix: two categories crossed, the number in each cell and as its colour."""

from typing import Final

from zsgraph.answers import Answer
from zsgraph.charts.frame import WIDTH, Drawing, Spec, heading, lacking, measure_title
from zsgraph.charts.lettering import ellipsis, label, pixels
from zsgraph.charts.rows import Record, is_number, joined, largest, measured, rows_of, tidy
from zsgraph.charts.theme import DARK_TEXT, LIGHT_TEXT, SEQUENTIAL
from zsgraph.findings import Message

_LIMIT: Final = 34
_ACROSS: Final = 16
_ROW: Final = 23
_NARROW, _WIDE = 26.0, 64.0
_CELL_COLUMNS: Final = 15


def matrix(answer: Answer) -> Drawing | None:
    """Draw two categories against each other, those with the highest sums first.

    Cells hold the number, or what the view names as their label.
    """
    view = answer.query.view
    x, y, written = view.channels["x"], view.channels["y"][0], view.column("label")
    needed = [*x, y, *view.channels[view.measure or ""]]
    rows = rows_of(answer, [*needed, *([written] if written else [])], needed)
    if not rows.records:
        return None
    values = measured(answer, view, rows.records, lambda r: (joined(r, x), r[y].text))
    texts = _texts(rows.records, x, y, written)
    across, down = _sums(values, 0), _sums(values, 1)
    kept_y = largest(down, view.limit(_LIMIT))
    labels_y = {name: label(name, 44, 1) for name in kept_y}
    room = WIDTH - 60 - max(pixels(text) for text in labels_y.values())
    least = max([_NARROW, *(pixels(text) + 10 for text in texts.values())])
    kept_x = largest(across, min(_ACROSS, max(3, int(room / least))))
    if all(map(is_number, kept_x)):
        kept_x.sort(key=float)
    step = max(least, min(_WIDE, room / len(kept_x)))
    flat = all(pixels(label(name, 18)) < step - 4 for name in kept_x)
    labels_x = {name: label(name, 18 if flat else 32, 2 if flat else 1) for name in kept_x}
    data = [
        {
            "x": labels_x[a],
            "y": labels_y[b],
            "value": tidy(v),
            "text": texts.get((a, b)) or f"{tidy(v):,}",
            "column": a,
            "row": b,
        }
        for (a, b), v in values.items()
        if a in labels_x and b in labels_y
    ]
    spec: Spec = {
        "width": {"step": round(step)},
        "height": {"step": _ROW},
        "data": {"values": data},
        "encoding": {
            "x": {
                **_axis("x", labels_x, heading(answer, x[0])),
                "axis": {
                    "orient": "top",
                    "labelAngle": 0 if flat else -45,
                    "labelExpr": "split(datum.label, '\\n')",
                    "domain": False,
                    "ticks": False,
                },
            },
            "y": {**_axis("y", labels_y, None), "axis": {"domain": False, "ticks": False}},
        },
        "layer": _cells(answer, data, labelled=bool(written)),
    }
    notes = [*_cut(answer, x[0], kept_x, across), *_cut(answer, y, kept_y, down)]
    return Drawing(spec, [*notes, *lacking(answer, rows.left_out, rows.lacking)])


def _axis(field: str, labels: dict[str, str], title: str | None) -> Spec:
    return {"field": field, "type": "nominal", "sort": list(labels.values()), "title": title}


def _cells(answer: Answer, data: list[Spec], *, labelled: bool) -> list[Spec]:
    view = answer.query.view
    top = max(datum["value"] for datum in data)
    title = measure_title(answer)
    colour: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"range": list(SEQUENTIAL), "domain": [0, top]},
        "legend": {
            "title": title,
            "orient": "right",
            "gradientLength": 120,
            "tickMinStep": 1,
            "format": ",~r",
        },
    }
    tooltip = [
        {"field": "row", "type": "nominal", "title": heading(answer, view.column("y"))},
        {"field": "column", "type": "nominal", "title": heading(answer, view.column("x"))},
        {"field": "text", "type": "nominal", "title": title},
    ]
    return [
        {
            "mark": {"type": "rect", "cornerRadius": 2, "stroke": None},
            "encoding": {
                "color": {"value": SEQUENTIAL[1]} if labelled else colour,
                "tooltip": tooltip,
            },
        },
        {
            "mark": {"type": "text", "fontSize": 11},
            "encoding": {
                "text": {"field": "text", "type": "nominal"},
                "color": {"value": DARK_TEXT} if labelled else on_colour("value", top),
            },
        },
    ]


def _texts(
    records: list[Record], x: tuple[str, ...], y: str, written: str | None
) -> dict[tuple[str, ...], str]:
    """Return what is written in each cell; nothing where the view names no label."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for record in records if written else ():
        assert written is not None
        found.setdefault((joined(record, x), record[y].text), {})[record[written].text] = None
    return {cell: ellipsis(" / ".join(texts), _CELL_COLUMNS) for cell, texts in found.items()}


def on_colour(field: str, top: float) -> Spec:
    """Return the colour of a text that stands on the colour of a number from 0 to ``top``."""
    test = f"datum.{field} > {top * 0.55:g}"
    return {"condition": {"test": test, "value": LIGHT_TEXT}, "value": DARK_TEXT}


def _sums(values: dict[tuple[str, ...], float], place: int) -> dict[str, float]:
    sums: dict[str, float] = {}
    for group, value in values.items():
        sums[group[place]] = sums.get(group[place], 0) + value
    return sums


def _cut(answer: Answer, column: str, kept: list[str], known: dict[str, float]) -> list[Message]:
    left = len(known) - len(kept)
    if not left:
        return []
    head = next(c.heading for c in answer.columns if c.name == column)
    return [
        Message(
            f"“{head.zh}”只画最前的 {len(kept)} 项，另有 {left} 项见表。",
            f"Of “{head.en}” the first {len(kept)} are drawn; {left} more are in the table.",
        )
    ]
