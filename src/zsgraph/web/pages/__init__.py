"""Pages for people: routes, and the pages of things and documents."""

from typing import Final

from starlette.routing import BaseRoute, Route

from zsgraph.web.pages.about import about, data, evidence
from zsgraph.web.pages.browse import browse, browse_table
from zsgraph.web.pages.document import document_page
from zsgraph.web.pages.editor import editor, terms
from zsgraph.web.pages.explore import explore, explored_file
from zsgraph.web.pages.find import find_page
from zsgraph.web.pages.home import home, questions
from zsgraph.web.pages.queries import listing, query_file, query_page
from zsgraph.web.pages.thing import thing_page
from zsgraph.web.pages.why import why_page

__all__ = ["ROUTES", "document_page", "thing_page"]

#: Routes of the pages that no IRI of the graph stands behind.
ROUTES: Final[list[BaseRoute]] = [
    Route("/", home),
    Route("/questions", questions),
    Route("/queries", listing),
    Route("/queries/{name}.{form}", query_file),
    Route("/queries/{name}", query_page),
    Route("/find", find_page),
    Route("/about", about),
    Route("/about/data", data),
    Route("/about/evidence", evidence),
    Route("/editor", editor),
    Route("/editor/terms.json", terms),
    Route("/explore", explore),
    Route("/explore.{form}", explored_file),
    Route("/why", why_page),
    Route("/browse", browse),
    Route("/browse/{table}", browse_table),
]
