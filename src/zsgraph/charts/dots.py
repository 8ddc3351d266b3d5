"""Dots: every single number of a category on one line, so that differing ones stand together."""

from typing import Final

from zsgraph.answers import Answer
from zsgraph.charts.frame import WIDTH, Drawing, Spec, heading, hidden, lacking
from zsgraph.charts.lettering import label, pixels
from zsgraph.charts.rows import Item, Record, is_number, joined, rows_of, tidy
from zsgraph.charts.series import category_of, series_of
from zsgraph.findings import Message

_LIMIT: Final = 30
_STEP, _LINE = 26, 13
_COLUMNS, _COLUMNS_JOINED = 40, 48


def dots(answer: Answer) -> Drawing | None:
    """Draw each number as a dot, several of a category joined by a line."""
    view = answer.query.view
    category, value = view.channels["category"], view.channels["value"][0]
    against, colour = view.column("against"), view.column("colour")
    needed = [*category, value, *([against] if against else [])]
    rows = rows_of(answer, [*needed, *([colour] if colour else [])], needed)
    numeric = [r for r in rows.records if is_number(r[value].text)]
    notes = _not_numbers(answer, value, [r for r in rows.records if r not in numeric])
    if not numeric:
        return None
    names = list(dict.fromkeys(joined(r, category) for r in numeric))
    wide = _COLUMNS if len(category) == 1 else _COLUMNS_JOINED
    labels = {name: label(name, wide) for name in names[: view.limit(_LIMIT)]}
    drawn = [r for r in numeric if joined(r, category) in labels]
    pairs = [(r, value, _hue(answer, r, colour, value, against)) for r in drawn]
    if against:
        pairs += [(r, against, Item("", heading(answer, against))) for r in drawn]
    series = series_of(answer, colour, [hue for *_, hue in pairs])
    data = [
        {
            "category": labels[joined(r, category)],
            "value": tidy(float(r[name].text)),
            "series": series.name(hue.text),
            "full": joined(r, category),
        }
        for r, name, hue in pairs
    ]
    data = [dict(datum) for datum in {tuple(datum.items()): datum for datum in data}]
    log = view.options.get("scale") == "log"
    spec = _spec(data, list(labels.values()), "" if against else heading(answer, value), log)
    spec["layer"][1]["encoding"]["color"] = series.encoding()
    spec["layer"] += _extremes(data)
    if log:
        notes.append(Message("横轴为对数刻度。", "The scale is logarithmic."))
    notes += hidden(len(labels), len(names))
    notes += lacking(answer, rows.left_out, rows.lacking)
    return Drawing(spec, [*notes, *series.notes])


def _hue(
    answer: Answer, record: Record, colour: str | None, value: str, against: str | None
) -> Item:
    if against:
        return Item("", heading(answer, value))
    return category_of(answer, record, colour)


def _spec(data: list[Spec], labels: list[str], title: str, log: bool) -> Spec:
    scale = {"type": "log", "nice": True} if log else {"zero": True}
    axis = {"grid": True, "format": ",~r", "tickCount": 6, "domain": False, "ticks": False}
    most = max(text.count("\n") for text in labels)
    return {
        "width": round(max(320, WIDTH - 60 - max(pixels(text) for text in labels))),
        "height": {"step": _STEP + most * _LINE},
        "data": {"values": data},
        "encoding": {
            "y": {
                "field": "category",
                "type": "nominal",
                "sort": labels,
                "title": None,
                "axis": {
                    "labelExpr": "split(datum.label, '\\n')",
                    "domain": False,
                    "ticks": False,
                    "grid": True,
                    "labelPadding": 8,
                },
            }
        },
        "layer": [
            {
                "mark": {"type": "rule", "style": "connector", "strokeWidth": 2},
                "encoding": {
                    "x": {
                        "aggregate": "min",
                        "field": "value",
                        "type": "quantitative",
                        "title": title or None,
                        "scale": scale,
                        "axis": axis,
                    },
                    "x2": {"aggregate": "max", "field": "value"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.9},
                "encoding": {
                    "x": {"field": "value", "type": "quantitative", "title": title or None},
                    "tooltip": [
                        {"field": "full", "type": "nominal", "title": " "},
                        {"field": "series", "type": "nominal", "title": " "},
                        {"field": "value", "type": "quantitative", "title": title or " "},
                    ],
                },
            },
        ],
    }


def _extremes(data: list[Spec]) -> list[Spec]:
    """Return the lowest and the highest number of each category, written beside its dot."""
    found: dict[str, list[float]] = {}
    for datum in data:
        found.setdefault(datum["category"], []).append(datum["value"])
    ends = {
        "left": [(name, max(values)) for name, values in found.items()],
        "right": [(name, min(v)) for name, v in found.items() if min(v) < max(v)],
    }
    return [
        {
            "data": {"values": [{"category": name, "value": value} for name, value in chosen]},
            "mark": {"type": "text", "align": align, "dx": 9 if align == "left" else -9},
            "encoding": {
                "x": {"field": "value", "type": "quantitative"},
                "text": {"field": "value", "type": "quantitative", "format": ",~r"},
            },
        }
        for align, chosen in ends.items()
        if chosen
    ]


def _not_numbers(answer: Answer, column: str, records: list[Record]) -> list[Message]:
    texts = list(dict.fromkeys(record[column].text for record in records))
    if not texts:
        return []
    head = heading(answer, column)
    return [
        Message(
            f"“{head}”为“{'”“'.join(texts[:3])}”的不是单个数值，未画出。",
            f"Not drawn, for “{head}” is no single number: {', '.join(texts[:3])}.",
        )
    ]
