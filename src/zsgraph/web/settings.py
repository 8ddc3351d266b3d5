"""What the server is told when it starts: where the knowledge lies, and the limits of requests."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

#: Environment variable that hands the settings on to the processes of the server.
VARIABLE: Final = "ZSGRAPH_SERVE"
MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Places and limits of a server.

    Attributes
    ----------
    root, data, home
        Folders of the knowledge, of the records and of the built graphs; empty ``root`` and
        ``data`` stand for what :func:`zsgraph.knowledge.locate` finds.
    timeout
        Seconds that a query may take, waiting included.
    max_rows
        Rows (or triples) that a query may answer with; 0 for no limit but that of bytes, so that
        large answers stream.
    max_bytes
        Bytes that the answer to a query may take.
    memory
        Mebibytes of memory that a query may take.
    queries
        Queries that each process runs at the same time.
    queue
        Queries that may wait in each process for their turn.
    max_body, max_url
        Bytes of a request's body and of its target.
    client_timeout
        Seconds in which a client sends its request, and takes each part of the answer.
    cache
        Mebibytes of answers that each process keeps.
    access_log
        Whether each request is logged, as a line of JSON on standard error.
    """

    home: str
    root: str = ""
    data: str = ""
    timeout: float = 30.0
    max_rows: int = 0
    max_bytes: int = 512 * MEBIBYTE
    memory: int = 1024
    queries: int = 2
    queue: int = 64
    max_body: int = MEBIBYTE
    max_url: int = 16 * 1024
    client_timeout: float = 15.0
    cache: int = 64
    access_log: bool = True

    @property
    def home_folder(self) -> Path:
        """Folder of the built graphs."""
        return Path(self.home)

    def export(self) -> None:
        """Hand the settings on to processes that are started from now on."""
        os.environ[VARIABLE] = json.dumps(asdict(self))


def from_environment() -> Settings:
    """Return the settings that the process which started this one has exported."""
    return Settings(**json.loads(os.environ[VARIABLE]))
