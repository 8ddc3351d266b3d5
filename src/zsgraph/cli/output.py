"""Writing what a command gives to standard output, piece by piece."""

import sys
from collections.abc import Iterable

from zsgraph.errors import UsageError


def write_out(pieces: Iterable[bytes]) -> None:
    """Write to standard output; a terminal's prompt gets a line of its own."""
    last = b""
    for last in pieces:
        sys.stdout.buffer.write(last)
    if sys.stdout.isatty() and last and not last.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def refuse_terminal(form: str) -> None:
    """Refuse to write a format that is not text to a terminal.

    Raises
    ------
    UsageError
        If standard output is one.
    """
    if sys.stdout.isatty():
        raise UsageError(
            f"{form} 不是文本，不能显示在终端上。请加 --out 文件.{form}。",
            f"{form} is no text to show on a terminal. Give --out FILE.{form}.",
        )
