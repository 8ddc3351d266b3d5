"""Starting the server: its processes, their socket, and the end."""

import os
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from zsgraph.web.settings import Settings

_KEEP_ALIVE_SECONDS = 30
_GRACE_SECONDS = 10
_BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and with how many processes."""

    host: str
    port: int
    workers: int


def serve(settings: Settings, address: Address, on_ready: Callable[[str], None]) -> None:
    """Serve until a signal ends it.

    Parameters
    ----------
    settings
        Places and limits.
    address
        Where to listen.
    on_ready
        Is told the URL once the address is bound.

    Raises
    ------
    OSError
        If the address cannot be used.
    """
    settings.export()
    with tempfile.TemporaryDirectory(prefix="zsgraph-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        _run(address, on_ready)


def _run(address: Address, on_ready: Callable[[str], None]) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        "zsgraph.web.application:create",
        factory=True,
        host=address.host,
        port=address.port,
        workers=address.workers,
        http="zsgraph.web.protocol:GuardedProtocol",
        ws="none",
        access_log=False,
        server_header=False,
        date_header=True,
        log_level="warning",
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        backlog=_BACKLOG,
    )
    sock = _bound(address)
    host = f"[{address.host}]" if ":" in address.host else address.host
    on_ready(f"http://{host}:{sock.getsockname()[1]}")
    if address.workers > 1:
        Multiprocess(config, sockets=[sock]).run()
    else:
        uvicorn.Server(config).run(sockets=[sock])


def _bound(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((address.host, address.port))
    except OSError:
        sock.close()
        raise
    sock.listen(_BACKLOG)
    sock.set_inheritable(True)
    return sock
