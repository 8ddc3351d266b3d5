"""The first page, and the page of the questions."""

from asyncio import gather
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.queries import FOLDERS, NamedQuery
from zsgraph.web.named_queries import named_answer
from zsgraph.web.negotiation import language
from zsgraph.web.pictures import has_chart
from zsgraph.web.rendering import page
from zsgraph.web.served import Served

#: Tag of the queries that tell how fresh the graph is.
FRESHNESS: Final = "freshness"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its number, its answer in a sentence, and whether that has a chart."""

    number: int
    query: NamedQuery
    sentence: str
    drawn: bool


async def home(request: Request) -> Response:
    """Show what the graph holds, its answers to the questions, and where to go on."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    told = served.graph.description
    context = {
        "tables": served.schema.tables.values(),
        "rows": told["rows"],
        "records": sum(told["rows"].values()),
        "triples": int(told["asserted"]) + int(told["inferred"]),
        "inferred": int(told["inferred"]),
        "version": told.get("version", ""),
        "built": told.get("built", ""),
        "queries": len(served.queries),
        "questions": await answered(request, served, spoken),
        "fresh": await _fresh(request, served, spoken),
    }
    return page(request, "home.html", context, spoken)


async def questions(request: Request) -> Response:
    """Show the questions, each with its answer in a sentence and its chart."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    context = {"questions": await answered(request, served, spoken)}
    return page(request, "questions.html", context, spoken)


async def answered(request: Request, served: Served, spoken: str) -> list[Question]:
    """Return the questions with their answers."""
    asked = [query for query in served.queries.values() if query.folder == FOLDERS[0]]
    answers = await gather(*(named_answer(request, served, q, {}, spoken) for q in asked))
    return [
        Question(number, answer.query, answer.sentence(), has_chart(answer.query.view))
        for number, answer in enumerate(answers, start=1)
    ]


async def _fresh(request: Request, served: Served, spoken: str) -> list[tuple[str, str]]:
    """Return names of the queries that tell how fresh the graph is, and what they say."""
    asked = [query for query in served.queries.values() if FRESHNESS in query.tags]
    answers = await gather(*(named_answer(request, served, q, {}, spoken) for q in asked))
    return [(answer.query.name, answer.sentence()) for answer in answers]
