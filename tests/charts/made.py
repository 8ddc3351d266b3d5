"""Answers made by hand: a view, columns and rows."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox

from tests.conftest import PROJECT
from zsgraph.answers import Answer, Value
from zsgraph.charts.frame import Spec
from zsgraph.findings import Message
from zsgraph.queries import ColumnHead, NamedQuery
from zsgraph.query_header import QueryFile
from zsgraph.views import view_of

FOLDER = PROJECT / "queries" / "structure"
ID = "https://example.org/id/"


def made(
    view: dict[str, Any],
    columns: list[str],
    rows: list[tuple[str | int | float | None, ...]],
    language: str = "en",
) -> Answer:
    """Return an answer.

    A column whose name ends in ``*`` holds lists.  A text that starts with ``:`` is a resource;
    what stands behind ``=`` in it is its label.
    """
    names = [name.rstrip("*") for name in columns]
    heads = tuple(
        ColumnHead(
            name, Message(f"{name}列", name.title()), "texts" if name + "*" in columns else ""
        )
        for name in names
    )
    labels: dict[str, str] = {}
    file = QueryFile(FOLDER / "made.rq", {"view": view}, "")
    query = NamedQuery(
        name="made",
        folder="structure",
        path=Path("made.rq"),
        summary=Message("做的", "Made"),
        description=Message("做的", "Made"),
        answer=Message("{count} 行", "{count} rows"),
        parameters=(),
        columns=heads,
        brief=(),
        view=view_of(file, names),
        text="",
    )
    terms = [tuple(_term(value, labels) for value in row) for row in rows]
    return Answer(query, language, terms, labels)


def _term(value: str | int | float | None, labels: dict[str, str]) -> Value:
    if value is None:
        return None
    if isinstance(value, str) and value.startswith(":"):
        local, _, label = value[1:].partition("=")
        labels[ID + local] = label or local
        return ox.NamedNode(ID + local)
    return ox.Literal(value)


def values(spec: Spec) -> list[list[dict[str, Any]]]:
    """Return the data sets of a specification, in its order."""
    found = [spec["data"]["values"]] if "data" in spec else []
    for part in (*spec.get("vconcat", ()), *spec.get("layer", ())):
        found += values(part)
    return found


def texts(spec: Spec) -> str:
    """Return what stands around the drawing."""
    title = spec["title"]
    return "\n".join([*title["text"], *title["subtitle"], *spec["vconcat"][0]["title"]["text"]])
