"""A timeline: a lane for each category, a dot for each thing at its date, none upon another."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Final

from zsgraph.answers import Answer
from zsgraph.charts.canvas import down
from zsgraph.charts.frame import WIDTH, Drawing, Spec, heading, hidden, lacking
from zsgraph.charts.lettering import label, pixels
from zsgraph.charts.rows import Record, largest, rows_of
from zsgraph.charts.series import Series, category_of, series_of
from zsgraph.findings import Message

_LIMIT: Final = 20
_DOT, _PITCH, _AIR = 46, 9, 16
_LABELLED_PITCH, _LINE = 24, 14
#: The earliest things, no more than this share, are left out where the rest would be crowded.
_OUTLIERS, _CROWDED = 0.03, 0.6
_FEW_YEARS: Final = 2


@dataclass(frozen=True, slots=True)
class Event:
    """A thing at its date; ``exact`` is false where only the year is known."""

    day: date
    exact: bool
    lane: str
    record: Record


def timeline(answer: Answer) -> Drawing | None:
    """Draw the things of each category at their dates."""
    view = answer.query.view
    time, lane = view.channels["time"][0], view.channels["lane"][0]
    extra = [name for name in map(view.column, ("colour", "label", "start")) if name]
    rows = rows_of(answer, [time, lane, *extra], [time, lane])
    events = [_event(record, time, lane) for record in rows.records]
    if not events:
        return None
    events, early = _without_outliers(sorted(events, key=lambda event: event.day))
    counts = Counter(event.lane for event in events)
    lanes = largest({name: float(n) for name, n in counts.items()}, view.limit(_LIMIT))
    events = [event for event in events if event.lane in lanes]
    series = series_of(
        answer,
        view.column("colour"),
        [category_of(answer, event.record, view.column("colour")) for event in events],
    )
    labels = {name: label(name, 34, 2) for name in lanes}
    width = round(WIDTH - 40 - max(pixels(text) for text in labels.values()))
    data, tops, height = _placed(
        events, labels, width, _LABELLED_PITCH if extra and view.column("label") else _PITCH
    )
    for datum, event in data:
        datum.update(_told(answer, event, series, time))
    spec = _spec(answer, [datum for datum, _ in data], tops, height, width, labels)
    for layer in spec["layer"][-2:]:
        layer["encoding"]["color"] = series.encoding()
    notes = [*early, *hidden(len(lanes), len(counts))]
    if any(not event.exact for event in events):
        notes.append(
            Message(
                "空心：只知年份，画在年中。", "Hollow: only the year is known; drawn at its middle."
            )
        )
    return Drawing(spec, [*notes, *lacking(answer, rows.left_out, rows.lacking), *series.notes])


def _event(record: Record, time: str, lane: str) -> Event:
    written = record[time].text
    return Event(_day(written), len(written) > 4, record[lane].text, record)


def _day(written: str) -> date:
    """Return the day of a date, the middle of a month or of a year that is all that is known."""
    year, month, day = ([int(part) for part in written.split("-")] + [0, 0])[:3]
    if not month:
        return date(year, 7, 1)
    return date(year, month, day or 15)


def _without_outliers(events: list[Event]) -> tuple[list[Event], list[Message]]:
    span = (events[-1].day - events[0].day).days
    for left_out in range(1, int(len(events) * _OUTLIERS) + 1):
        rest = events[left_out:]
        if (rest[-1].day - rest[0].day).days < span * _CROWDED:
            years = sorted({str(event.day.year) for event in events[:left_out]})
            note = Message(
                f"更早的 {left_out} 项（{'、'.join(years)} 年）未画出。",
                f"Not drawn: {left_out} earlier ({', '.join(years)}).",
            )
            return rest, [note]
    return events, []


def _placed(
    events: list[Event], labels: dict[str, str], width: int, pitch: int
) -> tuple[list[tuple[dict[str, Any], Event]], dict[str, tuple[float, float]], float]:
    """Move the dots of a lane up and down until none lies upon another.

    Returns the data, the upper and lower edge of each lane, and the height of all.
    """
    first, last = events[0].day, events[-1].day
    days = max((last - first).days, 1)
    apart = _PITCH if pitch == _PITCH else width
    data: list[tuple[dict[str, Any], Event]] = []
    edges: dict[str, tuple[float, float]] = {}
    upper = 0.0
    for lane in labels:
        members = [event for event in events if event.lane == lane]
        places = [(event.day - first).days / days * width for event in members]
        levels = _levels(places, apart)
        low, high = min(levels), max(levels)
        room = (high - low) * pitch
        tall = max(room + _AIR + _PITCH, labels[lane].count("\n") * _LINE + _LINE + 8)
        edges[lane] = (upper, upper + tall)
        start = upper + (tall - room) / 2
        for event, level in zip(members, levels, strict=True):
            data.append(({"y": start + (level - low) * pitch}, event))
        upper = edges[lane][1]
    return data, edges, upper


def _levels(places: list[float], apart: float) -> list[int]:
    """Return the level of each dot: the nearest to the middle on which it has room."""
    ends: dict[int, float] = {}
    levels = []
    for place in places:
        level = next(level for level in _outwards() if place - ends.get(level, -apart) >= apart)
        ends[level] = place
        levels.append(level)
    return levels


def _outwards() -> Iterator[int]:
    yield 0
    for distance in count(1):
        yield distance
        yield -distance


def _told(answer: Answer, event: Event, series: Series, time: str) -> dict[str, Any]:
    view = answer.query.view
    told: dict[str, Any] = {
        "date": event.day.isoformat(),
        "exact": event.exact,
        "lane": event.lane,
        "written": event.record[time].text,
        "series": series.name(category_of(answer, event.record, view.column("colour")).text),
    }
    if name := view.column("label"):
        told["label"] = event.record[name].text
    if (name := view.column("start")) and event.record[name].text:
        told["start"] = _day(event.record[name].text).isoformat()
    return told


def _spec(
    answer: Answer,
    data: list[Spec],
    edges: dict[str, tuple[float, float]],
    height: float,
    width: int,
    labels: dict[str, str],
) -> Spec:
    view = answer.query.view
    lanes = [
        {"lane": labels[lane].split("\n"), "middle": (top + end) / 2, "edge": end}
        for lane, (top, end) in edges.items()
    ]
    days = sorted(datum["date"] for datum in data)
    long = int(days[-1][:4]) - int(days[0][:4]) > _FEW_YEARS
    ticks = {"format": "%Y", "tickCount": "year"} if long else {"format": "%Y-%m"}
    when = {
        "field": "date",
        "type": "temporal",
        "title": None,
        "scale": {"nice": "month"},
        "axis": {**ticks, "grid": True, "labelAlign": "left", "labelFlush": False},
    }
    layers: list[Spec] = [
        {
            "data": {"values": lanes},
            "mark": {"type": "rule", "style": "connector", "x": -8, "x2": width},
            "encoding": {"y": down("edge", height)},
        },
        {
            "data": {"values": lanes},
            "mark": {"type": "text", "align": "right", "x": -10, "lineHeight": _LINE},
            "encoding": {
                "y": down("middle", height),
                "text": {"field": "lane", "type": "nominal"},
            },
        },
    ]
    if view.column("start"):
        layers.append(
            {
                "data": {"values": [datum for datum in data if "start" in datum]},
                "mark": {"type": "rule", "style": "connector", "strokeWidth": 2},
                "encoding": {
                    "x": {"field": "start", "type": "temporal"},
                    "x2": {"field": "date"},
                    "y": down("y", height),
                },
            }
        )
    if view.column("label"):
        layers.append(
            {
                "data": {"values": data},
                "mark": {"type": "text", "align": "left", "dx": 9, "fontSize": 11},
                "encoding": {
                    "x": {"field": "date", "type": "temporal"},
                    "y": down("y", height),
                    "text": {"field": "label", "type": "nominal"},
                },
            }
        )
    for exact in (True, False):
        layers.append(
            {
                "data": {"values": [datum for datum in data if datum["exact"] is exact]},
                "mark": {"type": "point", "size": _DOT, "filled": exact, "opacity": 1},
                "encoding": {"x": when, "y": down("y", height), "tooltip": _tooltip(answer)},
            }
        )
    return {"width": width, "height": round(height), "layer": layers}


def _tooltip(answer: Answer) -> list[Spec]:
    view = answer.query.view
    named = [("label", "label"), ("lane", "lane"), ("written", "time"), ("series", "colour")]
    return [
        {"field": field, "type": "nominal", "title": heading(answer, view.column(channel)) or " "}
        for field, channel in named
        if view.column(channel)
    ]
