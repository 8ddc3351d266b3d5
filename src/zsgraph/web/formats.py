"""The forms in which the server gives answers and graphs: media types, suffixes, format names."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class Form:
    """A serialisation.

    Attributes
    ----------
    name
        What the query worker calls it.
    media_type
        Its registered media type.
    aliases
        Other media types under which clients ask for it.
    suffix
        How a file of it ends; empty if addresses do not use it.
    """

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    suffix: str = ""


#: Of rows and yes-or-no answers, the favourite first.
RESULTS: Final = (
    Form("json", "application/sparql-results+json", ("application/json",)),
    Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Form("csv", "text/csv"),
    Form("tsv", "text/tab-separated-values"),
)
#: Of graphs, the favourite first.
GRAPHS: Final = (
    Form("turtle", "text/turtle", ("application/x-turtle",), ".ttl"),
    Form("jsonld", "application/ld+json", ("application/json",), ".jsonld"),
    Form("ntriples", "application/n-triples", ("text/plain",), ".nt"),
    Form("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"), ".rdf"),
)
ENGINE: Final[dict[str, ox.RdfFormat]] = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def offers(forms: tuple[Form, ...]) -> dict[str, Form]:
    """Return the forms by the media types that clients may ask for, favourites first."""
    first = {form.media_type: form for form in forms}
    return first | {alias: form for form in forms for alias in form.aliases if alias not in first}


def content_type(media_type: str) -> str:
    """Return a media type as a header tells it: text says that it is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
