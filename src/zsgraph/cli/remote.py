"""``--endpoint``: the graph at a SPARQL service in place of the one that was built here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from zsgraph.cli.graph import ready_graph
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph

if TYPE_CHECKING:
    from zsgraph.remote.endpoint import Endpoint

endpoint_option: Callable[[Any], Any] = click.option(
    "--endpoint",
    metavar="URL",
    envvar="ZSGRAPH_ENDPOINT",
    help="问这个 SPARQL 服务上的图 / ask the graph at this SPARQL service",
)


def chosen_graph(knowledge: Knowledge, language: str, endpoint: str | None) -> Graph:
    """Return the graph at a service, or the one that was built here where none is named."""
    if not endpoint:
        return ready_graph(knowledge, language)
    from zsgraph.remote.store import remote_graph

    return remote_graph(service(endpoint))


def service(address: str, seconds: float = 60.0) -> "Endpoint":
    """Return the service at an address, with the credentials at hand."""
    import os

    from zsgraph.remote.endpoint import endpoint_at

    return endpoint_at(address, auth=os.environ.get("ZSGRAPH_AUTH", ""), seconds=seconds)
