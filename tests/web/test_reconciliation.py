"""OpenRefine matches a spreadsheet against the graph, as the reconciliation specification has it.

Standard: Reconciliation Service API 0.2; its schemas are told here in our own words.
"""

import json
from typing import Any

import httpx
import pytest
from jsonschema import validate

from tests.web.live import Live
from zsgraph.labels import labels_of
from zsgraph.namespaces import ID, ZS
from zsgraph.store import Graph

TEXT = {"type": "string"}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
PLACE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {
        "service_url": {"type": "string", "pattern": "^https?://.*[^/]$"},
        "service_path": {"type": "string", "pattern": "^/"},
        "flyout_service_path": {"type": "string", "pattern": r"^/.*\$\{id\}"},
    },
}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace", "view", "defaultTypes"],
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "view": {"required": ["url"], "properties": {"url": {"pattern": r"\{\{id\}\}"}}},
        "preview": {
            "required": ["url", "width", "height"],
            "properties": {
                "url": {"pattern": r"\{\{id\}\}"},
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
        "defaultTypes": {"type": "array", "minItems": 1, "items": NAMED},
        "suggest": {"additionalProperties": PLACE, "required": ["entity", "type", "property"]},
        "extend": {"required": ["propose_properties"], "properties": {"propose_properties": PLACE}},
    },
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": NAMED},
        "features": {"type": "array", "items": {"required": ["id", "value"]}},
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
SUGGESTED = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": NAMED}},
}
CELL = {"type": "object", "minProperties": 1}
EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": NAMED},
        "rows": {
            "additionalProperties": {
                "additionalProperties": {"type": "array", "items": CELL},
            }
        },
    },
}


