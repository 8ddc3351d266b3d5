"""``manifest.json``: what an export holds, with sizes and checksums."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from zsgraph import __version__
from zsgraph.export.folder import Written

FILE: Final = "manifest.json"


def entries_of(files: Iterable[Written], mark: str, before: Path) -> list[dict[str, Any]]:
    """Return the entries of the manifest, sorted by file.

    Files of an earlier export of the same graph that still lie there are kept in it.

    Parameters
    ----------
    files
        The new files.
    mark
        The fingerprint of the knowledge from which the graph was built.
    before
        The folder, which may hold an earlier manifest.
    """
    entries = {entry["file"]: entry for entry in _earlier(before, mark)}
    entries |= {file.path: _entry(file) for file in files}
    return [entries[name] for name in sorted(entries)]


def make_manifest(entries: list[dict[str, Any]], mark: str, version: str = "") -> bytes:
    """Return the manifest as JSON.

    Parameters
    ----------
    entries
        The files.
    mark
        The fingerprint of the knowledge.
    version
        That of the software, by default of the one at hand.
    """
    document = {
        "software": f"zsgraph {version or __version__}",
        "knowledge": mark,
        "files": entries,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _entry(file: Written) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "file": file.path,
        "bytes": file.size,
        "sha256": file.sha256,
        "mediaType": file.media_type,
    }
    if file.compression:
        entry["compression"] = file.compression
    if file.statements is not None:
        entry["statements"] = file.statements
    if file.rdfc10:
        entry["rdfc10"] = file.rdfc10
    return entry


def _earlier(folder: Path, mark: str) -> list[dict[str, Any]]:
    try:
        manifest = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if manifest["knowledge"] != mark:
            return []
        return [
            entry
            for entry in manifest["files"]
            if (folder / entry["file"]).is_file()
            and (folder / entry["file"]).stat().st_size == entry["bytes"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []
