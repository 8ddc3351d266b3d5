"""Finding things by name."""

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.discovery.find import Found, find
from zsgraph.web.beside import beside
from zsgraph.web.negotiation import language
from zsgraph.web.rendering import page
from zsgraph.web.served import Served

_LIMIT: Final = 40
_MOST: Final = 400


async def find_page(request: Request) -> Response:
    """Show what is called as ``q`` says, of the kind that ``kind`` names."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    wanted = request.query_params.get("q", "").strip()
    kind = request.query_params.get("kind", "").strip()
    limit = _MOST if "more" in request.query_params else _LIMIT
    found = Found([], False, 0, [])
    if wanted:
        call = partial(
            find,
            served.graph,
            wanted,
            kind=kind,
            limit=limit,
            language=spoken,
            knowledge=served.knowledge,
        )
        found = await beside(request, call)
    kinds = dict.fromkeys(hit.kind_label for hit in found.hits)
    context = {"wanted": wanted, "kind": kind, "found": found, "kinds": kinds, "limit": limit}
    return page(request, "find.html", context, spoken)
