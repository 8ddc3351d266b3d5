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
class Origin:
    """What holds the knowledge as it is, and what makes a graph of it.

    Attributes
    ----------
    name
        The last commit of git that changed it, or the tag of a release.
    time
        When it was made, in UTC (ISO 8601).
    software
        Version of the software.
    """

    name: str
    time: str
    software: str = __version__


def provenance(dataset: str, origin: Origin | None) -> Iterator[Triple]:
    """Yield what the dataset was made of, and by what.

    Parameters
    ----------
    dataset
        IRI of the dataset.
    origin
        What holds that which it was built from, if something does.
    """
    build, source = inside(dataset, "build"), inside(dataset, "source")
    software = origin.software if origin else __version__
    agent = inside(dataset, "software", software)
    yield f"<{dataset}>", RDF_TYPE, _prov("Entity")
    yield f"<{dataset}>", _prov("wasGeneratedBy"), build
    yield f"<{dataset}>", _prov("wasDerivedFrom"), source
    yield build, RDF_TYPE, _prov("Activity")
    yield build, _prov("used"), source
    yield build, _prov("wasAssociatedWith"), agent
    yield agent, RDF_TYPE, _prov("SoftwareAgent")
    yield agent, f"<{RDFS}label>", literal(f"zsgraph {software}")
    yield source, RDF_TYPE, _prov("Entity")
    yield source, f"<{RDFS}label>", literal("本体、形状、查询和记录", language="zh")
    yield source, f"<{RDFS}label>", literal("ontology, shapes, queries and records", language="en")
    if origin is not None:
        time = literal(origin.time, XSD + "dateTime")
        yield source, _dct("identifier"), literal(f"git:{origin.name}")
        yield source, _prov("generatedAtTime"), time
        yield f"<{dataset}>", _dct("modified"), time


def origin_of(knowledge: Knowledge, revision: str = "") -> Origin | None:
    """Return the commit that holds the knowledge; None outside of git or after edits.

    Parameters
    ----------
    knowledge
        The folders.
    revision
        A revision of git to look at instead of the folders as they are.
    """
    folders = [knowledge.ontology, knowledge.shapes, knowledge.queries, knowledge.data]
    paths = [str(folder.resolve()) for folder in folders]

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(knowledge.root), *arguments, "--", *paths]
        done = subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        return done.stdout.decode().strip()

    try:
        found = git("log", "-1", "--format=%H %ct", revision or "HEAD").split()
        if not found or (not revision and git("status", "--porcelain")):
            return None
    except (OSError, subprocess.SubprocessError):
        return None
    time = datetime.fromtimestamp(int(found[1]), UTC)
    return Origin(found[0], time.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _prov(name: str) -> Term:
    return f"<{_PROV}{name}>"


def _dct(name: str) -> Term:
    return f"<{DCT}{name}>"
