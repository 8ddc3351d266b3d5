"""Why a statement holds: its proof, down to the records and their sources."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.discovery.render_why import because, steps
from zsgraph.discovery.why import why
from zsgraph.errors import UsageError
from zsgraph.web.badges import badge
from zsgraph.web.beside import beside
from zsgraph.web.negotiation import language
from zsgraph.web.rendering import page
from zsgraph.web.served import Served


async def why_page(request: Request) -> Response:
    """Explain the statement of which ``s``, ``p`` and ``o`` name subject, property and object."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    s, p, o = (request.query_params.get(name, "").strip() for name in "spo")
    if not (s and p and o):
        raise UsageError(
            "请给出要问的陈述：s、p、o 各是主体、属性和值。",
            "Say which statement is meant: s, p and o are subject, property and value.",
        )
    call = partial(why, served.graph, served.knowledge, (s, p, o), language=spoken)
    told = await beside(request, call)
    context = {
        "told": told,
        "subject": told.triple[0].strip("<>"),
        "badge": partial(badge, served),
        "because": lambda reason: because(reason, spoken),
        "below": lambda reason: [*(a for a in reason.axioms if a.rule), *steps(reason)],
    }
    status = 200 if told.reasons else 404
    return page(request, "why.html", context, spoken, status)
