"""The folder of an export: files appear in it whole and together, or not at all."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final, cast

from zsgraph.errors import UsageError, ZsgraphError

_STAGING: Final = ".zsgraph-export-"
#: File endings of the compressions.
COMPRESSIONS: Final = {"gzip": ".gz", "zstd": ".zst"}


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export.

    Attributes
    ----------
    path
        Path inside of the folder.
    size
        Bytes.
    sha256
        Hexadecimal SHA-256 of the file.
    media_type
        IANA media type of the content.
    statements
        How many triples or quads it holds, None where that is not what it is made of.
    rdfc10
        RDFC-1.0 hash of what it holds, empty where it does not hold all of it.
    """

    path: str
    size: int
    sha256: str
    media_type: str
    compression: str = ""
    statements: int | None = None
    rdfc10: str = ""


@dataclass(slots=True)
class Staging:
    """Where files are written before they appear.

    Attributes
    ----------
    folder
        The staging folder, on the same file system as the target.
    compression
        ``gzip``, ``zstd`` or empty.
    bom
        Whether texts for spreadsheets start with a byte order mark.
    written
        The finished files.
    """

    folder: Path
    compression: str = ""
    bom: bool = False
    written: list[Written] = field(default_factory=list)

    @contextmanager
    def create(
        self,
        name: str,
        media_type: str,
        *,
        compressed: bool = True,
        statements: int | None = None,
        rdfc10: str = "",
    ) -> Iterator[BinaryIO]:
        """Open a file of the export for writing; it is compressed on the way where asked for."""
        compression = self.compression if compressed else ""
        path = self.folder / (name + COMPRESSIONS.get(compression, ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb", buffering=2**20) as raw, _compressor(raw, compression) as stream:
            yield stream
        self.add(path, media_type, compression, statements, rdfc10)

    def add(
        self,
        path: Path,
        media_type: str,
        compression: str = "",
        statements: int | None = None,
        rdfc10: str = "",
    ) -> None:
        """Note a finished file of the staging folder."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        name = path.relative_to(self.folder).as_posix()
        size = path.stat().st_size
        self.written.append(
            Written(name, size, digest, media_type, compression, statements, rdfc10)
        )


@contextmanager
def staging(target: Path, compression: str, bom: bool) -> Iterator[Staging]:
    """Give a staging folder beside ``target``; it is removed at the end, whatever happens.

    Raises
    ------
    UsageError
        If there is no such compression, or its package is missing.
    """
    _check_compression(compression)
    parent = _existing(target)
    _remove_left_over(parent)
    folder = parent / f"{_STAGING}{os.getpid()}"
    folder.mkdir()
    try:
        yield Staging(folder / "files", compression, bom)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(stage: Staging, target: Path, last: str) -> None:
    """Let the files of a staging folder appear in ``target``, each whole, ``last`` as the last.

    A folder that does not exist yet appears with all its files in one step.
    """
    for path in stage.folder.rglob("*"):
        if path.is_file():
            _to_disk(path)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(stage.folder, target)
        return
    names = sorted(path for path in stage.folder.rglob("*") if path.is_file())
    for path in sorted(names, key=lambda path: path == stage.folder / last):
        place = target / path.relative_to(stage.folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, place)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise ZsgraphError(
            f"{folder} 是文件，不是文件夹。请用 --out 换一个位置。",
            f"{folder} is a file, not a folder. Choose another place with --out.",
        )
    return folder


def _remove_left_over(parent: Path) -> None:
    """Remove the staging folders of exports that were killed."""
    for path in parent.glob(_STAGING + "*"):
        try:
            os.kill(int(path.name.removeprefix(_STAGING)), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(path, ignore_errors=True)
        except PermissionError:  # it runs, under another user
            continue


def _check_compression(name: str) -> None:
    if name and name not in COMPRESSIONS:
        raise UsageError(
            f"没有“{name}”这种压缩；可用：{'、'.join(COMPRESSIONS)}。",
            f"There is no compression “{name}”; known are: {', '.join(COMPRESSIONS)}.",
        )
    if name == "zstd" and not find_spec("zstandard"):
        raise UsageError(
            "zstd 压缩需要附加组件：pip install 'zsgraph[zstd]'，或改用 --compress gzip。",
            "Compressing with zstd needs an extra: pip install 'zsgraph[zstd]', or use "
            "--compress gzip.",
        )


@contextmanager
def _compressor(raw: BinaryIO, name: str) -> Iterator[BinaryIO]:
    if name == "gzip":  # without name and time, so that equal content gives equal bytes
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as stream:
            yield cast(BinaryIO, stream)
    elif name == "zstd":
        import zstandard

        with zstandard.ZstdCompressor(level=10).stream_writer(raw, closefd=False) as stream:
            yield cast(BinaryIO, stream)
    else:
        yield raw
