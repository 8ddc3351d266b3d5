"""Requests to a SPARQL service: written by SPARQLWrapper, sent with patience, told of in sentences.

Reading requests and updates of ours can be repeated without harm, so what the network or a busy
service failed at is sent again, after a pause that doubles.
"""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from SPARQLWrapper import (
    CONSTRUCT,
    GET,
    INSERT,
    JSON,
    POST,
    POSTDIRECTLY,
    SELECT,
    TURTLE,
    URLENCODED,
    SPARQLWrapper,
)

from zsgraph import __version__
from zsgraph.remote.credentials import Credentials
from zsgraph.remote.endpoint import Endpoint
from zsgraph.remote.faults import UnreachableError, refused, too_slow, unreachable

#: A query that is longer goes by POST, since servers bound the length of addresses.
_LONGEST_ADDRESS: Final = 2_000
_FIRST_PAUSE: Final = 0.5
_AGENT: Final = f"zsgraph/{__version__}"
Send = Callable[[], bytes]


class Client:
    """Talks to one SPARQL service.

    Parameters
    ----------
    endpoint
        Where it is.
    pause
        Waits so many seconds before another try.
    """

    def __init__(self, endpoint: Endpoint, pause: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self._pause = pause

    def select(
        self,
        text: str,
        default: Iterable[str] = (),
        named: Iterable[str] = (),
        *,
        seconds: float | None = None,
    ) -> bytes:
        """Ask SELECT or ASK and return the answer in SPARQL 1.1 Query Results JSON.

        Parameters
        ----------
        text
            The query, with its prefixes declared.
        default, named
            IRIs of the graphs that make up the default graph and of the named graphs; the
            service's own choice if none is given.
        seconds
            How long it may take, by default as the endpoint says.

        Raises
        ------
        RemoteError
            If the service cannot be reached or does not answer.
        """
        return self._ask(text, JSON, default, named, seconds)

    def construct(
        self,
        text: str,
        default: Iterable[str] = (),
        named: Iterable[str] = (),
        *,
        seconds: float | None = None,
    ) -> bytes:
        """Ask CONSTRUCT or DESCRIBE and return the answer in Turtle, as :meth:`select` does."""
        return self._ask(text, TURTLE, default, named, seconds)

    def update(self, text: str) -> None:
        """Send a request of SPARQL Update that may be repeated without harm."""
        wrapper = self._wrapper(POST)
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.put(text, INSERT)
        self._patiently(lambda: _read(wrapper), self.endpoint.update, None)

    def add(self, graph: str, triples: bytes) -> None:
        """Add triples, in N-Triples, to a graph through the Graph Store HTTP Protocol."""
        mark = "&" if "?" in self.endpoint.graph_store else "?"
        address = f"{self.endpoint.graph_store}{mark}{urlencode({'graph': graph})}"

        def send() -> bytes:
            request = urllib.request.Request(address, data=triples, method="POST")
            request.add_header("Content-Type", "application/n-triples")
            request.add_header("User-Agent", _AGENT)
            return self._open(request)

        self._patiently(send, self.endpoint.graph_store, None)

    def _ask(
        self,
        text: str,
        form: str,
        default: Iterable[str],
        named: Iterable[str],
        seconds: float | None,
    ) -> bytes:
        graphs = [*default], [*named]
        size = len(text) + sum(len(name) + 20 for names in graphs for name in names)
        wrapper = self._wrapper(GET if size < _LONGEST_ADDRESS else POST, seconds)
        wrapper.setRequestMethod(URLENCODED)
        wrapper.setReturnFormat(form)
        wrapper.put(text, CONSTRUCT if form == TURTLE else SELECT)
        for name in graphs[0]:
            wrapper.addDefaultGraph(name)
        for name in graphs[1]:
            wrapper.addNamedGraph(name)
        return self._patiently(lambda: _read(wrapper), self.endpoint.query, seconds)

    def _wrapper(self, method: str, seconds: float | None = None) -> "_Wrapper":
        wrapper = _Wrapper(self.endpoint.query, self.endpoint.update, agent=_AGENT)
        wrapper.opened = lambda request: self._open(request, seconds)
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(method)
        return wrapper

    def _open(self, request: urllib.request.Request, seconds: float | None = None) -> bytes:
        opener = _opener(self.endpoint.credentials, request)
        limit = seconds or self.endpoint.seconds
        with opener.open(request, timeout=limit) as answer:
            return bytes(answer.read())

    def _patiently(self, send: Send, address: str, seconds: float | None) -> bytes:
        for attempt in range(1, self.endpoint.tries + 1):
            try:
                return self._once(send, address, seconds or self.endpoint.seconds)
            except UnreachableError:
                if attempt == self.endpoint.tries:
                    raise
            self._pause(_FIRST_PAUSE * 2 ** (attempt - 1))
        raise AssertionError

    def _once(self, send: Send, address: str, seconds: float) -> bytes:
        try:
            return send()
        except urllib.error.HTTPError as error:
            raise refused(address, error.code, error.read()) from None
        except TimeoutError:
            raise too_slow(address, seconds) from None
        except urllib.error.URLError as error:
            raise unreachable(address, _reason(error.reason)) from None
        except ValueError as error:  # a digest that it asks for and no handler knows
            raise refused(address, 401, str(error).encode()) from None
        except (OSError, HTTPException) as error:
            raise unreachable(address, _reason(error)) from None


class _Wrapper(SPARQLWrapper):
    """Writes a request as SPARQLWrapper does and has it sent as :class:`Client` does.

    SPARQLWrapper itself installs digest credentials for the whole process, and its other
    credentials go along when a server sends the request on to another host.
    """

    opened: Callable[[urllib.request.Request], bytes]

    def put(self, text: str, kind: str) -> None:
        """Take a request; SPARQLWrapper's own guess is misled by words in comments of queries."""
        self.setQuery(text)
        self.queryType = kind

    def send(self) -> bytes:
        """Send the request and return the body of the answer."""
        return self.opened(self._createRequest())


def _read(wrapper: _Wrapper) -> bytes:
    return wrapper.send()


def _opener(
    credentials: Credentials, request: urllib.request.Request
) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = []
    if credentials.method == "digest":
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        parts = urlsplit(request.full_url)
        known.add_password(
            None, f"{parts.scheme}://{parts.netloc}/", credentials.user, credentials.secret
        )
        handlers.append(urllib.request.HTTPDigestAuthHandler(known))
    elif credentials.method:
        # not sent on to where a server redirects to
        request.add_unredirected_header("Authorization", _authorization(credentials))
    return urllib.request.build_opener(*handlers)


def _authorization(credentials: Credentials) -> str:
    if credentials.method == "bearer":
        return f"Bearer {credentials.secret}"
    import base64

    pair = f"{credentials.user}:{credentials.secret}".encode()
    return "Basic " + base64.b64encode(pair).decode()


def _reason(error: Any) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)
