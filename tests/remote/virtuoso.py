"""Virtuoso 7, a SPARQL service that we did not write, on free ports of loopback."""

import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

USER, PASSWORD = "tester", "secret"
_CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 8
CheckpointInterval = 60
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ThreadsPerQuery = 2
MaxQueryMem = 300M
DirsAllowed = .
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
MaxClientConnections = 8
[SPARQL]
ResultSetMaxRows = 1000000
"""


class Virtuoso:
    """A server with a data folder of its own; it may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sql, self._http = _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "virtuoso.ini").write_text(
            _CONFIGURATION.format(folder=folder, sql=self._sql, http=self._http), encoding="utf-8"
        )

    @property
    def query(self) -> str:
        return f"http://127.0.0.1:{self._http}/sparql"

    @property
    def update(self) -> str:
        return f"http://127.0.0.1:{self._http}/sparql-auth"

    @property
    def graph_store(self) -> str:
        return f"http://127.0.0.1:{self._http}/sparql-graph-crud-auth"

    def start(self) -> None:
        (self._folder / "virtuoso.lck").unlink(missing_ok=True)  # of a server that was killed
        self._process = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(self._folder / "virtuoso.ini")],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.query}?query=ASK%7B%7D", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self._folder / "virtuoso.log").read_text())

    def add_user(self) -> None:
        script = f"DB.DBA.USER_CREATE ('{USER}', '{PASSWORD}');\nGRANT SPARQL_UPDATE TO {USER};\n"
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba"],
            input=script.encode(),
            check=True,
            capture_output=True,
        )

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def is_installed() -> bool:
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
