"""What stands around every chart: title, the answer as a sentence, notes, source and date."""

from dataclasses import dataclass, field
from typing import Any, Final

from zsgraph.answers import Answer
from zsgraph.charts.lettering import lines, straight
from zsgraph.findings import Message

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
#: Width in pixels that charts aim at, and of a line of text in columns.
WIDTH: Final = 780
_TITLE_COLUMNS, _TEXT_COLUMNS = 84, 116

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The middle of a chart.

    Attributes
    ----------
    spec
        A Vega-Lite unit or layer.
    notes
        Sentences that tell how to read it and what is not in it.
    """

    spec: Spec
    notes: list[Message] = field(default_factory=list)


def framed(answer: Answer, drawing: Drawing) -> Spec:
    """Return the whole specification: the drawing with what stands around it."""
    language = answer.language
    joint = "" if language == "zh" else " "
    notes = straight(joint.join(note.text(language) for note in drawing.notes), language)
    title = straight(answer.query.summary.text(language), language)
    sentence = straight(answer.sentence(), language)
    foot = [*(lines(notes, _TEXT_COLUMNS + 8) if notes else []), *_source(answer)]
    return {
        "$schema": SCHEMA,
        "description": f"{title} {sentence}",
        "title": {
            "text": lines(title, _TITLE_COLUMNS),
            "subtitle": [*_asked(answer), *lines(sentence, _TEXT_COLUMNS)],
        },
        "vconcat": [
            {
                **drawing.spec,
                "title": {
                    "text": foot,
                    "orient": "bottom",
                    "style": "foot",
                    "fontSize": 11,
                    "fontWeight": "normal",
                    "lineHeight": 16,
                },
            }
        ],
    }


def message(answer: Answer, zh: str, en: str) -> Drawing:
    """Return a drawing that says in words why there is nothing to draw."""
    return Drawing(
        {
            "data": {"values": [{"text": zh if answer.language == "zh" else en}]},
            "width": WIDTH // 2,
            "height": 60,
            "mark": {"type": "text", "style": "muted", "fontSize": 15, "align": "left", "x": 4},
            "encoding": {"text": {"field": "text", "type": "nominal"}},
        }
    )


def hidden(drawn: int, known: int) -> list[Message]:
    """Return the note that tells how many items are not drawn."""
    if drawn >= known:
        return []
    return [
        Message(
            f"图中是最前的 {drawn} 项，另有 {known - drawn} 项见表。",
            f"The first {drawn} are drawn; {known - drawn} more are in the table.",
        )
    ]


def lacking(answer: Answer, rows: int, column: str) -> list[Message]:
    """Return the note that tells how many rows lack what a chart needs of them."""
    if not rows:
        return []
    heading = next(head.heading for head in answer.columns if head.name == column)
    return [
        Message(
            f"{rows} 行没有“{heading.zh}”，未画出。",
            f"Not drawn: {rows} {'row' if rows == 1 else 'rows'} without “{heading.en}”.",
        )
    ]


def heading(answer: Answer, column: str | None) -> str:
    """Return the heading of a column; empty where there is none."""
    named = [head.heading.text(answer.language) for head in answer.columns if head.name == column]
    return named[0] if named else ""


def measure_title(answer: Answer) -> str:
    """Return what the numbers of a chart are."""
    view = answer.query.view
    if view.measure is None:
        return {"zh": "行数", "en": "Rows"}[answer.language]
    if view.measure == "count":
        counted = heading(answer, view.column("count"))
        if answer.language == "en":
            return f"{counted} count"
        return f"{counted} 数" if counted[-1:].isascii() else f"{counted}数"
    if len(view.channels[view.measure]) > 1:
        return ""
    return heading(answer, view.column(view.measure))


def _asked(answer: Answer) -> list[str]:
    """Return the values of the parameters, as a line."""
    joint, colon = ("；", "：") if answer.language == "zh" else ("; ", ": ")
    said = [
        parameter.summary.text(answer.language) + colon + answer.values[parameter.name]
        for parameter in answer.query.parameters
        if parameter.name in answer.values
    ]
    return lines(joint.join(said), _TEXT_COLUMNS) if said else []


def _source(answer: Answer) -> list[str]:
    made = answer.graph
    version, built = str(made.get("version", "")), str(made.get("built", ""))
    name = answer.query.name
    if answer.language == "zh":
        parts = [f"数据：中试平台知识图谱 zsgraph {version}".rstrip(), f"查询 {name}"]
        parts += [f"图建于 {built}"] if built else []
        return ["　".join([*parts, "CC BY 4.0"])]
    parts = [f"Data: zsgraph {version}".rstrip(), f"query {name}"]
    parts += [f"graph built on {built}"] if built else []
    return ["; ".join([*parts, "CC BY 4.0"])]
