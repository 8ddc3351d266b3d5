"""Reading what git keeps: revisions, tags, and whether the work tree is clean.

The work tree is never touched: the files of a revision are unpacked into a folder of their own.
"""

import io
import subprocess
import tarfile
from pathlib import Path
from typing import Final

from zsgraph.errors import UsageError

_PATIENCE: Final = 60  # seconds that git may take


def find_revision(root: Path, name: str) -> str:
    """Return the commit that a tag, a version or a revision names; empty if there is none.

    Parameters
    ----------
    root
        The checkout.
    name
        ``0.1.0`` and ``v0.1.0`` name the same tag; all else is as git understands it.
    """
    if name.startswith("-"):
        return ""
    for sought in (f"refs/tags/{name}", f"refs/tags/v{name}", name):
        done = _git(root, "rev-parse", "--verify", "--quiet", f"{sought}^{{commit}}")
        if done is not None and done.returncode == 0:
            return done.stdout.decode().strip()
    return ""


def unpack(root: Path, commit: str, paths: tuple[str, ...], target: Path) -> None:
    """Write the files of a commit below some paths into a folder.

    Raises
    ------
    UsageError
        If the commit lacks one of the paths.
    """
    done = _git(root, "archive", "--format=tar", commit, "--", *paths)
    if done is None or done.returncode:
        reason = done.stderr.decode(errors="replace").strip() if done else "git"
        raise UsageError(
            f"修订版 {commit[:12]} 里没有完整的 {'、'.join(paths)}：{reason}。",
            f"Revision {commit[:12]} does not hold {', '.join(paths)}: {reason}.",
        )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")


def changed_files(root: Path) -> list[str] | None:
    """Return the files that differ from the last commit; None where there is no checkout."""
    done = _git(root, "status", "--porcelain")
    if done is None or done.returncode:
        return None
    return [line[3:] for line in done.stdout.decode(errors="replace").splitlines()]


def version_tags(root: Path) -> list[str]:
    """Return the tags that start with ``v``, without it."""
    done = _git(root, "tag", "--list", "v*")
    if done is None or done.returncode:
        return []
    return [line.removeprefix("v") for line in done.stdout.decode().split()]


def _git(root: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes] | None":
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
