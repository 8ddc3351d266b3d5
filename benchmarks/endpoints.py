"""SPARQL endpoints over the same data: ours, rdflib-endpoint and Virtuoso."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

_PEER = """
import sys
import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
app = SparqlEndpoint(graph=graph, path="/sparql")
uvicorn.run(app, port=int(sys.argv[2]), log_level="error")
"""
_INI = """
[Database]
DatabaseFile = {folder}/db
ErrorLogFile = {folder}/log
LockFile = {folder}/lock
TransactionFile = {folder}/transactions
xa_persistent_file = {folder}/xa
[TempDatabase]
DatabaseFile = {folder}/temporary
TransactionFile = {folder}/temporary-transactions
[Parameters]
ServerPort = {port}
DirsAllowed = {data}
ServerThreads = 40
NumberOfBuffers = 85000
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = {web}
ServerThreads = 40
MaxKeepAlives = 40
KeepAliveTimeout = 30
[SPARQL]
ResultSetMaxRows = 1000000
"""
_STARTING = 120.0


@contextmanager
def ours(home: Path) -> Iterator[str]:
    """Run ``zsgraph serve``; gives its URL."""
    port = free_port()
    program = [sys.executable, "-c", "from zsgraph.cli import main; main()"]
    options = ["serve", "--home", str(home), "--port", str(port), "--no-access-log"]
    with _running([*program, *options], f"http://127.0.0.1:{port}", "/health") as url:
        yield url


@contextmanager
def rdflib_endpoint(data: Path) -> Iterator[str]:
    """Run rdflib-endpoint over N-Quads; gives its URL."""
    port = free_port()
    program = [sys.executable, "-c", _PEER, str(data), str(port)]
    with _running(program, f"http://127.0.0.1:{port}", "/sparql?query=ASK%7B%7D") as url:
        yield url


@contextmanager
def virtuoso(data: Path, folder: Path) -> Iterator[str]:
    """Run Virtuoso (Debian's ``virtuoso-opensource``) over N-Quads; gives its URL."""
    port, web = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(_INI.format(folder=folder, data=data.parent, port=port, web=web))
    program = ["virtuoso-t", "+foreground", "+configfile", str(settings)]
    with _running(program, f"http://127.0.0.1:{web}", "/sparql?query=ASK%7B%7D") as url:
        load = f"DB.DBA.TTLP_MT(file_to_string_output('{data}'), '', 'urn:none', 512);checkpoint;"
        load += 'GRANT SPARQL_UPDATE TO "SPARQL";'
        isql = shutil.which("isql-vt") or "isql-v"
        subprocess.run([isql, str(port), "dba", "dba", f"EXEC={load}"], check=True)
        yield url


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def _running(command: list[str], url: str, probe: str) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(url + probe, process)
        yield url
    finally:
        process.terminate()
        process.wait(60)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{process.args!r} does not answer")
