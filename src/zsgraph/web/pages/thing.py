"""The page of a thing: its facts with their sources, its neighbours, and what suits its class."""

from asyncio import gather
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from zsgraph.answers import Answer
from zsgraph.discovery.describe import describe
from zsgraph.discovery.description import Description, Group, Value
from zsgraph.discovery.provenance import Source
from zsgraph.terms import iri_value, is_iri, literal_parts
from zsgraph.web.badges import badge
from zsgraph.web.beside import beside
from zsgraph.web.choices import choices
from zsgraph.web.hierarchy import Surroundings, surroundings
from zsgraph.web.locating import located
from zsgraph.web.named_queries import named_answer
from zsgraph.web.neighbourhood import neighbourhood
from zsgraph.web.pictures import has_chart
from zsgraph.web.problems import ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.schema_org import description as structured
from zsgraph.web.served import Served
from zsgraph.web.things import Thing, thing


@dataclass(frozen=True, slots=True)
class Panel:
    """The answer to a named query about the thing."""

    answer: Answer
    address: str
    asked: str
    drawn: bool


async def thing_page(request: Request, served: Served, iri: str, language: str) -> Response:
    """Show what the graph says of a thing."""
    everything = "all" in request.query_params
    made = await beside(request, partial(_described, served, iri, language, everything))
    if made is None:
        raise ProblemError(404, f"图中没有 {iri}。", f"The graph knows nothing of {iri}.")
    found, told, around = made
    context: dict[str, Any] = {
        "thing": found,
        "told": told,
        "around": around,
        "everything": everything,
        "panels": await _panels(request, served, found, language),
        "maps": located(served, iri, found.classes, language),
        "picture_of": neighbourhood(told),
        "badge": partial(badge, served),
        "sources_of": partial(_sources, told),
        "is_iri": is_iri,
        "iri_value": iri_value,
        "web_address": _web_address,
        "why": lambda predicate, term: _why(iri, predicate, term, language),
        "table": next((t for t in served.schema.tables.values() if iri.startswith(t.base)), None),
        "structured": structured(served.graph, found),
    }
    return page(request, "thing.html", context, language)


def _described(
    served: Served, iri: str, language: str, everything: bool
) -> tuple[Thing, Description, Surroundings | None] | None:
    found = thing(served.graph, iri, language)
    if found is None:
        return None
    told = describe(
        served.graph,
        served.knowledge,
        iri,
        language=language,
        everything=everything,
        schema=served.schema,
        closed=served.closed.fresh(),
    )
    around = (surroundings(served, iri, cls, language) for cls in _hierarchies(served, found))
    return found, told, next(filter(None, around), None)


def _hierarchies(served: Served, found: Thing) -> list[str]:
    """Return the classes whose hierarchy a thing may stand in: that of its table, else its own."""
    for table in served.schema.tables.values():
        if found.iri.startswith(table.base):
            nested = any(column.reference == table.target for column in table.columns)
            return [table.target] if nested else []
    return sorted(found.classes, reverse=True)


async def _panels(request: Request, served: Served, found: Thing, language: str) -> list[Panel]:
    """Return the answers that queries give for things of such a class, those with rows."""
    asked = [
        (query, {name: _written(served, cls, found.iri, language)})
        for query in served.queries.values()
        for cls, name in query.panels.items()
        if cls in found.classes
    ]
    answers = await gather(*(named_answer(request, served, q, v, language) for q, v in asked))
    panels = []
    for answer in answers:
        if answer.terms:
            query = answer.query
            given = urlencode({**answer.values, "lang": language})
            address = f"/queries/{query.name}?{given}"
            panels.append(Panel(answer, address, given, has_chart(query.view)))
    return panels


def _written(served: Served, cls: str, iri: str, language: str) -> str:
    """Return a thing as addresses name it: by what it is called, if nothing else is."""
    return next((c.value for c in choices(served, cls, language) if c.iri == iri), iri)


def _sources(told: Description, group: Group, value: Value) -> list[Source]:
    """Return what a value rests on: the records that state it, else the thing's own record."""
    if value.statements:
        return list(dict.fromkeys(s for record in value.statements for s in record.sources))
    return list(told.sources) if group.kind == "record" and not value.inferred else []


def _why(subject: str, predicate: str, term: str, language: str) -> str:
    value = iri_value(term) if is_iri(term) else literal_parts(term)[0]
    return "/why?" + urlencode({"s": subject, "p": predicate, "o": value, "lang": language})


def _web_address(term: str) -> str:
    """Return the web address that a literal is; empty for another text."""
    text = "" if is_iri(term) else literal_parts(term)[0]
    if not text.startswith(("http://", "https://")) or any(c.isspace() for c in text):
        return ""
    try:
        return ox.NamedNode(text).value
    except ValueError:
        return ""
