"""Classes and properties: what they mean, how much they are used, and an example of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import pyoxigraph as ox

from zsgraph.discovery.lookup import meant, unclear
from zsgraph.discovery.naming import Names, short_id
from zsgraph.discovery.provenance import Provenance, Source
from zsgraph.discovery.titles import Titles
from zsgraph.discovery.wording import Wording, is_anonymous
from zsgraph.errors import UsageError
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import OWL, RDFS, SKOS
from zsgraph.nodes import term_of
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.noise import silent_class
from zsgraph.store import Graph
from zsgraph.terms import RDF_TYPE, Term, Triple, iri, iri_value, is_iri, literal_parts

_SUB: Final = {"class": f"<{RDFS}subClassOf>", "property": f"<{RDFS}subPropertyOf>"}
_DEFINED_BY: Final = f"<{RDFS}isDefinedBy>"
_KINDS: Final = {
    f"<{OWL}Class>": "class",
    f"<{OWL}ObjectProperty>": "property",
    f"<{OWL}DatatypeProperty>": "property",
}
_EXAMPLES: Final = 4
_TOP: Final = 6
_SCANNED: Final = 50

_INSTANCES: Final = """
SELECT ?term ?inferred (COUNT(DISTINCT ?x) AS ?n) WHERE {
  GRAPH ?g { ?x a ?term } BIND (?g = graph:inferred AS ?inferred)
} GROUP BY ?term ?inferred"""
_TRIPLES: Final = """
SELECT ?term ?inferred (COUNT(*) AS ?n) WHERE {
  GRAPH ?g { ?x ?term ?y } BIND (?g = graph:inferred AS ?inferred)
} GROUP BY ?term ?inferred"""
_USED_WITH: Final = """
SELECT ?term (COUNT(*) AS ?n) WHERE { ?x a %s . ?x ?term ?y . FILTER (?term != rdf:type) }
GROUP BY ?term"""
_SUBJECTS: Final = """
SELECT ?term (COUNT(*) AS ?n) WHERE {
  ?x %s ?y . GRAPH ?g { ?x a ?term } FILTER (?g != graph:inferred)
} GROUP BY ?term"""
_OBJECTS: Final = """
SELECT ?term (COUNT(*) AS ?n) WHERE {
  ?x %s ?y . GRAPH ?g { ?y a ?term } FILTER (?g != graph:inferred)
} GROUP BY ?term"""
_DATATYPES: Final = """
SELECT ?term (COUNT(*) AS ?n) WHERE {
  ?x %s ?y . FILTER (isLiteral(?y)) BIND (datatype(?y) AS ?term)
} GROUP BY ?term"""


@dataclass(frozen=True, slots=True)
class TermSummary:
    """A class or property in short.

    Attributes
    ----------
    iri, id, label
        What it is called.
    kind
        ``class`` or ``property``.
    definition
        What it means.
    module
        The ontology module that defines it.
    asserted, inferred
        Number of members or of statements.
    example
        A member or a statement, in words; empty if there is none.
    parents
        IRIs of the terms directly above it.
    """

    iri: str
    id: str
    label: str
    kind: str
    definition: str
    module: str
    asserted: int
    inferred: int
    example: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A term with how often it occurs."""

    iri: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Written:
    """A column of a table that writes a term, or offers it to be chosen."""

    table: str
    column: str
    heading: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TermDetail:
    """All there is to say of a class or property.

    Attributes
    ----------
    summary
        What it is called, means and how much it is used.
    sources
        Where it comes from.
    axioms
        What the ontology says of it, a sentence each.
    above, below
        Labels and ids of the terms above it and directly below it.
    used_with
        Properties that members of a class have.
    subjects, objects
        Classes or datatypes of the two ends of a property, as used.
    written
        Tables and columns that write it.
    examples
        Members or statements, in words; ``◦`` marks what is inferred.
    """

    summary: TermSummary
    sources: tuple[Source, ...]
    axioms: tuple[str, ...]
    above: tuple[Count, ...]
    below: tuple[Count, ...]
    used_with: tuple[Count, ...]
    subjects: tuple[Count, ...]
    objects: tuple[Count, ...]
    written: tuple[Written, ...]
    examples: tuple[str, ...]


