"""Writing a file all or nothing."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from zsgraph.errors import ZsgraphError


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
        raise unwritable(path, error) from None
    finally:
        if made:
            with suppress(FileNotFoundError):
                os.unlink(made)


def _to(path: Path, pieces: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise unwritable(path, error) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def unwritable(path: Path, error: OSError) -> ZsgraphError:
    """Return the failure that a file or folder cannot be written."""
    return ZsgraphError(
        f"写不了 {path}：{error.strerror}。请换一个位置。",
        f"{path} cannot be written: {error.strerror}. Choose another place.",
    )
