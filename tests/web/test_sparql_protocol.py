"""The endpoint keeps the SPARQL 1.1 Protocol, and clients we did not write read it unchanged.

The tests of queries bear the names that the W3C's protocol test suite gives them; data are ours.
Standard: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/
"""

import io
import json

import httpx
import pandas as pd
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from tests.web.live import Live
from zsgraph.namespaces import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, PREFIXES

ASK = "ASK { ?s ?p ?o }"
SERVICES, SOURCES = GRAPH_DATA + "services", GRAPH_DATA + "sources"
RESULTS_JSON = "application/sparql-results+json"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
Parameters = list[tuple[str, str]]


def get(server: Live, parameters: Parameters, accept: str = "*/*") -> httpx.Response:
    address = f"{server.url}/sparql"
    return httpx.get(address, params=parameters, headers={"Accept": accept}, timeout=60)


def post(
    server: Live, body: bytes | str, headers: dict[str, str], query: str = ""
) -> httpx.Response:
    return httpx.post(f"{server.url}/sparql{query}", content=body, headers=headers, timeout=60)


def post_form(server: Live, parameters: Parameters) -> httpx.Response:
    return httpx.post(f"{server.url}/sparql", data=dict_of(parameters), timeout=60)


def dict_of(parameters: Parameters) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in parameters:
        fields.setdefault(name, []).append(value)
    return fields


def truth(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    value = answer.json()["boolean"]
    assert isinstance(value, bool)
    return value


def in_default(graph: str) -> str:
    """Return an ASK that holds if the default graph has a triple that only ``graph`` has."""
    return (
        f"ASK {{ ?s a <{PREFIXES['zs']}{ {SERVICES: 'PilotService', SOURCES: 'Source'}[graph] }> }}"
    )


# --- Queries


def test_query_get(server: Live) -> None:
    assert truth(get(server, [("query", ASK)]))


def test_query_post_form(server: Live) -> None:
    assert truth(post_form(server, [("query", ASK)]))


def test_query_post_direct(server: Live) -> None:
    assert truth(post(server, ASK, DIRECT))


def test_query_dataset_default_graph(server: Live) -> None:
    one = [("default-graph-uri", SERVICES)]
    assert truth(get(server, [("query", in_default(SERVICES)), *one]))
    assert not truth(get(server, [("query", in_default(SOURCES)), *one]))


def test_query_dataset_default_graphs_get(server: Live) -> None:
    both = [("default-graph-uri", SERVICES), ("default-graph-uri", SOURCES)]
    for graph in (SERVICES, SOURCES):
        assert truth(get(server, [("query", in_default(graph)), *both]))


def test_query_dataset_default_graphs_post(server: Live) -> None:
    both = [("default-graph-uri", SERVICES), ("default-graph-uri", SOURCES)]
    for graph in (SERVICES, SOURCES):
        assert truth(post_form(server, [("query", in_default(graph)), *both]))


@pytest.mark.parametrize("send", [get, post_form], ids=["get", "post"])
def test_query_dataset_named_graphs(server: Live, send: object) -> None:
    assert callable(send)
    both = [("named-graph-uri", SERVICES), ("named-graph-uri", SOURCES)]
    query = f"ASK {{ GRAPH <{SERVICES}> {{ ?a ?b ?c }} GRAPH <{SOURCES}> {{ ?d ?e ?f }} }}"
    assert truth(send(server, [("query", query), *both]))
    assert not truth(send(server, [("query", ASK), *both])), "the default graph is empty"
    other = f"ASK {{ GRAPH <{GRAPH_INFERRED}> {{ ?a ?b ?c }} }}"
    assert not truth(send(server, [("query", other), *both]))


def test_query_dataset_full(server: Live) -> None:
    graphs = [("default-graph-uri", SERVICES), ("named-graph-uri", SOURCES)]
    query = f"ASK {{ ?s a zs:PilotService GRAPH ?g {{ ?d ?e ?f }} FILTER(?g = <{SOURCES}>) }}"
    assert truth(get(server, [("query", query), *graphs]))
    assert not truth(get(server, [("query", in_default(SOURCES)), *graphs]))


def test_query_multiple_dataset(server: Live) -> None:
    """The graphs of the protocol go before those of the query."""
    inside = in_default(SERVICES).replace("ASK", f"ASK FROM <{SOURCES}>")
    assert not truth(get(server, [("query", inside)]))
    assert truth(get(server, [("query", inside), ("default-graph-uri", SERVICES)]))
    direct = post(server, inside, DIRECT, f"?default-graph-uri={SERVICES}")
    assert truth(direct)


# --- Content types


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("", RESULTS_JSON),
        (RESULTS_JSON, RESULTS_JSON),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
    ],
)
def test_query_content_type_select(server: Live, accept: str, told: str) -> None:
    answer = get(server, [("query", "SELECT ?s { ?s ?p ?o } LIMIT 3")], accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == told


@pytest.mark.parametrize("accept", [RESULTS_JSON, "application/sparql-results+xml", "text/csv"])
def test_query_content_type_ask(server: Live, accept: str) -> None:
    answer = get(server, [("query", ASK)], accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert "true" in answer.text


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.parametrize(
    "query",
    ["DESCRIBE zs:Platform", "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 20"],
    ids=["describe", "construct"],
)
def test_query_content_type_describe_and_construct(
    server: Live, query: str, accept: str, parser: str
) -> None:
    answer = get(server, [("query", query)], accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert len(Graph().parse(data=answer.content, format=parser)) > 5


# --- Bad queries


def test_bad_query_method(server: Live) -> None:
    answer = httpx.put(f"{server.url}/sparql", params={"query": ASK})
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].replace(" ", "").split(","))


def test_bad_multiple_queries(server: Live) -> None:
    assert get(server, [("query", ASK), ("query", ASK)]).status_code == 400


def test_bad_query_wrong_media_type(server: Live) -> None:
    assert post(server, ASK, {"Content-Type": "text/plain"}).status_code == 415


def test_bad_query_missing_form_type(server: Live) -> None:
    assert post(server, "query=ASK%20%7B%7D", {}).status_code == 415


def test_bad_query_missing_direct_type(server: Live) -> None:
    assert post(server, ASK, {}).status_code == 415


def test_bad_query_non_utf8(server: Live) -> None:
    utf16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
    assert post(server, ASK.encode("utf-16"), utf16).status_code == 400
    assert post(server, "ASK { ?s ?p '中' }".encode("gb18030"), DIRECT).status_code == 400
    assert (
        server.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%27%D6%D0%27%20%7D").status_code == 400
    )
    assert post(server, b"query=ASK%20%7B%20%3Fs%20%3Fp%20'%D6'%20%7D", FORM).status_code == 400


def test_bad_query_syntax(server: Live) -> None:
    answer = get(server, [("query", "ASK { ?s ?p")])
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()["messages"]) == {"zh", "en"}


