"""A SPARQL service for the tests, and our graph in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remote.virtuoso import PASSWORD, USER, Virtuoso, is_installed
from zsgraph.remote.client import Client
from zsgraph.remote.credentials import Credentials
from zsgraph.remote.endpoint import Endpoint
from zsgraph.remote.push import push
from zsgraph.store import Graph


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    if not is_installed():
        pytest.skip("Virtuoso (Debian's virtuoso-opensource-7-bin) is not installed")
    server = Virtuoso(tmp_path_factory.mktemp("virtuoso"))
    try:
        server.start()
        server.add_user()
        yield server
    finally:
        server.kill()


@pytest.fixture
def endpoint(virtuoso: Virtuoso) -> Endpoint:
    credentials = Credentials("digest", USER, PASSWORD)
    return Endpoint(virtuoso.query, virtuoso.update, credentials=credentials, tries=2)


@pytest.fixture(scope="session")
def filled(virtuoso: Virtuoso, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Endpoint:
    """Hold the shipped graph in Virtuoso, sent through the Graph Store HTTP Protocol."""
    credentials = Credentials("digest", USER, PASSWORD)
    service = Endpoint(virtuoso.query, virtuoso.update, virtuoso.graph_store, credentials)
    push(Client(service), graph.store, graph.description, _folder(tmp_path_factory), print)
    return service


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("pushed")
