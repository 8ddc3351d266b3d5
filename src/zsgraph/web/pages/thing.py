"""The page of a thing."""

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.web.problems import ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.schema_org import description
from zsgraph.web.served import Served
from zsgraph.web.things import thing


async def thing_page(request: Request, served: Served, iri: str, language: str) -> Response:
    """Show what the graph says of a thing."""
    found = thing(served.graph, iri, language)
    if found is None:
        raise ProblemError(404, f"图中没有 {iri}。", f"The graph knows nothing of {iri}.")
    context = {"thing": found, "structured": description(served.graph, found)}
    return page(request, "thing.html", context, language)
