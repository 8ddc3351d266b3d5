"""Every IRI of ours answers by its path, in the form asked for; parsers we did not write agree."""

import json
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from tests.web.live import Live
from zsgraph.namespaces import BASE, GRAPH_DATA, GRAPH_ONTOLOGY, ZS
from zsgraph.store import Graph as Built

RDFLIB = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
MEDIA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
PLATFORM = "id/platforms/plt-sn-rare-metals"


def parsed(answer: httpx.Response, suffix: str) -> Graph:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == MEDIA[suffix]
    return Graph().parse(data=answer.content, format=RDFLIB[suffix])


@pytest.mark.parametrize("suffix", MEDIA)
def test_a_thing_points_to_a_document_about_it(server: Live, suffix: str, graph: Built) -> None:
    answer = server.get(f"/{PLATFORM}", MEDIA[suffix])
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{PLATFORM}.{suffix}"
    document = parsed(server.get(answer.headers["location"]), suffix)
    about = set(document.triples((URIRef(BASE + PLATFORM), None, None)))
    node = ox.NamedNode(BASE + PLATFORM)
    told = {quad.triple for quad in graph.store.quads_for_pattern(node, None, None, None)}
    assert len(about) == len(told)
    assert any(document.subjects(None, URIRef(BASE + PLATFORM)))


def test_a_browser_is_sent_to_the_page_and_keeps_its_language(server: Live) -> None:
    answer = server.get(f"/{PLATFORM}?lang=en", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.headers["location"] == f"/{PLATFORM}.html?lang=en"
    page = server.get(answer.headers["location"])
    assert page.headers["content-language"] == "en"
    assert '<html lang="en">' in page.text


@pytest.mark.parametrize("suffix", MEDIA)
@pytest.mark.parametrize("path", ["ontology", "scheme/policy-kind", "graph/data/services"])
def test_a_document_answers_by_accept_and_by_suffix(server: Live, path: str, suffix: str) -> None:
    by_accept = parsed(server.get(f"/{path}", MEDIA[suffix]), suffix)
    by_suffix = parsed(server.get(f"/{path}.{suffix}", "text/html"), suffix)
    assert len(by_accept) == len(by_suffix) > 20


def test_the_ontology_and_graphs_are_given_whole(server: Live, graph: Built) -> None:
    for path, name in (("ontology", GRAPH_ONTOLOGY), ("graph/data/claims", GRAPH_DATA + "claims")):
        wanted = graph.store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        got = list(ox.parse(server.get(f"/{path}.nt").content, ox.RdfFormat.N_TRIPLES))
        assert {quad.triple for quad in got} == {quad.triple for quad in wanted}


def test_terms_and_shapes_lie_in_the_documents_before_the_hash(server: Live) -> None:
    terms = parsed(server.get("/ontology", "text/turtle"), "ttl")
    assert any(terms.triples((URIRef(ZS + "Platform"), None, None)))
    shapes = parsed(server.get("/shape", "text/turtle"), "ttl")
    assert any(shapes.triples((URIRef(BASE + "shape#Platform-name"), None, None)))


@pytest.mark.parametrize(
    "path", ["id/platforms/nobody", "scheme/none", "graph/data/none", "id/a%3Cb"]
)
def test_what_the_graph_does_not_know_is_not_found(server: Live, path: str) -> None:
    answer = server.get(f"/{path}", "application/json", Accept_Language="en")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()["messages"]) == {"zh", "en"}


def test_a_form_that_is_not_offered_is_refused_with_those_that_are(server: Live) -> None:
    answer = server.get(f"/{PLATFORM}", "image/png")
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


def test_pages_carry_structured_data(server: Live) -> None:
    told = structured(server, f"/{PLATFORM}.html")
    assert told["@context"] == "https://schema.org/"
    assert told["@id"] == BASE + PLATFORM
    assert told["@type"] == ["Place"]
    assert told["name"]
    assert told["containedInPlace"]
    region = structured(server, "/id/regions/510100.html")
    assert region["@type"] == ["AdministrativeArea"]
    assert {"@id": f"{BASE}id/regions/510000", "name": "四川省"} in region["containedInPlace"]


@pytest.mark.parametrize("path", ["/", "/api", "/sparql", "/scheme/policy-kind.html"])
def test_every_page_tells_search_engines_what_it_is_of(server: Live, path: str) -> None:
    assert structured(server, path)["@type"] == "Dataset"


def structured(server: Live, path: str) -> dict[str, Any]:
    text = server.get(path, "text/html").text
    block = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    told = json.loads(block)
    assert isinstance(told, dict)
    return told


@pytest.mark.parametrize("path", ["/", "/ontology.html", "/shape.html", "/scheme/policy-kind.html"])
def test_pages_speak_both_languages(server: Live, path: str) -> None:
    for language in ("zh", "en"):
        answer = server.get(f"{path}?lang={language}", "text/html")
        assert answer.status_code == 200
        assert answer.headers["content-language"] == language
