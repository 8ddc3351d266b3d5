"""Files of a folder replaced all together, or not at all, whatever happens meanwhile.

The new files are first written into a folder of their own beside the old ones.  A journal that
names them, itself put in place by one rename, is the point of no return: before it, what was
written is thrown away; after it, whoever comes next finishes the work.  One process at a time
replaces; who reads is kept from seeing one file new and another old.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from zsgraph.errors import KnowledgeError, ZsgraphError

STAGED: Final = ".replacing"
_JOURNAL: Final = "journal.json"


class Disk:
    """The steps that change a disk; each is lasting when it returns, or after :meth:`sync`."""

    def make_folder(self, path: Path) -> None:
        """Make a folder."""
        path.mkdir()

    def write(self, path: Path, content: bytes, mode: int) -> None:
        """Write a new file with the given permissions; its content is on the disk afterwards."""
        with path.open("wb") as stream:
            os.fchmod(stream.fileno(), mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name; one that has it already is replaced."""
        os.replace(old, new)

    def sync(self, folder: Path) -> None:
        """Make the names in a folder lasting."""
        with _opened(folder) as handle:
            os.fsync(handle)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()


def replace_files(folder: Path, contents: Mapping[str, bytes], disk: Disk | None = None) -> None:
    """Replace files of a folder, all or none; call it within :func:`writing`.

    Parameters
    ----------
    folder
        The folder.
    contents
        The new content of each file by its name, which may be a path below the folder.
    disk
        Does the steps; tests give one that fails.

    Raises
    ------
    OSError
        If it cannot be written; the files are then as they were.
    ZsgraphError
        If it was written and only putting it in place failed; whoever comes next finishes that.
    """
    steps = disk or Disk()
    staged = folder / STAGED
    journal = {
        name: {"before": _digest(folder / name), "after": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    }
    try:
        steps.make_folder(staged)
        for name, content in contents.items():
            steps.write(_draft_of(folder, name), content, _mode_of(folder / name))
        draft = staged / (_JOURNAL + ".new")
        steps.write(draft, json.dumps(journal, indent=1).encode(), 0o644)
        steps.sync(staged)
        steps.sync(folder)
        steps.rename(draft, staged / _JOURNAL)
    except BaseException:
        with suppress(OSError):
            _discard(folder, Disk())
        raise
    try:
        steps.sync(staged)
        _finish(folder, journal, steps)
    except OSError as error:
        raise ZsgraphError(
            f"新的内容已经写好，但没能全部放到 {folder}（{error.strerror}）。"
            "请排除原因后再运行一次，会接着放完。",
            f"The new content is written, but could not all be put into {folder} "
            f"({error.strerror}). Mend that and run again, which finishes it.",
        ) from None


def recover(folder: Path, disk: Disk | None = None) -> bool:
    """Finish or undo what a killed process left; call it within :func:`writing`.

    Returns
    -------
    bool
        Whether there was anything to do.

    Raises
    ------
    KnowledgeError
        If one of the files has been changed since by somebody else.
    """
    staged = folder / STAGED
    if not staged.is_dir():
        return False
    steps = disk or Disk()
    if not (staged / _JOURNAL).is_file():
        _discard(folder, steps)
        return True
    journal = json.loads((staged / _JOURNAL).read_bytes())
    for name, digests in journal.items():
        if _digest(folder / name) not in digests.values():
            raise KnowledgeError(
                f"上次写入 {folder} 时中断了，此后 {name} 又被改动过，无法接着写完。"
                f"要保留现在的文件，请删去文件夹 {staged}；要写完，请先恢复 {name} 再运行一次。",
                f"Writing to {folder} was interrupted and {name} has been changed since, so it "
                f"cannot be finished. To keep the files as they are now delete the folder "
                f"{staged}; to finish, restore {name} and run again.",
            )
    _finish(folder, journal, steps)
    return True


@contextmanager
def writing(folder: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep all others from reading and writing the files; what was interrupted is settled first.

    Parameters
    ----------
    folder
        The folder of the files.
    on_wait
        Called once if another process must be waited for.
    """
    with _locked(folder, fcntl.LOCK_EX, on_wait):
        recover(folder)
        yield


@contextmanager
def reading(folder: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep others from writing the files; what was interrupted is settled first."""
    while True:
        with _locked(folder, fcntl.LOCK_SH, on_wait):
            if not (folder / STAGED).is_dir():
                yield
                return
        with writing(folder, on_wait):
            pass


@contextmanager
def _locked(folder: Path, kind: int, on_wait: Callable[[], None]) -> Iterator[None]:
    # The folder itself is locked, so that no lock file lies among the records.
    with _opened(folder) as handle:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, kind)
        yield


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _finish(folder: Path, journal: Mapping[str, Mapping[str, str]], disk: Disk) -> None:
    for name in journal:
        if _draft_of(folder, name).exists():
            disk.rename(_draft_of(folder, name), folder / name)
    for place in dict.fromkeys([folder, *((folder / name).parent for name in journal)]):
        disk.sync(place)
    _discard(folder, disk)


def _discard(folder: Path, disk: Disk) -> None:
    staged = folder / STAGED
    if not staged.is_dir():
        return
    # The journal goes first: without it, what lies there is taken for not yet decided.
    for path in sorted(staged.iterdir(), key=lambda path: path.name != _JOURNAL):
        disk.remove(path)
    disk.remove_folder(staged)


def _draft_of(folder: Path, name: str) -> Path:
    """Return where the new content of a file lies, for one in a folder below beside the others."""
    return folder / STAGED / name.replace("/", "%2F")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o7777 if path.is_file() else 0o644