def ask(server: Live, queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    data = {"queries": json.dumps(queries)}
    answer = httpx.post(f"{server.url}/reconcile", data=data, timeout=60)
    assert answer.status_code == 200, answer.text
    validate(answer.json(), RESULTS)
    return {name: batch["result"] for name, batch in answer.json().items()}


def one(server: Live, name: str, **more: Any) -> list[dict[str, Any]]:
    return ask(server, {"q": {"query": name, **more}})["q"]


def test_the_manifest_tells_what_is_offered(server: Live) -> None:
    manifest = server.get("/reconcile", Accept_Language="en").json()
    validate(manifest, MANIFEST)
    assert manifest["identifierSpace"] == ID
    assert manifest["schemaSpace"] == ZS
    types = {kind["id"] for kind in manifest["defaultTypes"]}
    assert {"Platform", "Organisation", "PolicyDocument", "Region", "Industry"} <= types


def test_an_exact_name_is_a_sure_match(server: Live) -> None:
    best = one(server, "四川省", type="Region")
    assert best[0]["id"] == "regions/510000"
    assert best[0]["score"] == 100
    assert [candidate["match"] for candidate in best].count(True) == 1


@pytest.mark.parametrize("spelling", ["四川", " 四川省 ", "四川省(省级)", "四 川 省", "510000"])
def test_other_spellings_find_it_too(server: Live, spelling: str) -> None:
    assert "regions/510000" in [c["id"] for c in one(server, spelling, type="Region")]


def test_every_record_finds_itself(server: Live, graph: Graph) -> None:
    iris = [
        row["s"].value
        for row in graph.query("SELECT ?s { ?s a zs:Organisation ; skos:prefLabel ?l } ORDER BY ?s")
        if row["s"].value.startswith(ID)  # type: ignore[union-attr]
    ][::9]
    labels = labels_of(graph.store, iris, "zh")
    queries = {iri: {"query": labels[iri], "type": "Organisation"} for iri in iris}
    for iri, found in ask(server, queries).items():
        assert found[0]["score"] == 100
        assert iri.removeprefix(ID) in [c["id"] for c in found if c["score"] == 100]


def test_properties_tell_namesakes_apart(server: Live) -> None:
    plain = one(server, "高新区", type="Region", limit=10)
    assert len(plain) > 1
    wanted = plain[-1]["id"]
    parent = server.get(f"/id/{wanted}.jsonld").json()
    node = next(item for item in parent if item["@id"] == ID + wanted)
    above = node[ZS + "partOf"][0]["@id"]
    given = [{"pid": "partOf", "v": {"id": above.removeprefix(ID)}}]
    best = one(server, plain[-1]["name"], type="Region", properties=given)
    assert best[0]["id"] == wanted


def test_a_batch_is_answered_query_by_query(server: Live) -> None:
    found = ask(server, {"a": {"query": "北京市"}, "b": {"query": "毫不相干的xyzzy名字qwv"}})
    assert found["a"][0]["name"] == "北京市"
    assert not any(candidate["match"] for candidate in found["b"])


@pytest.mark.parametrize(
    "fields",
    [
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q": 3}'},
        {"queries": '{"q": {"query": "x", "limit": -1}}'},
        {"queries": '{"q": {"query": "x", "type": "<a b>"}}'},
        {"queries": '{"q": {"query": "x", "properties": [{"v": 1}]}}'},
        {"queries": json.dumps({str(n): {"query": "x"} for n in range(500)})},
        {"queries": "[" * 100_000},
        {"extend": '{"ids": 1}'},
        {"other": "x"},
    ],
)
def test_malformed_requests_are_told_so(server: Live, fields: dict[str, str]) -> None:
    answer = httpx.post(f"{server.url}/reconcile", data=fields, timeout=60)
    assert answer.status_code == 400
    assert set(answer.json()["messages"]) == {"zh", "en"}


@pytest.mark.parametrize(
    ("kind", "prefix", "found"),
    [("entity", "四川", "regions/510000"), ("type", "platf", "Platform"), ("property", "地区", "")],
)
def test_what_is_typed_is_completed(server: Live, kind: str, prefix: str, found: str) -> None:
    manifest = server.get("/reconcile").json()
    place = manifest["suggest"][kind]
    address = place["service_url"] + place["service_path"]
    answer = httpx.get(address, params={"prefix": prefix}, timeout=60).json()
    validate(answer, SUGGESTED)
    ids = [item["id"] for item in answer["result"]]
    assert ids
    assert not found or found in ids
    flyout = place["service_url"] + place["flyout_service_path"].replace("${id}", ids[0])
    told = httpx.get(flyout, timeout=60).json()
    assert told["id"] == ids[0]
    assert "<strong>" in told["html"]


def test_a_preview_may_stand_in_a_frame(server: Live) -> None:
    template = server.get("/reconcile").json()["preview"]["url"]
    answer = httpx.get(template.replace("{{id}}", "regions/510000"), timeout=60)
    assert answer.status_code == 200
    assert "四川省" in answer.text
    assert "frame-ancestors *" in answer.headers["content-security-policy"]


def test_the_view_leads_to_the_thing(server: Live) -> None:
    template = server.get("/reconcile").json()["view"]["url"]
    answer = httpx.get(template.replace("{{id}}", "regions/510000"), timeout=60)
    assert answer.headers["location"] == "/id/regions/510000"


def test_columns_can_be_added_from_the_graph(server: Live) -> None:
    offered = server.get("/reconcile/properties?type=Region&limit=3").json()
    assert offered["limit"] == 3
    assert len(offered["properties"]) == 3
    names = {"partOf", "regionLevel"}
    asked = {"ids": ["regions/510100", "regions/none"], "properties": [{"id": n} for n in names]}
    answer = httpx.post(f"{server.url}/reconcile", data={"extend": json.dumps(asked)}, timeout=60)
    body = answer.json()
    validate(body, EXTENDED)
    above = {cell["id"] for cell in body["rows"]["regions/510100"]["partOf"]}
    assert "regions/510000" in above
    assert body["rows"]["regions/none"] == {name: [] for name in names}
