"""Sorting the lines of files that may be larger than the memory."""

import heapq
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

#: So many bytes of lines are sorted in memory at a time.
CHUNK: Final = 128 * 2**20


def sort_lines(
    inputs: Iterable[Iterable[bytes]], target: Path, chunk: int = CHUNK
) -> tuple[int, int]:
    """Write the lines of all inputs, sorted by their bytes and each once, into a file.

    Parameters
    ----------
    inputs
        Lines, each with its line end.
    target
        The file to write.
    chunk
        Bytes of lines to sort in memory at a time.

    Returns
    -------
    tuple of int
        How many lines were read and how many were written.
    """
    runs = target.with_name(target.name + ".runs")
    pending: list[bytes] = []
    read = size = spilled = 0
    try:
        for lines in inputs:
            for line in lines:
                pending.append(line)
                size += len(line)
                if size >= chunk:
                    runs.mkdir(exist_ok=True)
                    _write(runs / str(spilled), sorted(pending))
                    read += len(pending)
                    pending, size, spilled = [], 0, spilled + 1
        read += len(pending)
        pending.sort()
        if not spilled:
            return read, _write(target, dict.fromkeys(pending))
        return read, _write(target, _once(_merged(runs, spilled, pending)))
    finally:
        shutil.rmtree(runs, ignore_errors=True)


def _merged(runs: Path, count: int, rest: list[bytes]) -> Iterator[bytes]:
    files = [(runs / str(number)).open("rb") for number in range(count)]
    try:
        yield from heapq.merge(*files, rest)
    finally:
        for file in files:
            file.close()


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
            before = line


def _write(path: Path, lines: Iterable[bytes]) -> int:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in lines:
            count += 1
            yield line

    with path.open("wb", buffering=2**20) as stream:
        stream.writelines(counted())
    return count