class Terms:
    """Looks classes and properties up.

    Parameters
    ----------
    graph
        The graph.
    knowledge
        Its shapes, which say what tables write.
    language
        ``zh`` or ``en``.
    """

    def __init__(self, graph: Graph, knowledge: Knowledge, language: str) -> None:
        self._graph = graph
        self._closed = ClosedGraph(graph.store)
        self._names = Names(graph.store, language)
        self._language = language
        self._words = Wording(self._closed, self._names)
        self._provenance = Provenance(self._closed, knowledge, self._names)
        self._titles = Titles(self._closed, self._provenance, self._names)

    def all(self, *, foreign: bool = False) -> list[TermSummary]:
        """Return all classes and properties by module and label.

        Parameters
        ----------
        foreign
            Those of other vocabularies too, which the ontology is aligned with.
        """
        kinds: dict[str, str] = {}
        for cls, kind in _KINDS.items():
            for term, _, _ in self._closed.match(None, RDF_TYPE, cls):
                if not is_anonymous(term) and self._closed.asserted((term, RDF_TYPE, cls)):
                    kinds[iri_value(term)] = kind
        modular = any(self._closed.match(None, _DEFINED_BY, None))
        self._names.learn(kinds)
        found = [self.summary(term, kind) for term, kind in kinds.items()]
        kept = [s for s in found if s.module or not modular or foreign]
        return sorted(kept, key=lambda s: (s.kind, s.module, s.label, s.iri))

    def named(self, text: str) -> tuple[str, str]:
        """Return IRI and kind of the class or property that a text means.

        Raises
        ------
        UsageError
            If none or several are meant.
        """
        found = meant(self._graph, text)
        kinds = {term: kind for term in found if (kind := self._kind(iri(term)))}
        if len(kinds) == 1:
            return next(iter(kinds.items()))
        if kinds or not found:
            raise unclear(self._graph, text, list(kinds), self._language)
        known = short_id(found[0])
        raise UsageError(
            f"“{text}”不是类也不是属性。可用 zsgraph show {known} 查看它。",
            f"“{text}” is neither a class nor a property. zsgraph show {known} shows it.",
        )

    def detail(self, term: str, kind: str) -> TermDetail:
        """Return all there is to say of a class or property."""
        node = iri(term)
        is_class = kind == "class"
        return TermDetail(
            summary=self.summary(term, kind),
            sources=self._provenance.sources_of(node),
            axioms=tuple(dict.fromkeys(self._words.axioms(node))),
            above=self._terms(
                o for _, _, o in self._closed.match(node, _SUB[kind], None) if o != node
            ),
            below=self._terms(
                s
                for s, _, _ in self._closed.match(None, _SUB[kind], node)
                if s != node and self._closed.asserted((s, _SUB[kind], node))
            ),
            used_with=self._counted(_USED_WITH % node) if is_class else (),
            subjects=() if is_class else self._counted(_SUBJECTS % node),
            objects=()
            if is_class
            else self._counted(_OBJECTS % node) + self._counted(_DATATYPES % node),
            written=tuple(self._written(term)),
            examples=tuple(islice(self._examples(node, is_class), _EXAMPLES)),
        )

    def summary(self, term: str, kind: str) -> TermSummary:
        """Return a class or property in short."""
        node = iri(term)
        homes = sorted(iri_value(o) for _, _, o in self._closed.match(node, _DEFINED_BY, None))
        asserted, inferred = (self._uses[kind].get((term, flag), 0) for flag in (False, True))
        parents = [
            iri_value(upper)
            for _, _, upper in self._closed.match(node, _SUB[kind], None)
            if upper != node and not is_anonymous(upper)
            and self._closed.asserted((node, _SUB[kind], upper))
        ]  # fmt: skip
        return TermSummary(
            iri=term,
            id=short_id(term),
            label=self._names(term),
            kind=kind,
            definition=self._definition(node),
            module=self._provenance.title(homes[0]) if homes else "",
            asserted=asserted,
            inferred=inferred,
            example=next(self._examples(node, kind == "class"), ""),
            parents=tuple(sorted(parents)),
        )

    @cached_property
    def _uses(self) -> dict[str, dict[tuple[str, bool], int]]:
        counted: dict[str, dict[tuple[str, bool], int]] = {}
        for kind, query in (("class", _INSTANCES), ("property", _TRIPLES)):
            found = counted[kind] = defaultdict(int)
            for term, inferred, number in self._graph.query(query):  # type: ignore[union-attr]
                found[term.value, inferred.value == "true"] += int(number.value)
        return counted

    def _kind(self, term: Term) -> str:
        kinds = (
            kind for cls, kind in _KINDS.items() if any(self._closed.match(term, RDF_TYPE, cls))
        )
        return next(kinds, "")

    def _definition(self, term: Term) -> str:
        texts = {
            language: text
            for path in (f"<{RDFS}comment>", f"<{SKOS}definition>")
            for _, _, o in self._closed.match(term, path, None)
            for text, _, language in [literal_parts(o)]
        }
        return texts.get(self._language) or texts.get("zh") or next(iter(texts.values()), "")

    def _terms(self, terms: Iterable[Term]) -> tuple[Count, ...]:
        known = [t for t in dict.fromkeys(terms) if not is_anonymous(t) and not silent_class(t)]
        counts = [Count(iri_value(t), self._names(iri_value(t)), 0) for t in known]
        return tuple(sorted(counts, key=lambda count: count.label))

    def _counted(self, query: str) -> tuple[Count, ...]:
        answers = self._graph.query(query)
        assert isinstance(answers, ox.QuerySolutions)
        rows = [(t.value, int(n.value)) for t, n in answers if isinstance(t, ox.NamedNode)
                and isinstance(n, ox.Literal)]  # fmt: skip
        rows.sort(key=lambda row: (-row[1], row[0]))
        return tuple(Count(term, self._names(term), number) for term, number in rows[:_TOP])

    def _written(self, term: str) -> Iterator[Written]:
        for table in self._provenance.schema.tables.values():
            if table.target == term:
                yield Written(table.name, "", table.label.text(self._language), chosen=False)
            for column in table.all_columns:
                heading = column.heading.text(self._language)
                if column.path == term or column.reference == term or term in column.choices:
                    yield Written(table.name, column.name, heading, chosen=column.path != term)

    def _examples(self, term: Term, is_class: bool) -> Iterator[str]:
        """Yield members of a class, or statements with a property, the asserted ones first."""
        pattern: tuple[Term | None, Term, Term | None]
        pattern = (None, RDF_TYPE, term) if is_class else (None, term, None)
        seen = set(islice((t for t in self._stored(*pattern) if not is_anonymous(t[0])), _SCANNED))
        for triple in sorted(seen, key=lambda t: (not self._closed.asserted(t), t)):
            mark = "" if self._closed.asserted(triple) else " ◦"
            subject = self._titles(iri_value(triple[0]))
            if is_class:
                yield f"{subject}{mark}"
            else:
                obj = (
                    self._titles(iri_value(triple[2]))
                    if is_iri(triple[2])
                    else self._words.term(triple[2])
                )
                yield f"{subject} → {obj}{mark}"

    def _stored(self, subject: Term | None, predicate: Term, obj: Term | None) -> Iterator[Triple]:
        node = None if obj is None else ox.NamedNode(iri_value(obj))
        path = ox.NamedNode(iri_value(predicate))
        for quad in self._graph.store.quads_for_pattern(None, path, node, None):
            yield term_of(quad.subject), predicate, term_of(quad.object)
