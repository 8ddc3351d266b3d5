"""What operators see of the server, and what browsers obey."""

import json
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.shell import Shell, shell
from tests.toys import copy_of_toy
from tests.web.live import Live, running

__all__ = ["shell"]


def test_it_tells_that_it_is_well_and_which_graph_answers(server: Live) -> None:
    answer = server.get("/health")
    assert answer.json()["status"] == "ok"
    assert answer.json()["graph"].startswith("graph-")
    assert len(answer.json()["fingerprint"]) == 64
    assert answer.headers["cache-control"] == "no-store"


def counted(live: Live) -> float:
    families = text_string_to_metric_families(live.get("/metrics").text)
    samples = [sample for family in families for sample in family.samples]
    return sum(
        sample.value
        for sample in samples
        if sample.name == "zsgraph_requests_total" and sample.labels["group"] == "api"
    )


def test_the_numbers_are_those_of_all_processes(server: Live) -> None:
    before = counted(server)
    for n in range(12):
        server.get(f"/api/queries?lang={('zh', 'en')[n % 2]}")
    assert counted(server) == before + 12
    names = {f.name for f in text_string_to_metric_families(server.get("/metrics").text)}
    assert {"zsgraph_requests", "zsgraph_request_seconds", "zsgraph_cache_hits"} <= names


def test_each_request_is_a_line_of_json(server: Live) -> None:
    server.get("/api/queries?lang=en&x=行", User_Agent="tester")
    time.sleep(0.2)
    lines = [json.loads(line) for line in server.said if '"tester"' in line]
    assert lines[-1]["path"] == "/api/queries"
    assert lines[-1]["status"] == 400
    assert lines[-1]["ms"] > 0
    assert lines[-1]["client"] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/sparql", "/api/queries", "/nothing", "/static/site.css"])
def test_browsers_are_told_to_be_careful(server: Live, path: str) -> None:
    headers = server.get(path, "text/html").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_without_a_graph_it_says_so_and_goes_on_when_there_is_one(tmp_path: Path) -> None:
    books = copy_of_toy(tmp_path)
    books.build()
    with running(books.home, "--workers", "1", root=books.root) as live:
        assert live.is_well()
        link = books.home / "current"
        target = link.readlink()
        link.unlink()
        answer = live.get("/sparql?query=ASK{}")
        assert answer.status_code == 503
        assert "zsgraph build" in answer.json()["messages"]["en"]
        assert live.get("/health").status_code == 503
        link.symlink_to(target)
        assert live.get("/sparql?query=ASK{}").status_code == 200


def test_a_port_in_use_is_told_in_a_sentence(shell: Shell, tmp_path: Path) -> None:
    books = copy_of_toy(tmp_path)
    books.build()
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        options = ["--root", str(books.root), "--home", str(books.home), "--lang", "en"]
        ran = shell.run("serve", "--port", port, *options)
    assert ran.code == 2
    assert f"127.0.0.1:{port}" in ran.err
    assert "--port" in ran.err
