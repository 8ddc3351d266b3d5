"""Everything about one thing: what it is, what is stated and inferred of it, and what refers to it.

Facts are grouped by meaning without knowing the domain: those of the thing's own record in the
order of its shape, those that records about triples state by the kind of such record, and the
others by the ontology module that defines their property.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from zsgraph.discovery.description import Description, Group, Links, Property, Value
from zsgraph.discovery.naming import STANDARD, Names, short_id
from zsgraph.discovery.provenance import Provenance
from zsgraph.discovery.titles import Titles
from zsgraph.discovery.wording import Wording, is_anonymous
from zsgraph.findings import Message
from zsgraph.knowledge import Knowledge
from zsgraph.labels import local_name
from zsgraph.namespaces import DCT, GRAPH_DATA, GRAPH_INFERRED, OWL, RDF, RDFS, SKOS, XSD
from zsgraph.nodes import term_of
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.schema import Schema, Table
from zsgraph.store import Graph
from zsgraph.terms import RDF_TYPE, Term, iri, iri_value, is_iri, is_literal, literal, literal_parts

_LABELS: Final = (SKOS + "prefLabel", RDFS + "label", DCT + "title")
_OTHER_LABELS: Final = (SKOS + "altLabel", SKOS + "hiddenLabel")
_DEFINED_BY, _INVERSE = f"<{RDFS}isDefinedBy>", f"<{OWL}inverseOf>"
#: Links that say where something is stated, not what it is.
_HOUSEKEEPING: Final = frozenset(
    {RDF + "subject", RDF + "object", RDF + "predicate", RDF + "first",
     RDFS + "isDefinedBy", SKOS + "inScheme"}
)  # fmt: skip
_TRUTH: Final = {
    literal("true", XSD + "boolean"): Message("是", "yes"),
    literal("false", XSD + "boolean"): Message("否", "no"),
}
FEW: Final = 5
SOME: Final = 12

ABOUT = Message("说明", "About the term")
MORE = Message("其他", "More")
VOCABULARY = Message("用通用词汇说", "In general vocabularies")


def describe(
    graph: Graph,
    knowledge: Knowledge,
    thing: str,
    *,
    language: str = "zh",
    everything: bool = False,
    schema: Schema | None = None,
    closed: ClosedGraph | None = None,
) -> Description:
    """Describe a thing.

    Parameters
    ----------
    graph
        The graph.
    knowledge
        Its shapes and record files, for tables and rows.
    thing
        IRI of the thing (see :func:`zsgraph.discovery.lookup.the_one`).
    language
        ``zh`` or ``en``.
    everything
        All values and all that refers to the thing, not the first few only.
    schema
        The tables, if the shapes have been read already.
    closed
        The same graph, if its axioms have been worked out already.
    """
    closed = closed or ClosedGraph(graph.store)
    names = Names(graph.store, language)
    provenance = Provenance(closed, knowledge, names, schema)
    return _Describer(graph.store, closed, provenance, names, thing).description(everything)


class _Describer:
    def __init__(
        self, store: ox.Store, closed: ClosedGraph, provenance: Provenance, names: Names, thing: str
    ) -> None:
        self._store, self._closed = store, closed
        self._provenance, self._names = provenance, names
        self._words = Wording(closed, names)
        self._titles = Titles(closed, provenance, names)
        self._everything = False
        self._thing, self._term = thing, iri(thing)
        self._table = self._provenance.table_of(thing)
        # Where terms name their module, those that name none are of other vocabularies.
        self._modular = any(self._closed.match(None, _DEFINED_BY, None))
        self._referring: set[str] = set()
        self._outgoing: dict[str, dict[Term, set[str]]] = defaultdict(lambda: defaultdict(set))

    def description(self, everything: bool) -> Description:
        """Gather all that is told; ``everything`` leaves nothing out."""
        self._everything = everything
        for quad in self._store.quads_for_pattern(ox.NamedNode(self._thing), None, None, None):
            graph = quad.graph_name.value  # type: ignore[union-attr]
            self._outgoing[quad.predicate.value][term_of(quad.object)].add(graph)
        incoming = self._incoming()
        self._learn()
        own = self._provenance.record(self._term, self._table) if self._table else None
        label = self._titles(self._thing)
        groups = list(self._groups())
        return Description(
            iri=self._thing,
            id=short_id(self._thing),
            label=label,
            other_labels=tuple(text for text in self._labels() if text != label),
            kinds=self._kinds(),
            place=own.place_label if own else "",
            row=own.row if own else None,
            sources=self._provenance.sources_of(self._term),
            groups=tuple(g for g in groups if self._everything or g.kind != "vocabulary"),
            incoming=tuple(incoming),
            left_out=not self._everything and any(g.kind == "vocabulary" for g in groups),
        )

    def _learn(self) -> None:
        """Look up all names at once."""
        self._names.learn(self._outgoing)
        self._names.learn(
            iri_value(value)
            for values in self._outgoing.values()
            for value in values
            if is_iri(value)
        )

    def _labels(self) -> Iterable[str]:
        found: dict[str, None] = {}
        for path in (*_LABELS, *_OTHER_LABELS):
            for term in sorted(self._outgoing.get(path, ())):
                if is_literal(term):
                    found[literal_parts(term)[0]] = None
        return found

    def _kinds(self) -> tuple[Value, ...]:
        values = [
            self._value(RDF + "type", term)
            for term in self._outgoing.get(RDF + "type", ())
            if self._everything or self._declared(iri_value(term))
        ]
        return tuple(sorted(values, key=lambda value: (value.inferred, value.text)))

    def _declared(self, term: str) -> bool:
        """Tell whether a class or property is one of our own, or one that everybody uses."""
        if term in STANDARD or not self._modular:
            return True
        return any(self._closed.match(iri(term), _DEFINED_BY, None))

    def _groups(self) -> Iterable[Group]:
        grouped: dict[tuple[int, str, str], list[tuple[float, Property]]] = defaultdict(list)
        for path in list(self._outgoing):
            if path in (RDF + "type", *_LABELS, *_OTHER_LABELS) or self._is_source(path):
                continue
            if kept := self._told(path):
                key, place = self._group_of(path, kept)
                grouped[key].append((place, self._property(path, kept)))
        for (_, kind, label), members in sorted(grouped.items()):
            ordered = sorted(members, key=lambda member: (member[0], member[1].label))
            yield Group(kind, label, tuple(member for _, member in ordered))

    def _is_source(self, path: str) -> bool:
        return f"<{path}>" in self._provenance.source_properties

    def _told(self, path: str) -> dict[Term, set[str]]:
        """Return the values of a property that are told.

        Texts are told in the reader's language; what is inferred from what refers to the thing
        is told there.
        """
        values = self._outgoing[path]
        tagged = {term for term in values if term.endswith(f"@{self._names.language}")}
        mirrored = not self._everything and self._inverses(path) & self._referring
        return {
            term: graphs
            for term, graphs in values.items()
            if (self._everything or not tagged or term in tagged or is_iri(term))
            and not (mirrored and graphs == {GRAPH_INFERRED})
        }

    def _inverses(self, path: str) -> set[str]:
        axioms = (
            *self._closed.match(iri(path), _INVERSE, None),
            *self._closed.match(None, _INVERSE, iri(path)),
        )
        return {iri_value(end) for s, _, o in axioms for end in (s, o)} - {path}

    def _group_of(
        self, path: str, values: dict[Term, set[str]]
    ) -> tuple[tuple[int, str, str], float]:
        """Return the key of a property's group and its place in it."""
        language = self._names.language
        places = (
            {column.path: n for n, column in enumerate(self._table.all_columns)}
            if self._table
            else {}
        )
        if self._table and path in places:
            return (0, "record", self._table.label.text(language)), places[path]
        tables = sorted(
            table.label.text(language)
            for name in set().union(*values.values())
            for table in self._statement_tables(name)
        )
        if tables:
            return (1, "statements", tables[0]), 0
        homes = sorted(iri_value(o) for _, _, o in self._closed.match(iri(path), _DEFINED_BY, None))
        if homes:
            return (2, "module", self._provenance.title(homes[0])), 0
        stated = any(graphs != {GRAPH_INFERRED} for graphs in values.values())
        if stated and path.startswith((RDF, RDFS, OWL, SKOS, DCT)):
            return (-1, "term", ABOUT.text(language)), list(STANDARD).index(
                path
            ) if path in STANDARD else 99
        if not self._modular:
            return (2, "module", MORE.text(language)), 0
        return (3, "vocabulary", VOCABULARY.text(language)), 0

    def _statement_tables(self, graph: str) -> list[Table]:
        table = self._provenance.schema.tables.get(graph.removeprefix(GRAPH_DATA))
        return [table] if table and table.reified and table is not self._table else []

    def _property(self, path: str, values: dict[Term, set[str]]) -> Property:
        found = sorted(
            (self._value(path, term) for term in values),
            key=lambda value: (value.inferred, value.text, value.term),
        )
        shown = found if self._everything else found[:SOME]
        column = (
            next((c for c in self._table.all_columns if c.path == path), None)
            if self._table
            else None
        )
        label = column.heading.text(self._names.language) if column else self._names(path)
        return Property(
            path, label, tuple(self._with_statements(path, value) for value in shown), len(found)
        )

    def _value(self, path: str, term: Term) -> Value:
        inferred = self._outgoing[path][term] == {GRAPH_INFERRED}
        named = is_iri(term) and not is_anonymous(term)
        text = self._titles(iri_value(term)) if named else self._words.term(term)
        if term in _TRUTH:
            text = _TRUTH[term].text(self._names.language)
        if is_anonymous(term):
            text = self._words.value(f"<{path}>", term)
        return Value(term, text, short_id(iri_value(term)) if named else "", inferred)

    def _with_statements(self, path: str, value: Value) -> Value:
        graphs = self._outgoing[path][value.term]
        if not any(self._statement_tables(graph) for graph in graphs):
            return value
        statements = self._provenance.statements((self._term, f"<{path}>", value.term))
        return replace(value, statements=tuple(s for s in statements if s.iri != self._thing))

    def _incoming(self) -> Iterable[Links]:
        found: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
        for quad in self._store.quads_for_pattern(None, None, ox.NamedNode(self._thing), None):
            subject, path = term_of(quad.subject), quad.predicate.value
            if path in _HOUSEKEEPING or is_anonymous(subject):
                continue
            inferred = quad.graph_name.value == GRAPH_INFERRED  # type: ignore[union-attr]
            things = found[path, self._kind(iri_value(subject))]
            things[iri_value(subject)] = inferred and things.get(iri_value(subject), True)
        self._referring = {path for (path, _), things in found.items() if not all(things.values())}
        links = [
            self._links(path, kind, things)
            for (path, kind), things in found.items()
            if self._everything or path in self._referring or self._adds(path)
        ]
        return sorted(links, key=lambda link: (-link.count, link.label, link.kind))

    def _adds(self, path: str) -> bool:
        """Tell whether inferred links say what the properties of the thing do not say."""
        return self._declared(path) and not self._inverses(path) & self._outgoing.keys()

    def _links(self, path: str, kind: str, things: dict[str, bool]) -> Links:
        order = sorted(things, key=lambda thing: (things[thing], thing))
        shown = order if self._everything else order[:FEW]
        self._names.learn(shown)
        label = STANDARD[path].text(self._names.language) if path in STANDARD else self._names(path)
        examples = [Value(iri(t), self._titles(t), short_id(t), things[t]) for t in shown]
        return Links(path, label, kind, len(things), tuple(examples))

    def _kind(self, thing: str) -> str:
        table = self._provenance.table_of(thing)
        if table:
            return table.label.text(self._names.language)
        kinds = sorted(
            self._names(iri_value(kind))
            for _, _, kind in self._closed.match(iri(thing), RDF_TYPE, None)
            if self._closed.asserted((iri(thing), RDF_TYPE, kind))
        )
        return kinds[0] if kinds else local_name(thing)
