"""Load on an HTTP server: a number of clients that ask one request after another."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Call:
    """A request: target of the address, and what is accepted."""

    target: str
    accept: str = "*/*"


@dataclass
class Load:
    """What was measured.

    Attributes
    ----------
    seconds
        How long the load lasted.
    latencies
        Seconds from sending a request to having read its answer, in order of size.
    statuses
        Answers by HTTP status; 0 for broken connections.
    """

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def errors(self) -> int:
        """Answers that were no success, and connections that broke."""
        return sum(n for status, n in self.statuses.items() if not 200 <= status < 400)

    def percentile(self, part: float) -> float:
        """Return the latency that ``part`` (0 to 1) of the answers had at most."""
        return self.latencies[min(len(self.latencies) - 1, int(part * len(self.latencies)))]


def put_load(url: str, calls: Sequence[Call], clients: int, seconds: float) -> Load:
    """Let clients ask calls at random, the same ones in each run.

    Parameters
    ----------
    url
        Of the server.
    calls
        What is asked.
    clients
        How many ask at the same time, each over a connection that is kept open.
    seconds
        For how long.
    """
    return asyncio.run(_load(url, calls, clients, seconds))


async def _load(url: str, calls: Sequence[Call], clients: int, seconds: float) -> Load:
    load = Load()
    begin = time.perf_counter()
    end = begin + seconds
    await asyncio.gather(*(_client(url, calls, n, end, load) for n in range(clients)))
    load.seconds = time.perf_counter() - begin
    load.latencies.sort()
    return load


async def _client(url: str, calls: Sequence[Call], seed: int, end: float, load: Load) -> None:
    place = urlsplit(url)
    choice = random.Random(seed)
    streams = None
    while (begin := time.perf_counter()) < end:
        call = choice.choice(calls)
        try:
            streams = streams or await asyncio.open_connection(place.hostname, place.port)
            status, keep = await _ask(*streams, place.netloc, call)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            status, keep = 0, False
        load.statuses[status] += 1
        load.latencies.append(time.perf_counter() - begin)
        if not keep and streams:
            streams[1].close()
            streams = None


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, call: Call
) -> tuple[int, bool]:
    writer.write(
        f"GET {call.target} HTTP/1.1\r\nHost: {host}\r\nAccept: {call.accept}\r\n\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return status, headers.get("connection") != "close"
