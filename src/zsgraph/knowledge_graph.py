"""A graph as Python programs and notebooks use it: asked, searched, shown and explained."""

import threading
import warnings
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, overload

from zsgraph.answers import Answer, answer
from zsgraph.asking import Question, ask, runner
from zsgraph.execution.worker import QueryWorker
from zsgraph.knowledge import Knowledge
from zsgraph.queries import NamedQuery, find_query, load_queries
from zsgraph.sparql.unknown import unknown_terms
from zsgraph.store import Graph
from zsgraph.values import Resource, term_of

if TYPE_CHECKING:
    import rdflib

    from zsgraph.discovery.description import Description
    from zsgraph.discovery.find import Found
    from zsgraph.discovery.terms import TermDetail, TermSummary
    from zsgraph.discovery.why import Explanation


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

    def find(self, text: str, *, kind: str = "", limit: int = 20) -> "Found":
        """Find things by name, other name, document number or id, or by any part of them.

        Parameters
        ----------
        text
            What to look for; width, traditional forms, punctuation and capitals do not matter.
        kind
            Only things of this class, given by its name or prefixed name; ``class``,
            ``property`` and ``concept`` are known too.
        limit
            So many at most.

        Raises
        ------
        UsageError
            If the text is empty or too long, or there is no such kind.

        Examples
        --------
        >>> import zsgraph
        >>> with zsgraph.open(language="en") as graph:
        ...     graph.find("四川", kind="region").hits[0].label
        'Sichuan'
        """
        from zsgraph.discovery.find import find

        return find(
            self._graph, text, kind=kind, limit=limit,
            language=self.language, knowledge=self._knowledge,
        )  # fmt: skip

    def show(self, thing: str, *, everything: bool = False) -> "Description":
        """Return what is known of a thing: what is stated, what is inferred, what refers to it.

        Parameters
        ----------
        thing
            An id, a name, a prefixed name, an IRI, or a :class:`~zsgraph.values.Resource`.
        everything
            All values and all that refers to the thing, not the first few only.

        Raises
        ------
        UsageError
            If nothing, or more than one thing, is meant; ``nearest`` offers others.

        Examples
        --------
        >>> import zsgraph
        >>> with zsgraph.open(language="en") as graph:
        ...     sichuan = graph.show("四川省")
        >>> sichuan.label, sichuan.id
        ('Sichuan', 'regions/510000')
        >>> code = sichuan.groups[0].properties[0]
        >>> code.label, code.values[0].text
        ('Code', '510000')
        """
        from zsgraph.discovery.describe import describe
        from zsgraph.discovery.lookup import the_one

        meant = the_one(self._graph, _text(thing), self.language)
        return describe(
            self._graph, self._knowledge, meant, language=self.language, everything=everything
        )

    @overload
    def schema(self) -> "list[TermSummary]": ...

    @overload
    def schema(self, term: str) -> "TermDetail": ...

    def schema(self, term: str | None = None) -> "list[TermSummary] | TermDetail":
        """Return the classes and properties with how much they are used, or all about one.

        Parameters
        ----------
        term
            The name, prefixed name or IRI of a class or property; without it all are listed.

        Raises
        ------
        UsageError
            If there is no such term; ``nearest`` offers others.

        Examples
        --------
        >>> import zsgraph
        >>> with zsgraph.open(language="en") as graph:
        ...     terms = graph.schema()
        ...     region = graph.schema("zs:Region")
        >>> {term.kind for term in terms} == {"class", "property"}
        True
        >>> region.summary.asserted > 34
        True
        """
        from zsgraph.discovery.terms import Terms

        terms = Terms(self._graph, self._knowledge, self.language)
        return terms.all() if term is None else terms.detail(*terms.named(_text(term)))

    def why(
        self, subject: str, property: str, object: str, *, alternatives: bool = False
    ) -> "Explanation":
        """Tell why a statement holds: by which rule, axioms and facts, down to their sources.

        Parameters
        ----------
        subject, property, object
            Each an id, a name, a prefixed name or an IRI; the property may be ``a``, the object
            the text of a literal.
        alternatives
            Whether to look for other proofs too, ten at most.

        Raises
        ------
        UsageError
            If a part of the statement names nothing or is not clear.

        Examples
        --------
        >>> import zsgraph
        >>> with zsgraph.open(language="en") as graph:
        ...     told = graph.why("plt-hb-wuhan-xianjinyuan", "a", "zs:PublicPlatform")
        >>> reason = told.reasons[0]
        >>> reason.rule
        'cax-sco'
        >>> len(reason.axioms), len(reason.facts)
        (1, 1)
        """
        from zsgraph.discovery.why import why

        statement = (_text(subject), _text(property), _text(object))
        return why(
            self._graph, self._knowledge, statement,
            language=self.language, alternatives=alternatives,
        )  # fmt: skip

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


def _text(value: object) -> str:
    """Return a value as the text that a person would give; a resource as its IRI."""
    if isinstance(value, bool):
        return str(value).lower()
    return str.__str__(value) if isinstance(value, Resource) else str(value)
