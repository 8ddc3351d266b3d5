"""Where the graph comes from: the version of the knowledge, and what made the graph of it.

The same knowledge gives the same statements: the only time is that of the commit which holds it,
and no checksum of files stands here, since the order of their rows means nothing.

Standard: PROV-O, https://www.w3.org/TR/prov-o/
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from zsgraph import __version__
from zsgraph.description.written import inside
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import DCT, PREFIXES, RDFS, XSD
from zsgraph.terms import RDF_TYPE, Term, Triple, literal

_PROV: Final = PREFIXES["prov"]
_PATIENCE: Final = 10  # seconds that git may take


@dataclass(frozen=True, slots=True)
class Commit:
    """The last commit that changed the knowledge, and its time in UTC (ISO 8601)."""

    name: str
    time: str


def provenance(dataset: str, knowledge: Knowledge) -> Iterator[Triple]:
    """Yield what the dataset was made of, and by what.

    Parameters
    ----------
    dataset
        IRI of the dataset.
    knowledge
        The folders it was built from.
    """
    build, source = inside(dataset, "build"), inside(dataset, "source")
    agent = inside(dataset, "software", __version__)
    yield f"<{dataset}>", RDF_TYPE, _prov("Entity")
    yield f"<{dataset}>", _prov("wasGeneratedBy"), build
    yield f"<{dataset}>", _prov("wasDerivedFrom"), source
    yield build, RDF_TYPE, _prov("Activity")
    yield build, _prov("used"), source
    yield build, _prov("wasAssociatedWith"), agent
    yield agent, RDF_TYPE, _prov("SoftwareAgent")
    yield agent, f"<{RDFS}label>", literal(f"zsgraph {__version__}")
    yield source, RDF_TYPE, _prov("Entity")
    yield source, f"<{RDFS}label>", literal("本体、形状、查询和记录", language="zh")
    yield source, f"<{RDFS}label>", literal("ontology, shapes, queries and records", language="en")
    commit = commit_of(knowledge)
    if commit is not None:
        time = literal(commit.time, XSD + "dateTime")
        yield source, _dct("identifier"), literal(f"git:{commit.name}")
        yield source, _prov("generatedAtTime"), time
        yield f"<{dataset}>", _dct("modified"), time


def commit_of(knowledge: Knowledge) -> Commit | None:
    """Return the commit that holds the knowledge as it is; None outside of git or after edits."""
    folders = [knowledge.ontology, knowledge.shapes, knowledge.queries, knowledge.data]
    paths = [str(folder.resolve()) for folder in folders]

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(knowledge.root), *arguments, "--", *paths]
        done = subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        return done.stdout.decode().strip()

    try:
        found = git("log", "-1", "--format=%H %ct").split()
        if not found or git("status", "--porcelain"):
            return None
    except (OSError, subprocess.SubprocessError):
        return None
    time = datetime.fromtimestamp(int(found[1]), UTC)
    return Commit(found[0], time.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _prov(name: str) -> Term:
    return f"<{_PROV}{name}>"


def _dct(name: str) -> Term:
    return f"<{DCT}{name}>"
