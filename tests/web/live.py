"""The real server in processes of its own, on a free port of the loopback interface."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Thread

import httpx

PROGRAM = "from zsgraph.cli import main; main()"


@dataclass
class Live:
    """A server that runs.

    Attributes
    ----------
    url
        Where it answers, without a slash at the end.
    process
        The process that was started; the others are its children.
    said
        What it wrote to standard error so far.
    """

    url: str
    process: "subprocess.Popen[str]"
    said: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def get(self, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.get(self.url + path, headers={"Accept": accept, **named}, timeout=60)

    def processes(self, word: str) -> list[int]:
        """Return the ids of the descendants whose command line holds a word."""
        found, parents = [], [self.process.pid]
        while parents:
            listed = subprocess.run(
                ["ps", "-ww", "-o", "pid=,args=", "--ppid", ",".join(map(str, parents))],
                capture_output=True,
                text=True,
                check=False,
            ).stdout.splitlines()
            parents = [int(line.split()[0]) for line in listed]
            found += [int(line.split()[0]) for line in listed if word in line]
        return found

    def is_well(self) -> bool:
        return self.get("/health").status_code == 200


@contextmanager
def running(home: Path, *options: str, root: Path | None = None) -> Iterator[Live]:
    """Run a server over the graphs in ``home`` until the block ends."""
    place = ["--home", str(home), *(("--root", str(root)) if root else ())]
    arguments = ["serve", "--port", "0", *place, *options]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"ZSGRAPH_LANG": "en"},
    )
    lines: Queue[str] = Queue()
    live = Live("", process)
    Thread(target=_gather, args=(process, live, lines), daemon=True).start()
    try:
        found = re.search(r"http://[\d.]+:\d+", lines.get(timeout=60))
        assert found, live.said
        live.url = found[0]
        yield live
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _gather(process: "subprocess.Popen[str]", live: Live, lines: "Queue[str]") -> None:
    assert process.stderr
    for line in process.stderr:
        live.said.append(line)
        lines.put(line)
