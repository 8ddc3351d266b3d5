"""Whether a built graph is older than what it was built from."""

from pathlib import Path

from zsgraph.knowledge import Knowledge
from zsgraph.store import CURRENT, DESCRIPTION


def is_outdated(knowledge: Knowledge, home: Path) -> bool:
    """Tell whether a file of the knowledge was changed after the current graph was built.

    Goes by the files' times, which takes no reading; a copy of the same content counts as changed.
    """
    built = (home / CURRENT / DESCRIPTION).stat().st_mtime
    folders = (knowledge.ontology, knowledge.shapes, knowledge.queries, knowledge.data)
    return any(path.stat().st_mtime > built for folder in folders for path in folder.rglob("*.*"))
