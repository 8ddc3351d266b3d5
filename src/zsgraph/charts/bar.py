"""Bars: one for each category, horizontal, or upright where categories are years."""

from typing import Any, Final

from zsgraph.answers import Answer
from zsgraph.charts.frame import (
    WIDTH,
    Drawing,
    Spec,
    heading,
    hidden,
    lacking,
    measure_title,
)
from zsgraph.charts.lettering import label, pixels
from zsgraph.charts.rows import NOTHING, Record, Rows, joined, largest, measured, rows_of, tidy
from zsgraph.charts.series import Series, category_of, series_of
from zsgraph.findings import Message

_LIMIT: Final = 25
_STEP, _LINE = 24, 13
_COLUMNS_HEIGHT: Final = 300


def bars(answer: Answer) -> Drawing | None:
    """Draw horizontal bars, stacked where the view names a colour or several numbers."""
    view = answer.query.view
    category = view.channels["category"]
    rows, colour = _series_rows(answer, category)
    if not rows.records:
        return None
    values = measured(answer, view, rows.records, lambda r: (joined(r, category), _colour(r)))
    totals = _totals(values)
    limit = view.limit(_LIMIT)
    names = list(totals)[:limit] if view.options.get("order") == "given" else largest(totals, limit)
    labels = {name: label(name) for name in names}
    drawn = [record[""] for record in rows.records if joined(record, category) in labels]
    series = series_of(answer, colour, drawn)
    data = [
        {"category": labels[name], "value": tidy(value), "series": series.name(hue), "full": name}
        for (name, hue), value in values.items()
        if name in labels
    ]
    data.sort(key=lambda datum: series.names.index(str(datum["series"])))
    most = max((text.count("\n") for text in labels.values()), default=0)
    width = max(300, WIDTH - 60 - max(pixels(text) for text in labels.values()))
    title = measure_title(answer)
    spec: Spec = {
        "width": round(width),
        "height": {"step": _STEP + most * _LINE},
        "encoding": {
            "y": {
                "field": "category",
                "type": "nominal",
                "sort": list(labels.values()),
                "title": None,
                "axis": {
                    "labelExpr": "split(datum.label, '\\n')",
                    "ticks": False,
                    "domain": False,
                    "labelPadding": 8,
                },
            },
        },
        "layer": [
            _marks(data, "x", title, series),
            _numbers([(labels[name], totals[name]) for name in names], "x", title),
        ],
    }
    notes = [*hidden(len(names), len(totals)), *lacking(answer, rows.left_out, rows.lacking)]
    return Drawing(spec, [*notes, *series.notes])


def columns(answer: Answer) -> Drawing | None:
    """Draw an upright column for each year, stacked where the view names a colour."""
    view = answer.query.view
    time = view.channels["time"][0]
    rows, colour = _series_rows(answer, (time,))
    if not rows.records:
        return None
    values = measured(answer, view, rows.records, lambda r: (r[time].text[:4], _colour(r)))
    totals = _totals(values)
    first, last = int(min(totals)), int(max(totals))
    years, notes = list(map(str, range(first, last + 1))), []
    if len(years) > 2 * len(totals) + 5:  # mostly gaps
        years = sorted(totals)
        notes.append(Message("没有数据的年份略去。", "Years without data are left out."))
    series = series_of(answer, colour, [record[""] for record in rows.records])
    data = [
        {"category": year, "value": tidy(value), "series": series.name(hue), "full": year}
        for (year, hue), value in values.items()
    ]
    data.sort(key=lambda datum: series.names.index(str(datum["series"])))
    title = measure_title(answer)
    spec: Spec = {
        "width": {"step": max(24, min(52, 640 // len(years)))},
        "height": _COLUMNS_HEIGHT,
        "encoding": {
            "x": {
                "field": "category",
                "type": "ordinal",
                "scale": {"domain": years},
                "title": heading(answer, time),
                "axis": {"labelAngle": 0 if len(years) < 18 else -45, "ticks": False},
            }
        },
        "layer": [_marks(data, "y", title, series), _numbers(totals.items(), "y", title)],
    }
    return Drawing(spec, [*notes, *lacking(answer, rows.left_out, rows.lacking), *series.notes])


def _series_rows(answer: Answer, category: tuple[str, ...]) -> tuple[Rows, str | None]:
    """Return the rows of a bar chart; several numbers of a row become a row for each."""
    view = answer.query.view
    measure = view.channels.get(view.measure or "", ())
    colour = view.column("colour")
    used = [*category, *measure, *([colour] if colour else [])]
    rows = rows_of(answer, used, [*category, *measure])
    records: list[Record] = []
    for record in rows.records:
        if len(measure) < 2:
            records.append({**record, "": category_of(answer, record, colour)})
        for name in measure if len(measure) > 1 else ():
            said = heading(answer, name)
            records.append({**record, measure[0]: record[name], "": NOTHING._replace(text=said)})
    return Rows(records, rows.left_out, rows.lacking), colour


def _colour(record: Record) -> str:
    return record[""].text


def _totals(values: dict[tuple[str, ...], float]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for (name, *_), value in values.items():
        totals[name] = totals.get(name, 0) + value
    return totals


def _marks(data: list[dict[str, Any]], along: str, title: str, series: Series) -> Spec:
    return {
        "data": {"values": data},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            along: {
                "field": "value",
                "type": "quantitative",
                "title": title or None,
                "stack": "zero",
                "axis": {"tickMinStep": 1, "tickCount": 6, "domain": False, "ticks": False},
            },
            "color": series.encoding(),
            "order": {"field": "rank", "type": "quantitative"},
            "tooltip": [
                {"field": "full", "type": "nominal", "title": " "},
                {"field": "series", "type": "nominal", "title": series.title or " "},
                {"field": "value", "type": "quantitative", "title": title or " "},
            ],
        },
        "transform": [{"calculate": f"indexof({series.names!r}, datum.series)", "as": "rank"}],
    }


def _numbers(totals: Any, along: str, title: str) -> Spec:
    """Return the totals written at the ends of the bars."""
    at_end = {"align": "left", "dx": 5} if along == "x" else {"dy": -8}
    return {
        "data": {"values": [{"category": name, "value": tidy(v)} for name, v in totals]},
        "mark": {"type": "text", **at_end},
        "encoding": {
            along: {"field": "value", "type": "quantitative", "title": title or None},
            "text": {"field": "value", "type": "quantitative", "format": ",~r"},
        },
    }
