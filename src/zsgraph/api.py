"""The Python interface: :func:`open` gives a graph that can be asked.

Examples
--------
>>> import zsgraph
>>> graph = zsgraph.open(language="en")
>>> bool(graph.query("ASK { ?thing a skos:Concept }"))
True
>>> graph.close()
"""

import threading
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from zsgraph.answers import Answer, answer
from zsgraph.asking import Question, ask, runner
from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.execution.worker import DEFAULT_MEMORY, DEFAULT_SECONDS, QueryWorker
from zsgraph.knowledge import Knowledge, locate
from zsgraph.queries import NamedQuery, find_query, load_queries
from zsgraph.sparql.unknown import unknown_terms
from zsgraph.store import Graph, home_of, is_built, open_graph, store_path
from zsgraph.values import Resource, term_of

if TYPE_CHECKING:
    import rdflib


class UnknownTermWarning(UserWarning):
    """A query names a term that the graph does not have."""


class KnowledgeGraph:
    """A built graph, opened for reading.

    Queries run in a process of their own, which is stopped when it takes longer than ``timeout``
    or more memory than ``memory``.  Several threads may use one graph; their queries run one
    after another.

    Parameters
    ----------
    graph
        The opened graph.
    knowledge
        Where the named queries are.
    worker
        Runs the queries.
    language
        ``zh`` or ``en``: the language of headings, labels and sentences.
    timeout
        Seconds a query may take unless said otherwise.
    """

    def __init__(
        self,
        graph: Graph,
        knowledge: Knowledge,
        worker: QueryWorker,
        language: str,
        timeout: float,
    ) -> None:
        self.language = language
        self.timeout = timeout
        self._graph = graph
        self._knowledge = knowledge
        self._worker = worker
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        told = self.description
        return (
            f"<zsgraph {told['version']}: {told['asserted']:,} asserted and "
            f"{told['inferred']:,} inferred triples>"
        )

    @property
    def description(self) -> dict[str, Any]:
        """What the build told of the graph: version, date, numbers of records and triples."""
        return dict(self._graph.description)

    @property
    def queries(self) -> dict[str, NamedQuery]:
        """The named queries by name, the nine questions first.

        Examples
        --------
        >>> import zsgraph
        >>> with zsgraph.open() as graph:
        ...     [parameter.name for parameter in graph.queries["q3-policies"].parameters][:1]
        ['region']
        """
        return load_queries(self._knowledge.queries)

    def ask_named(self, name: str, /, *, timeout: float | None = None, **values: object) -> Answer:
        """Ask a named query.

        Parameters
        ----------
        name
            The name of the query; :attr:`queries` holds them all.
        timeout
            Seconds it may take; by default those of the graph.
        **values
            Values of its parameters: an id, a name in any language, a date, a number, or a
            :class:`~zsgraph.values.Resource` out of another answer.

        Raises
        ------
        UsageError
            If there is no such query, parameter or value; ``nearest`` offers others.
        QueryTimeoutError, QueryMemoryError
            If a limit was reached.

        Examples
        --------
        >>> import zsgraph
        >>> with zsgraph.open() as graph:
        ...     answer = graph.ask_named("q6-platforms", region="四川省")
        >>> answer.columns[0].name
        'platform'
        >>> first = answer[0]["platform"]
        >>> first.id.startswith("plt-")
        True
        """
        query = find_query(self._knowledge.queries, name)
        texts = {key: _text(value) for key, value in values.items()}
        run = runner(self._worker, self.timeout if timeout is None else timeout)
        with self._lock:
            return answer(self._graph, query, texts, self.language, run)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, object] | None = None,
        graph: str = "all",
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Ask a query of your own.

        Parameters
        ----------
        text
            SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.  The prefixes of
            :data:`zsgraph.namespaces.PREFIXES` need not be declared.
        bindings
            Values of variables: only solutions with them are found.  Text becomes a string; a
            :class:`~zsgraph.values.Resource` or ``rdflib.URIRef`` an IRI; numbers, truth values
            and dates become literals of their type.
        graph
            ``asserted`` (what records say), ``inferred`` (what follows from it) or ``all``.
        limit
            Rows at most; ``cut`` of the answer tells whether there are more.
        timeout
            Seconds it may take; by default those of the graph.

        Raises
        ------
        QuerySyntaxError, QueryRefusedError
            If the query is not SPARQL, or asks for what is not allowed; ``line`` and ``column``
            tell where, ``nearest`` what may have been meant.
        QueryTimeoutError, QueryMemoryError
            If a limit was reached.

        Warns
        -----
        UnknownTermWarning
            If the query names a term that the graph does not have.

        Examples
        --------
        >>> import zsgraph
        >>> graph = zsgraph.open(language="en")
        >>> region = zsgraph.Resource("id:regions/510000")
        >>> for row in graph.query("SELECT ?name { ?r skos:prefLabel ?name } ORDER BY ?name",
        ...                        bindings={"r": region}):
        ...     print(row["name"])
        Sichuan
        四川省
        >>> len(graph.query("CONSTRUCT WHERE { ?s a skos:Concept }", limit=3).to_rdf())
        3
        >>> graph.query("SELECT * { ?s skoss:prefLabel ?o }")
        Traceback (most recent call last):
        ...
        zsgraph.errors.QuerySyntaxError: The query, line 1, column 15: ...
        >>> graph.close()
        """
        terms = {name: term_of(value) for name, value in (bindings or {}).items()}
        seconds = self.timeout if timeout is None else timeout
        question = Question(text, terms, graph, limit, seconds)
        with self._lock:
            found = ask(self._graph, self._worker, question, self.language)
        for unknown in unknown_terms(self._graph.store, text):
            warnings.warn(unknown.message.text(self.language), UnknownTermWarning, stacklevel=2)
        return found

    def as_rdflib(self) -> "rdflib.Dataset":
        """Return an rdflib Dataset over the same store; nothing is copied, nothing can be written.

        Its default graph is the union of all graphs.

        Examples
        --------
        >>> import zsgraph
        >>> from rdflib import SKOS
        >>> graph = zsgraph.open()
        >>> dataset = graph.as_rdflib()
        >>> (None, SKOS.prefLabel, None) in dataset
        True
        >>> graph.close()
        """
        import rdflib
        from oxrdflib import OxigraphStore

        from zsgraph.namespaces import PREFIXES

        store = OxigraphStore(store=self._graph.store)
        dataset = rdflib.Dataset(store=store, default_union=True)
        for prefix, base in PREFIXES.items():
            dataset.bind(prefix, base)
        return dataset

    def close(self) -> None:
        """End the process that runs the queries."""
        self._worker.close()


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


def _text(value: object) -> str:
    """Return the value of a parameter as the text that a person would give."""
    if isinstance(value, bool):
        return str(value).lower()
    return str.__str__(value) if isinstance(value, Resource) else str(value)
