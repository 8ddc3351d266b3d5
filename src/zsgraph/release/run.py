"""Making a release: checked, built with the new version, written into a folder, all or nothing."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from zsgraph import changelog, citation
from zsgraph.build import build
from zsgraph.description.provenance import Origin
from zsgraph.diff.compare import compare
from zsgraph.diff.formats import write
from zsgraph.diff.sides import Side, opened
from zsgraph.errors import KnowledgeError, UsageError
from zsgraph.export.folder import Staging, Written, staging
from zsgraph.export.registry import FORMATS
from zsgraph.export.run import Options, fill, finish, told
from zsgraph.findings import Finding, Severity
from zsgraph.knowledge import FOLDERS, Knowledge
from zsgraph.patch import MEDIA_TYPE as PATCH
from zsgraph.pipeline import Progress
from zsgraph.release.checks import check_tree, check_version, released
from zsgraph.release.versioned_files import carried, for_release
from zsgraph.release.versions import Version
from zsgraph.revisions import find_revision
from zsgraph.schema import load_schema
from zsgraph.store import open_graph
from zsgraph.transaction import replace_files, writing

CHANGES: Final = "CHANGES.md"
#: Where releases lie in a checkout, and what their folders are called.
FOLDER: Final = "dist"
STEM: Final = "zsgraph"
#: The files of what differs from the release before: format, language, name and media type.
_DIFFERENCES: Final = (
    ("md", "zh", "changes.zh.md", "text/markdown"),
    ("md", "en", "changes.en.md", "text/markdown"),
    ("json", "zh", "changes.zh.json", "application/json"),
    ("json", "en", "changes.en.json", "application/json"),
    ("atom", "zh", "changes.zh.atom", "application/atom+xml"),
    ("atom", "en", "changes.en.atom", "application/atom+xml"),
    ("patch", "", "changes.rdfp", PATCH),
)


@dataclass(frozen=True, slots=True)
class Request:
    """What to release.

    Attributes
    ----------
    version
        The version.
    date
        The day of the release, as year-month-day.
    target
        The folder to make; by default in :data:`FOLDER`.
    previous
        What to compare with (see :func:`zsgraph.diff.sides.opened`); by default the release
        before, if its folder lies beside or its tag is known.
    compression
        ``gzip``, ``zstd`` or empty.
    """

    version: str
    date: str
    target: Path | None = None
    previous: str = ""
    compression: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """What a release made.

    Attributes
    ----------
    folder
        Its folder; None where errors were found.
    files
        The files in it.
    findings
        What the build found.
    changed
        Files of the checkout that carry the new version now, to be committed.
    previous
        What it was compared with; empty if nothing.
    """

    folder: Path | None
    files: tuple[Written, ...]
    findings: list[Finding]
    changed: tuple[str, ...]
    previous: str = ""


def release(
    knowledge: Knowledge, request: Request, test: Callable[[], None], progress: Progress
) -> Release:
    """Make a release.

    A checkout that carries the version already is released as it is; else the version is written
    into it, after the folder is complete and before it appears.

    Parameters
    ----------
    knowledge
        The checkout.
    request
        What to release.
    test
        Runs the tests and raises if they fail.
    progress
        Is told how the work goes on.

    Raises
    ------
    UsageError
        If the version cannot be released, or the folder exists.
    ZsgraphError
        If the work tree is not clean, the tests fail, or the files cannot be written; nothing is
        released then.
    """
    root = knowledge.root
    with writing(root):
        check_tree(root)
        version = check_version(root, request.version)
        target = request.target or root / FOLDER / f"{STEM}-{version}"
        _check_target(target)
        date = carried(root, version.text)
        edits = {} if date else for_release(knowledge, version.text, request.date)
        dated = replace(request, date=date or request.date)
        for form in FORMATS.values():
            form.check_installed()
        test()
        check_tree(root)  # tests that write into the work tree are not clean
        return _make(knowledge, dated, version, target, edits, progress)


def _check_target(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target} 已经存在。请删去它，或用 --out 换一个位置。",
            f"{target} exists already. Delete it, or choose another place with --out.",
        )


def _make(
    knowledge: Knowledge,
    request: Request,
    version: Version,
    target: Path,
    edits: Mapping[str, bytes],
    progress: Progress,
) -> Release:
    with told(target), ExitStack() as stack:
        # What a killed release leaves then lies beside the target, where the next one tidies up.
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = stack.enter_context(staging(target, request.compression, False))
        stage.folder.mkdir()
        source = _copy(knowledge, edits, stage.folder.with_name("source"))
        home = stage.folder.with_name("home")
        # The tag, not the commit, which is made later: so the same is made again from the tag.
        origin = Origin(f"v{version}", f"{request.date}T00:00:00Z", version.text)
        summary = build(source, home, progress=progress, origin=origin)
        if not summary.published:
            errors = [f for f in summary.findings if f.severity is Severity.ERROR]
            return Release(None, (), errors, ())
        graph = open_graph(home)
        fill(stage, graph, source, Options(tuple(FORMATS)), progress)
        _add_papers(stage, source.root, version)
        previous = request.previous or _previous(knowledge, version, target)
        if previous:
            new = Side(version.text, graph.store, source, load_schema(source.shapes))
            _add_differences(stage, knowledge, previous, new, request.date)
        files = tuple(stage.written)
        if edits:
            replace_files(knowledge.root, edits)
        if target.is_dir():
            target.rmdir()  # it is empty; the new one appears in one step
        finish(stage, graph, target)
    return Release(target, files, summary.findings, tuple(sorted(edits)), previous)


def _copy(knowledge: Knowledge, edits: Mapping[str, bytes], folder: Path) -> Knowledge:
    """Copy what a release is made of, with the new version."""
    folder.mkdir()
    for name in FOLDERS:
        place = knowledge.data if name == "data" else knowledge.root / name
        shutil.copytree(place, folder / name)
    for path in knowledge.root.iterdir():
        if path.is_file() and (path.name in (changelog.FILE, citation.FILE) or _is_licence(path)):
            shutil.copyfile(path, folder / path.name)
    for name, content in edits.items():
        (folder / name).write_bytes(content)
    return Knowledge(folder, folder / "data")


def _is_licence(path: Path) -> bool:
    return path.name.startswith("LICENSE")


def _add_papers(stage: Staging, source: Path, version: Version) -> None:
    """Write citation, licences and the changelog's section of the version."""
    found = changelog.section((source / changelog.FILE).read_text(encoding="utf-8"), version.text)
    if found is None:
        raise KnowledgeError(
            f"{changelog.FILE} 里没有 [{version}] 一节。", f"{changelog.FILE} has no [{version}]."
        )
    _add(stage, CHANGES, "text/markdown", f"# {found.name} - {found.date}\n\n{found.text}\n")
    if (source / citation.FILE).is_file():
        text = (source / citation.FILE).read_text(encoding="utf-8")
        _add(stage, citation.FILE, "application/yaml", text)
    for path in sorted(filter(_is_licence, source.iterdir())):
        _add(stage, path.name, "text/plain", path.read_text(encoding="utf-8"))


def _previous(knowledge: Knowledge, version: Version, target: Path) -> str:
    """Return the release before: its folder beside the new one, else its tag."""
    earlier = [v for v in released(knowledge.root) if v < version]
    if not earlier:
        return ""
    folder = target.parent / f"{STEM}-{earlier[-1]}"
    tag = f"v{earlier[-1]}"
    if folder.is_dir():
        return str(folder)
    return tag if find_revision(knowledge.root, f"refs/tags/{tag}") else ""


def _add_differences(
    stage: Staging, knowledge: Knowledge, previous: str, new: Side, date: str
) -> None:
    """Write what differs from the release before, in all formats."""
    with opened(previous, knowledge) as found:
        old = replace(found, name=Path(previous).name)
        comparison = compare(old, new)
        updated = new.modified() or f"{date}T00:00:00Z"
        for form, language, name, media_type in _DIFFERENCES:
            _add(stage, name, media_type, write(comparison, form, language, updated).decode())


def _add(stage: Staging, name: str, media_type: str, content: str) -> None:
    with stage.create(name, media_type, compressed=False) as stream:
        stream.write(content.encode())
