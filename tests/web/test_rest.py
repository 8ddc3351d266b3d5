"""Each named query answers at an address of its own; the OpenAPI document tells the truth of it."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pandas as pd
import pytest

from tests.web.live import Live
from zsgraph.answers import answer
from zsgraph.formats import to_csv
from zsgraph.knowledge import Knowledge
from zsgraph.queries import load_queries
from zsgraph.store import Graph

SICHUAN = "/api/queries/q3-policies?region=四川省"


def test_an_address_may_be_typed_as_it_is_read(server: Live) -> None:
    ran = subprocess.run(["curl", "-sS", server.url + SICHUAN], capture_output=True, check=False)
    assert json.loads(ran.stdout)["parameters"] == {"region": "四川省"}


def test_every_query_answers_as_on_the_command_line(
    server: Live, graph: Graph, knowledge: Knowledge
) -> None:
    for name, query in load_queries(knowledge.queries).items():
        values = {p.name: p.example for p in query.parameters if p.required}
        got = httpx.get(
            f"{server.url}/api/queries/{name}",
            params=values | {"limit": "10000"},
            headers={"Accept": "text/csv", "Accept-Language": "en"},
            timeout=60,
        )
        assert got.status_code == 200, name
        assert got.headers["content-type"] == "text/csv; charset=utf-8"
        assert got.text == to_csv(answer(graph, query, values, "en")), name


def test_json_gives_labels_and_iris_and_typed_values(server: Live) -> None:
    body = server.get(SICHUAN + "&lang=en").json()
    assert body["parameters"] == {"region": "四川省"}
    assert body["total"] == len(body["rows"]) > 0
    row = body["rows"][0]
    assert row["policy"]["iri"].startswith("https://w3id.org/zsgraph/id/policies/")
    assert row["policy"]["label"]
    assert isinstance(row["issuers"], list)
    assert body["answer"].startswith(str(body["total"]))


def test_pages_follow_one_another_and_make_the_whole(server: Live) -> None:
    whole = server.get("/api/queries/q6-platforms").json()
    rows, address = [], "/api/queries/q6-platforms?limit=50"
    while address:
        got = server.get(address)
        rows += got.json()["rows"]
        assert {"first", "last"} <= got.links.keys()
        address = got.links.get("next", {}).get("url", "")
    assert rows == whole["rows"]


def test_pandas_reads_it(server: Live) -> None:
    frame = pd.read_csv(f"{server.url}/api/queries/q6-platforms?lang=en&format=csv")
    assert "Platform" in frame.columns
    assert len(frame) == server.get("/api/queries/q6-platforms").json()["total"]


def test_csv_is_what_the_csv_module_reads(server: Live) -> None:
    rows = list(csv.reader(io.StringIO(server.get(SICHUAN, "text/csv").text)))
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("call", "status", "told"),
    [
        ("/api/queries/q3-polices", 404, "q3-polices"),
        (SICHUAN + "&regoin=x", 400, "region"),
        ("/api/queries/q3-policies?region=四川", 404, "四川省"),
        ("/api/queries/q3-policies?since=24", 400, "2024"),
        (SICHUAN + "&limit=0", 400, "limit"),
        (SICHUAN + "&offset=-1", 400, "offset"),
        (SICHUAN + "&lang=fr", 400, "lang"),
        (SICHUAN + "&format=xlsx", 400, "format"),
        (SICHUAN + "&region=北京市", 400, "region"),
        ("/api/queries?x=1", 400, "x"),
    ],
)
def test_a_wrong_call_is_told_what_is_right(
    server: Live, call: str, status: int, told: str
) -> None:
    got = server.get(call, Accept_Language="en")
    assert got.status_code == status
    assert told in got.json()["messages"]["en"]


def test_a_format_that_is_not_offered_is_refused(server: Live) -> None:
    assert server.get(SICHUAN, "application/pdf").status_code == 406


def test_a_value_is_only_ever_a_value(server: Live) -> None:
    for text in ('x" } ; DROP ALL #', "<http://x> ) }", "\\u0022", "?s ?p ?o", "四川省' OR 1=1"):
        got = httpx.get(f"{server.url}/api/queries/q3-policies", params={"region": text})
        assert got.status_code == 404


def test_the_page_documents_each_call(server: Live, knowledge: Knowledge) -> None:
    page = server.get("/api?lang=en", "text/html").text
    for name in load_queries(knowledge.queries):
        assert f"/api/queries/{name}" in page


#: The listing, and queries that between them have each kind of parameter; all run the same code.
TRIED = "/api/queries(/q3-policies|/q4-platform-types|/changes-in-period|/policy-genealogy)?$"


def test_schemathesis_finds_no_violation(server: Live, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    options = ["--max-examples=10", "--seed=1", "--phases=examples,coverage,fuzzing"]
    document = f"{server.url}/api/openapi.json"
    ran = subprocess.run(
        [program, "run", document, "--include-path-regex", TRIED, "--no-color", *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert "Tested: 5" in ran.stdout
