"""The Python interface: :func:`open` gives a graph that can be asked.

Examples
--------
>>> import zsgraph
>>> graph = zsgraph.open(language="en")
>>> bool(graph.query("ASK { ?thing a skos:Concept }"))
True
>>> graph.close()
"""

from pathlib import Path

from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.execution.worker import DEFAULT_MEMORY, DEFAULT_SECONDS, QueryWorker
from zsgraph.knowledge import Knowledge, locate
from zsgraph.knowledge_graph import KnowledgeGraph
from zsgraph.store import home_of, is_built, open_graph, store_path


def open(
    home: str | Path | None = None,
    *,
    language: str = "zh",
    timeout: float = DEFAULT_SECONDS,
    memory: int = DEFAULT_MEMORY,
) -> KnowledgeGraph:
    """Open the graph; it is built first where there is none yet, which takes some seconds.

    Parameters
    ----------
    home
        Folder of built graphs; by default ``ZSGRAPH_HOME``, else ``build`` of a checkout, else
        the user's cache.
    language
        ``zh`` or ``en``: the language of headings, labels and sentences.
    timeout
        Seconds a query may take unless said otherwise.
    memory
        Bytes that a query may take.

    Raises
    ------
    UsageError
        If there is no such language.
    KnowledgeError
        If the graph cannot be built.

    Examples
    --------
    >>> import zsgraph
    >>> with zsgraph.open() as graph:
    ...     len(graph.ask_named("q1-definitions")) > 0
    True
    """
    if language not in ("zh", "en"):
        raise UsageError(
            f"language 只能是 zh 或 en，不是“{language}”。",
            f"language is zh or en, not “{language}”.",
        )
    knowledge = locate()
    folder = Path(home) if home is not None else home_of(knowledge)
    if not is_built(folder):
        _build(knowledge, folder)
    worker = QueryWorker(store_path(folder), memory)
    worker.start()
    return KnowledgeGraph(open_graph(folder), knowledge, worker, language, timeout)


def _build(knowledge: Knowledge, home: Path) -> None:
    from zsgraph.build import build

    if not build(knowledge, home).published:
        raise ZsgraphError(
            "建图发现错误，没有图可用。请运行 zsgraph build 查看。",
            "The records have errors, so there is no graph. Run zsgraph build to see them.",
        )
