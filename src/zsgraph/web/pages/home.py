"""The first page."""

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.web.negotiation import language
from zsgraph.web.rendering import page
from zsgraph.web.served import Served


async def home(request: Request) -> Response:
    """Show what the graph holds and where to go on."""
    served: Served = request.app.state.current.get()
    context = {
        "tables": served.schema.tables.values(),
        "rows": served.graph.description["rows"],
        "queries": served.queries.values(),
    }
    return page(request, "home.html", context, language(request))