def test_post_without_a_query(server: Live) -> None:
    assert post_form(server, [("default-graph-uri", SERVICES)]).status_code == 400


def test_a_format_for_another_form_of_answer_is_not_acceptable(server: Live) -> None:
    assert get(server, [("query", ASK)], "text/turtle").status_code == 406
    assert get(server, [("query", ASK)], "image/png").status_code == 406


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_graphs_that_are_not_ours_are_refused(server: Live, name: str) -> None:
    for uri in ("file:///etc/passwd", "http://127.0.0.1/x", "not an iri", ""):
        assert get(server, [("query", ASK), (name, uri)]).status_code == 403


# --- Around the protocol


def test_the_service_describes_itself(server: Live) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept, parser in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        told = Graph().parse(data=server.get("/sparql", accept).content, format=parser)
        assert (None, URIRef(f"{sd}endpoint"), URIRef(f"{server.url}/sparql")) in told
        names = set(map(str, told.objects(None, URIRef(f"{sd}name"))))
        assert {GRAPH_ONTOLOGY, GRAPH_INFERRED, SERVICES} <= names


def test_other_origins_may_read(server: Live) -> None:
    answer = server.get(f"/sparql?query={ASK}", Origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    preflight = httpx.options(
        f"{server.url}/sparql",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_what_a_client_has_is_not_sent_again(server: Live) -> None:
    path = "/sparql?query=SELECT * { ?s a zs:Platform }"
    first = server.get(path, "text/csv")
    again = server.get(path, "text/csv", If_None_Match=first.headers["etag"])
    assert again.status_code == 304
    assert again.content == b""
    other = server.get(path, RESULTS_JSON, If_None_Match=first.headers["etag"])
    assert other.status_code == 200


def test_what_changes_by_itself_is_never_kept(server: Live) -> None:
    path = "/sparql?query=SELECT (STRUUID() AS ?x) {}"
    first, second = server.get(path), server.get(path)
    assert "etag" not in first.headers
    assert first.text != second.text


def test_answers_are_compressed_for_those_who_can(server: Live) -> None:
    path = "/sparql?query=SELECT * { ?s a ?c }"
    packed = server.get(path, "text/csv", Accept_Encoding="gzip")
    plain = server.get(path, "text/csv", Accept_Encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    unwanted = server.get(path, "text/csv", Accept_Encoding="gzip;q=0")
    assert "content-encoding" not in unwanted.headers


def test_large_answers_stream_and_are_whole(server: Live) -> None:
    query = "SELECT * { GRAPH ?g { ?s ?p ?o } }"
    counted = get(server, [("query", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")])
    with httpx.stream("GET", f"{server.url}/sparql", params={"query": query}) as answer:
        assert answer.headers["transfer-encoding"] == "chunked"
        body = json.loads(b"".join(answer.iter_bytes()))
    rows = int(counted.json()["results"]["bindings"][0]["n"]["value"])
    assert len(body["results"]["bindings"]) == rows


# --- Clients


@pytest.mark.parametrize("way", ["GET", "POST", "DIRECT"])
def test_sparqlwrapper_reads_it(server: Live, way: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    if way != "GET":
        client.setMethod(POST)
    if way == "DIRECT":
        client.setRequestMethod(POSTDIRECTLY)
    client.setQuery("SELECT ?p { ?p a zs:Platform } LIMIT 5")
    for form in (JSON, XML, CSV):
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setReturnFormat(JSON)
    assert len(client.query().convert()["results"]["bindings"]) == 5
    client.setQuery("CONSTRUCT WHERE { ?p a zs:Platform }")
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=client.query().convert(), format="turtle")) > 100


def test_rdflib_reads_it_as_a_store(server: Live) -> None:
    remote = Graph(SPARQLStore(f"{server.url}/sparql"))
    kind = URIRef(PREFIXES["zs"] + "Platform")
    typed = set(remote.subjects(URIRef(PREFIXES["rdf"] + "type"), kind))
    asked = remote.query("SELECT DISTINCT ?s { ?s a ?c }", initBindings={"c": kind})
    assert typed == {row[0] for row in asked}
    assert len(typed) > 100


def test_pandas_reads_it(server: Live) -> None:
    query = "SELECT%20?s%20?name%20%7B?s%20a%20zs:Platform;skos:prefLabel%20?name%7D"
    text = server.get(f"/sparql?query={query}", "text/csv").text
    direct = pd.read_csv(
        f"{server.url}/sparql?query={query}", storage_options={"Accept": "text/csv"}
    )
    assert direct.equals(pd.read_csv(io.StringIO(text)))
    assert len(direct) > 100
