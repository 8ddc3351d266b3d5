"""Several files are replaced together or not at all: every step fails, or is the last, in turn."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from zsgraph.errors import KnowledgeError, ZsgraphError
from zsgraph.transaction import STAGED, Disk, reading, recover, replace_files, writing

BEFORE = {"a.csv": b"id\na-1\n", "b.csv": b"id\nb-1\n", "c.csv": b"id\nc-1\n"}
NEW = {"a.csv": b"id\na-1\na-2\n", "b.csv": b"id\nb-0\nb-1\n", "d.csv": b"id\nd-1\n"}
AFTER = BEFORE | NEW
#: What a step of the disk may do when it is the last.
STEPS = ("make_folder", "write", "rename", "sync", "remove", "remove_folder")


class Failing(Disk):
    """Does ``count`` steps and fails in the next one, which it does half or not at all."""

    def __init__(self, count: int, fail: Callable[[], None], *, halved: bool = False) -> None:
        self.left = count
        self.fail = fail
        self.halved = halved

    def __getattribute__(self, name: str) -> object:
        step = super().__getattribute__(name)
        if name not in STEPS:
            return step

        def counted(*arguments: object) -> None:
            self.left -= 1
            if self.left < 0:
                if self.halved and name == "write":
                    path, content, _ = arguments
                    assert isinstance(path, Path)
                    assert isinstance(content, bytes)
                    path.write_bytes(content[: len(content) // 2])
                self.fail()
            step(*arguments)  # type: ignore[operator]

        return counted


def no_space() -> None:
    raise OSError(28, "No space left on device")


def put(folder: Path, contents: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def settle(folder: Path) -> dict[str, bytes]:
    with reading(folder):
        assert not (folder / STAGED).exists()
        return contents(folder)


def steps_needed(folder: Path) -> int:
    disk = Failing(1000, no_space)
    replace_files(put(folder, BEFORE), NEW, disk)
    assert contents(folder) == AFTER
    return 1000 - disk.left


#: More than any step may be; those past the last one succeed.
LAST = 20


def test_there_are_fewer_steps_than_are_tried(tmp_path: Path) -> None:
    assert 12 < steps_needed(tmp_path / "data") < LAST


@pytest.mark.parametrize("step", range(LAST))
@pytest.mark.parametrize("halved", [False, True])
def test_a_failing_disk_leaves_all_or_nothing(tmp_path: Path, step: int, halved: bool) -> None:
    folder = put(tmp_path / "data", BEFORE)
    failed: Exception | None = None
    try:
        with writing(folder):
            replace_files(folder, NEW, Failing(step, no_space, halved=halved))
    except (OSError, ZsgraphError) as error:
        failed = error
    if isinstance(failed, OSError):
        assert contents(folder) == BEFORE
        assert not (folder / STAGED).exists()
    else:  # past the point of no return it is finished, at once or by the next one
        assert failed is None or "run again" in str(failed)
        assert settle(folder) == AFTER


def test_a_kill_at_every_step_leaves_all_or_nothing(tmp_path: Path) -> None:
    total = steps_needed(tmp_path / "tried")
    children = []
    for step in range(total + 1):
        for halved in (False, True):
            folder = put(tmp_path / f"{step}-{halved}", BEFORE)
            child = os.fork()
            if child == 0:
                with writing(folder):
                    disk = Failing(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
                    disk.halved = halved
                    replace_files(folder, NEW, disk)
                os._exit(0)
            children.append((child, folder, step))
    ends = set()
    for child, folder, step in children:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) is (step < total)
        settled = settle(folder)
        assert settled in (BEFORE, AFTER)
        ends.add(settled == AFTER)
    assert ends == {False, True}


@pytest.mark.parametrize("step", range(8))
def test_a_kill_while_recovering_is_recovered_too(tmp_path: Path, step: int) -> None:
    folder = put(tmp_path / "data", BEFORE)
    total = steps_needed(tmp_path / "tried")
    with pytest.raises(ZsgraphError):
        replace_files(folder, NEW, Failing(total - 5, no_space))
    with pytest.raises(OSError, match="space") if step < 5 else nullcontext():
        recover(folder, Failing(step, no_space))
    assert settle(folder) == AFTER


def test_a_file_changed_since_the_kill_is_not_overwritten(tmp_path: Path) -> None:
    folder = put(tmp_path / "data", BEFORE)
    total = steps_needed(tmp_path / "tried")
    with pytest.raises(ZsgraphError):
        replace_files(folder, NEW, Failing(total - 5, no_space))
    (folder / "b.csv").write_bytes(b"id\nmine\n")
    with pytest.raises(KnowledgeError) as caught, writing(folder):
        pass
    assert "b.csv" in caught.value.message.en
    assert STAGED in caught.value.message.zh
    assert (folder / "b.csv").read_bytes() == b"id\nmine\n"


def test_permissions_stay(tmp_path: Path) -> None:
    folder = put(tmp_path / "data", BEFORE)
    (folder / "a.csv").chmod(0o640)
    replace_files(folder, NEW)
    assert (folder / "a.csv").stat().st_mode & 0o777 == 0o640


def test_one_writes_and_the_other_waits_and_says_so(tmp_path: Path) -> None:
    folder = put(tmp_path / "data", BEFORE)
    waited = threading.Event()
    order = []

    def second() -> None:
        with writing(folder, waited.set):
            order.append("second")

    with writing(folder):
        thread = threading.Thread(target=second)
        thread.start()
        assert waited.wait(10)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_readers_do_not_wait_for_each_other(tmp_path: Path) -> None:
    folder = put(tmp_path / "data", BEFORE)
    with reading(folder), reading(folder, lambda: pytest.fail("waited")):
        pass
