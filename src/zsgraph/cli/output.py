"""Writing what a command gives: to a file all or nothing, to standard output piece by piece."""

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from zsgraph.errors import UsageError, ZsgraphError


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file; where that fails, what was there before stays as it was.

    Parameters
    ----------
    path
        The file.
    pieces
        Its content.

    Raises
    ------
    ZsgraphError
        If it cannot be written.
    """
    if path.exists() and not path.is_file():  # a pipe or a device is written to as it is
        _to(path, pieces)
        return
    made = ""
    try:
        handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
        os.chmod(made, path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        os.replace(made, path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if made:
            with suppress(FileNotFoundError):
                os.unlink(made)


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


def _to(path: Path, pieces: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise _unwritable(path, error) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> ZsgraphError:
    return ZsgraphError(
        f"写不了 {path}：{error.strerror}。请换一个位置。",
        f"{path} cannot be written: {error.strerror}. Choose another place.",
    )
