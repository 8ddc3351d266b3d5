"""What starting a command costs over starting a bare Python, in CPU time."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

ZSGRAPH = Path(sys.executable).with_name("zsgraph")
COMMANDS: dict[str, list[str]] = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "zsgraph --help": [str(ZSGRAPH), "--help"],
    "zsgraph query q5-operating-models": [str(ZSGRAPH), "query", "q5-operating-models"],
}


def cpu_seconds(command: list[str]) -> float:
    """Return the CPU time in seconds, user and system, of one run of ``command``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def measure(runs: int) -> list[tuple[str, float, float]]:
    """Run the commands in turn, so that a busy moment of the machine falls on all of them.

    Parameters
    ----------
    runs
        How often each command is run; the median is taken.

    Returns
    -------
    list
        Command, CPU seconds, CPU seconds above a bare Python.
    """
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            taken[name].append(cpu_seconds(command))
    medians = {name: statistics.median(values) for name, values in taken.items()}
    bare = medians["python -c pass"]
    return [(name, seconds, seconds - bare) for name, seconds in medians.items()]


def report(runs: int = 11) -> list[str]:
    """Return the measurements as the lines of a Markdown table."""
    lines = [
        "| command | CPU s (median) | above a bare Python, s | ratio to a bare Python |",
        "|---|---:|---:|---:|",
    ]
    rows = measure(runs)
    bare = rows[0][1]
    lines += [
        f"| `{name}` | {seconds:.3f} | {above:.3f} | {seconds / bare:.1f} |"
        for name, seconds, above in rows
    ]
    return lines
