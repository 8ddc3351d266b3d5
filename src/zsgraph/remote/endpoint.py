"""Where a SPARQL service is, and how patient its callers are."""

import os
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from zsgraph.errors import UsageError
from zsgraph.remote.credentials import Credentials, credentials_for

#: The environment variable that stands for ``--endpoint``.
VARIABLE: Final = "ZSGRAPH_ENDPOINT"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL service.

    Attributes
    ----------
    query
        Address of queries.
    update
        Address of updates; by default that of queries.
    graph_store
        Address of the Graph Store HTTP Protocol, or empty.
    credentials
        Who asks.
    seconds
        How long one answer may take to begin.
    tries
        How often a request is sent at most.
    """

    query: str
    update: str = ""
    graph_store: str = ""
    credentials: Credentials = field(default_factory=Credentials)
    seconds: float = 60.0
    tries: int = 5


def endpoint_at(
    query: str,
    update: str = "",
    graph_store: str = "",
    auth: str = "",
    seconds: float = 60.0,
) -> Endpoint:
    """Return the service at an address, with the credentials that are at hand for it.

    Raises
    ------
    UsageError
        If an address is none, or holds a password.
    """
    for address in filter(None, (query, update, graph_store)):
        _check(address)
    credentials = credentials_for(update or graph_store or query, auth)
    return Endpoint(query, update or query, graph_store, credentials, seconds)


def named_endpoint(given: str | None) -> str:
    """Return the address that was given, else that of ``ZSGRAPH_ENDPOINT``, else nothing."""
    return given or os.environ.get(VARIABLE, "")


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.username or parts.password:
        raise UsageError(
            "地址里不能写用户名和密码，别人会看到。请用环境变量、文件或 keyring。",
            "An address must not hold a name and password, which others see. Use the environment, "
            "a file or the keyring.",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"“{address}”不是 SPARQL 服务的地址，应当以 http:// 或 https:// 开头。",
            f"“{address}” is no address of a SPARQL service; it should start with http:// or "
            "https://.",
        )
