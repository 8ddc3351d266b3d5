"""Where the knowledge lies: ontology, shapes, queries and records."""

from dataclasses import dataclass
from pathlib import Path

from zsgraph.errors import KnowledgeError

#: What holds the knowledge.
FOLDERS = ("ontology", "shapes", "queries", "data")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The folder that holds ``ontology/``, ``shapes/``, ``queries/`` and ``data/``.

    ``data`` may be given apart, for records that are kept elsewhere.
    """

    root: Path
    data: Path

    @property
    def ontology(self) -> Path:
        """Folder of the OWL modules, with ``schemes/`` and ``alignments/`` below it."""
        return self.root / "ontology"

    @property
    def shapes(self) -> Path:
        """Folder of the SHACL shapes, one file per record table."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """Folder of the named queries."""
        return self.root / "queries"


def locate(root: Path | None = None, data: Path | None = None) -> Knowledge:
    """Find the knowledge of a checkout or of the installed package.

    Parameters
    ----------
    root
        A folder with the four sub-folders; by default the checkout that this module runs from,
        else what the package carries.
    data
        A folder of records to use instead of ``root / "data"``.

    Raises
    ------
    KnowledgeError
        If a folder is missing.
    """
    here = Path(__file__).resolve().parent
    found = root
    if found is None:
        checkout = here.parent.parent
        is_checkout = all((checkout / name).is_dir() for name in FOLDERS)
        found = checkout if is_checkout else here / "knowledge_base"
    knowledge = Knowledge(found, data or found / "data")
    for folder in (knowledge.ontology, knowledge.shapes, knowledge.queries, knowledge.data):
        if not folder.is_dir():
            raise KnowledgeError(
                f"找不到文件夹 {folder}。请在项目目录中运行，或用选项指明它的位置。",
                f"There is no folder {folder}. Run in the project folder, or say where it is.",
            )
    return knowledge
