"""What must hold before a release; each fault says the way out."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from zsgraph import changelog
from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.release.versioned_files import carried
from zsgraph.release.versions import Version, parsed
from zsgraph.revisions import changed_files, find_revision, version_tags


def check_version(root: Path, text: str) -> Version:
    """Return the version to release.

    Raises
    ------
    UsageError
        If it is no semantic version, or does not go after all that were released.
    """
    try:
        version = Version(text)
    except ValueError:
        raise UsageError(
            f"“{text}”不是语义化版本号。请写作 1.2.0 或 1.2.0-rc.1（https://semver.org/lang/zh-CN/）。",
            f"“{text}” is no semantic version. Write it as 1.2.0 or 1.2.0-rc.1 "
            "(https://semver.org/).",
        ) from None
    earlier = [v for v in released(root) if v.text != text]
    if earlier and version <= earlier[-1]:
        raise UsageError(
            f"版本 {version} 不在已发布的 {earlier[-1]} 之后。请取更大的版本号。",
            f"Version {version} does not go after {earlier[-1]}, which is released. Choose a "
            "greater one.",
        )
    tagged = find_revision(root, f"refs/tags/v{text}")
    if (tagged and tagged != find_revision(root, "HEAD")) or (tagged and not carried(root, text)):
        raise UsageError(
            f"版本 {version} 已经发布（标签 v{version}）。要再做一次它的文件夹，请先检出这个标签；"
            "要发布新版，请取更大的版本号。",
            f"Version {version} is released already (tag v{version}). To make its folder again "
            "check that tag out; to release anew choose a greater version.",
        )
    return version


def released(root: Path) -> list[Version]:
    """Return the versions that were released, sorted: of the changelog and of git's tags."""
    path = root / changelog.FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return parsed([*(s.name for s in changelog.sections(text)), *version_tags(root)])


def check_tree(root: Path) -> None:
    """See to it that the work tree is as the last commit has it.

    Raises
    ------
    ZsgraphError
        If it is not, or there is no checkout.
    """
    changed = changed_files(root)
    if changed is None or not (root / changelog.FILE).is_file():
        raise ZsgraphError(
            f"{root} 不是带有 {changelog.FILE} 的 git 工作区；只能在项目的工作区里发布。",
            f"{root} is no git checkout with a {changelog.FILE}; releases are made in the "
            "project's checkout only.",
        )
    if changed:
        listed = "、".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        raise ZsgraphError(
            f"工作区有 {len(changed)} 个文件没有提交：{listed}。请先提交或撤销，再运行一次。",
            f"{len(changed)} files of the work tree are not committed: {listed}. Commit or undo "
            "them, then run again.",
        )


def check_tests(root: Path, command: Sequence[str]) -> None:
    """Run the tests; what they write is shown as it comes.

    Raises
    ------
    ZsgraphError
        If they fail or cannot be run.
    """
    said = " ".join(command)
    try:
        code = subprocess.run(command, cwd=root, check=False, stdout=2).returncode
    except OSError as error:
        raise ZsgraphError(
            f"运行不了测试 {said}：{error.strerror}。请用 --tests 写明命令。",
            f"The tests {said} cannot be run: {error.strerror}. Name the command with --tests.",
        ) from None
    if code:
        raise ZsgraphError(
            f"测试没有通过（{said}，退出码 {code}），没有发布。请改正后再运行一次。",
            f"The tests failed ({said}, exit code {code}); nothing was released. Mend that, then "
            "run again.",
        )
