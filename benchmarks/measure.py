"""Runs a task in a process of its own, within limits of time and memory."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environments import python_of


@dataclass(frozen=True)
class Measurement:
    """What one task took.

    Attributes
    ----------
    wall, cpu
        Seconds of the work itself, without start-up and preparation.
    peak
        Most memory of the whole process, in GiB.
    count, digest
        How many things came out, and a digest of them.
    failure
        ``time-out`` or ``out of memory`` where the task did not end, else empty.
    """

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    count: int = 0
    digest: str = ""
    failure: str = ""

    def __str__(self) -> str:
        return self.failure or f"{self.wall:.2f}"


def measure(task: str, records: Path, seconds: int = 600, gibibytes: float = 20) -> Measurement:
    """Measure a task of :mod:`benchmarks.tasks`.

    Parameters
    ----------
    task
        Name of the function.
    records
        Folder of the records.
    seconds, gibibytes
        After so long, or with so much memory, the task counts as failed.
    """
    return _measured([sys.executable, "-m", "benchmarks.tasks", task, str(records)], seconds,
                     gibibytes)  # fmt: skip


def measure_peer(peer: str, inputs: Path, seconds: int = 600, gibibytes: float = 20) -> Measurement:
    """Measure a task of :mod:`benchmarks.peers` in the peer's own environment.

    Parameters
    ----------
    peer
        Name of the package.
    inputs
        Folder that :mod:`benchmarks.inputs` wrote.
    seconds, gibibytes
        As for :func:`measure`.
    """
    python = python_of(peer)
    if python is None:
        return Measurement(failure="cannot be installed here")
    script = Path(__file__).with_name("peers.py")
    return _measured([str(python), str(script), peer, str(inputs)], seconds, gibibytes)


def _measured(command: list[str], seconds: int, gibibytes: float) -> Measurement:
    limit = int(gibibytes * 2**30)
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)),
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Measurement(failure=f"time-out after {seconds} s")
    if process.returncode:
        if b"MemoryError" in err or process.returncode < 0:
            return Measurement(failure="out of memory")
        raise RuntimeError(f"{command[-2]}: {err.decode()}")
    told = json.loads(out.splitlines()[-1])
    return Measurement(told["wall"], told["cpu"], told["peak"], told["count"], told["digest"])


def peak_memory() -> float:
    """Return the most memory that this process has had, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 2**30


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))
