"""How the graph is made and cited, its data dictionary, and what rests on weak evidence."""

from asyncio import gather
from collections.abc import Callable
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.citation import STYLES, read_citation
from zsgraph.column_forms import form_of, id_help
from zsgraph.findings import Message
from zsgraph.id_form import id_form
from zsgraph.options import Catalogue
from zsgraph.schema import Column
from zsgraph.web.beside import beside
from zsgraph.web.named_queries import named_answer
from zsgraph.web.negotiation import language
from zsgraph.web.pages.home import Question
from zsgraph.web.pictures import has_chart
from zsgraph.web.rendering import page
from zsgraph.web.served import Served

#: Tag of the queries that tell how good the evidence is.
EVIDENCE: Final = "evidence"


async def about(request: Request) -> Response:
    """Tell how the graph is made, licensed and cited, and how to contribute."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    told = served.graph.description
    citation = read_citation(served.knowledge.root, told)
    context = {
        "told": told,
        "rows": sum(told["rows"].values()),
        "citations": {style: write(citation) for style, write in STYLES.items()},
        "address": citation.url,
    }
    return page(request, "about.html", context, spoken)


async def data(request: Request) -> Response:
    """Show the data dictionary: each table with its columns."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    forms = await beside(request, partial(_forms, served))
    context = {
        "tables": served.schema.tables.values(),
        "form": forms,
        "id_form": id_form,
        "id_help": id_help,
    }
    return page(request, "data.html", context, spoken)


async def evidence(request: Request) -> Response:
    """Show what rests on weak sources, what is disputed and what is stale."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    asked = [query for query in served.queries.values() if EVIDENCE in query.tags]
    answers = await gather(*(named_answer(request, served, q, {}, spoken) for q in asked))
    told = [
        Question(number, answer.query, answer.sentence(), has_chart(answer.query.view))
        for number, answer in enumerate(answers, start=1)
    ]
    return page(request, "evidence.html", {"told": told}, spoken)


def _forms(served: Served) -> Callable[[Column], Message]:
    key = "catalogue"
    if key not in served.kept:
        served.kept[key] = Catalogue(served.knowledge, served.schema)
    catalogue: Catalogue = served.kept[key]  # type: ignore[assignment]
    return partial(form_of, catalogue=catalogue)
