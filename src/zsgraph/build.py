"""Building the graph: the pipeline's triples are stored, verified and made current, or nothing."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from zsgraph import __version__
from zsgraph.description import describe
from zsgraph.description.provenance import Origin
from zsgraph.discovery.search_index import FILE as SEARCH
from zsgraph.discovery.search_index import write_search
from zsgraph.errors import UsageError
from zsgraph.findings import Finding, Message, Severity
from zsgraph.indexing import write_index
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import Graphs, Progress, Reasoner, run, stage
from zsgraph.query_syntax import check_syntax
from zsgraph.store import CURRENT, build_lock, load, new_store, publish
from zsgraph.transaction import reading
from zsgraph.validation.expectations import check_counts
from zsgraph.validation.shacl import ENGINES
from zsgraph.validation.verify import verify

STORE = Message("存入图库", "Storing")
VERIFY = Message("运行核查查询", "Running verify queries")

#: Modules of the reasoners, each with a function ``close``; imported when one is used.
REASONERS: Final = {
    "default": "zsgraph.reasoning.closure",
    "owlrl": "zsgraph.reasoning.owlrl_reference",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made.

    Attributes
    ----------
    rows
        Records by table.
    asserted, inferred
        Numbers of triples.
    findings
        What was found, errors included.
    seconds
        Seconds by stage.
    published
        Whether the graph was made current.
    """

    rows: dict[str, int]
    asserted: int
    inferred: int
    findings: list[Finding]
    seconds: dict[Message, float]
    published: bool


class Silence:
    """Progress that nobody is told of."""

    def start(self, stage: Message, length: int) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""

    def finish(self, seconds: float) -> None:
        """Say nothing."""


def build(
    knowledge: Knowledge,
    home: Path,
    reasoner: str = "default",
    validator: str = "default",
    progress: Progress | None = None,
    on_wait: Callable[[], None] = lambda: None,
    origin: Origin | None = None,
) -> Summary:
    """Build the graph of ``knowledge`` in ``home``.

    Parameters
    ----------
    knowledge
        Ontology, shapes, queries and records.
    home
        Folder of the built graphs (see :func:`zsgraph.store.home_of`).
    reasoner
        ``default`` or ``owlrl``, the reference.
    validator
        ``default`` or ``pyshacl``, the reference.
    progress
        Is told how the work goes on.
    on_wait
        Called when another build had to be waited for.
    origin
        What the knowledge comes from; by default the commit that holds it as it is.

    Returns
    -------
    Summary
        With ``published`` false where errors were found; the graph of before then stays current.

    Raises
    ------
    KnowledgeError
        If a file of the knowledge cannot be used.
    UsageError
        If there is no such reasoner or validator.
    """
    close = _reasoner(reasoner)
    engine = ENGINES.get(validator)
    if engine is None:
        raise _unknown(validator, ENGINES)
    watcher = progress or Silence()
    with build_lock(home) as waited:  # before all reading: the last build has the latest records
        if waited:
            on_wait()
        check_syntax(knowledge.queries)
        with reading(knowledge.data):  # no record is read while some are being written
            mark = fingerprint(knowledge)  # what is edited from here on may not be in the graph
            graphs = run(knowledge, close, engine, watcher)
        if graphs.failed():
            return _summary(graphs, published=False)
        graphs.description = describe(knowledge, graphs, origin)
        return _store(knowledge, home, graphs, watcher, mark, origin)


def _store(
    knowledge: Knowledge,
    home: Path,
    graphs: Graphs,
    progress: Progress,
    mark: str,
    origin: Origin | None,
) -> Summary:
    folder = home / f"graph-{time.time_ns():x}-{os.getpid()}"
    try:
        with stage(graphs, progress, STORE, 1):
            store = new_store(folder)
            load(store, graphs.named())
            write_index(folder, graphs, store, knowledge.queries, home / CURRENT)
            write_search(folder / SEARCH, graphs.asserted.items()).close()
        with stage(graphs, progress, VERIFY, 1):
            graphs.findings += verify(store, knowledge.queries / "verify", graphs.places)
            graphs.findings += check_counts(knowledge.data, graphs.rows)
        del store
        if graphs.failed():
            return _summary(graphs, published=False)
        summary = _summary(graphs, published=True)
        publish(home, folder, _description(mark, summary, origin))
        return summary
    finally:
        if not (folder / "build.json").exists():
            shutil.rmtree(folder, ignore_errors=True)


def fingerprint(knowledge: Knowledge) -> str:
    """Return a SHA-256 over all files of the knowledge, to tell whether a graph is up to date.

    The folders below the shapes are left out: they hold examples, of which no graph is made.
    """
    digest = hashlib.sha256()
    for folder in (knowledge.ontology, knowledge.shapes, knowledge.queries, knowledge.data):
        inner = folder.glob("*") if folder == knowledge.shapes else folder.rglob("*")
        for path in sorted(inner):
            if path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _reasoner(name: str) -> Reasoner:
    module = REASONERS.get(name)
    if module is None:
        raise _unknown(name, REASONERS)
    close: Reasoner = import_module(module).close
    return close


def _unknown(name: str, known: dict[str, Any]) -> UsageError:
    return UsageError(
        f"没有叫“{name}”的引擎；可用的是：{'、'.join(known)}。",
        f"There is no engine “{name}”; known are: {', '.join(known)}.",
    )


def _summary(graphs: Graphs, *, published: bool) -> Summary:
    return Summary(
        rows=graphs.rows,
        asserted=sum(map(len, graphs.asserted.values())),
        inferred=len(graphs.inferred),
        findings=graphs.findings,
        seconds=graphs.seconds,
        published=published,
    )


def _description(mark: str, summary: Summary, origin: Origin | None) -> dict[str, Any]:
    return {
        "version": origin.software if origin else __version__,
        "fingerprint": mark,
        "built": time.strftime("%Y-%m-%d"),
        "rows": summary.rows,
        "asserted": summary.asserted,
        "inferred": summary.inferred,
        "seconds": {stage.en: round(taken, 3) for stage, taken in summary.seconds.items()},
        "findings": {
            severity.value: sum(f.severity is severity for f in summary.findings)
            for severity in Severity
        },
    }
