"""What is wrong with new records as a whole, together with what they touch in a built graph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from zsgraph.convert import converter
from zsgraph.findings import Finding, Message
from zsgraph.graph_resolver import GraphResolver
from zsgraph.knowledge import Knowledge
from zsgraph.labels import local_name
from zsgraph.namespaces import GRAPH_DATA, GRAPH_INFERRED, RDF
from zsgraph.nodes import node_of
from zsgraph.ontology import load_ontology
from zsgraph.reasoning.closure import Closure
from zsgraph.reasoning.increment import close_increment
from zsgraph.records import Record
from zsgraph.schema import Schema, Table
from zsgraph.store import open_store
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri
from zsgraph.turtle import read_turtle
from zsgraph.validation.core.compiler import compile_shapes, predicates_of
from zsgraph.validation.core.data import Data
from zsgraph.validation.findings import Places
from zsgraph.validation.graph_view import GraphView
from zsgraph.validation.likeness import FOLDER as LIKENESS
from zsgraph.validation.likeness import LikenessRule, pairs
from zsgraph.validation.neighbourhood import Neighbourhood, NewTriples
from zsgraph.validation.query_cache import VERIFY, QueryCache
from zsgraph.validation.results import Result
from zsgraph.validation.verify import Row, VerifyQuery

_COMPARE: Final = Message(
    "请比较两者：同一个就不要再加，不同则保留。",
    "Compare the two: leave it out if it is the same, keep it if not.",
)
_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))


@dataclass(slots=True)
class NewFacts:
    """New records as triples, and what they replace.

    Attributes
    ----------
    asserted
        By table the triples of its new records.
    subjects
        The records, with the table of each.
    replaced
        Those of them that the graph has in another form.
    restored
        What other records state of the replaced ones, with the graph of each; it holds still, but
        what follows from it has to be found anew.
    pending
        Records with faulty cells, which are told already, and the class of each: what refers to
        them is not at fault, and what would follow from them is not known yet.
    """

    asserted: dict[str, list[Triple]] = field(default_factory=dict)
    subjects: dict[Term, Table] = field(default_factory=dict)
    replaced: set[Term] = field(default_factory=set)
    restored: dict[Triple, str] = field(default_factory=dict)
    pending: dict[Term, Term] = field(default_factory=dict)

    def add(self, table: Table, record: Record, *, known: bool) -> None:
        """Add a record; ``known`` tells whether the graph has one of its id."""
        self.asserted.setdefault(table.name, []).extend(converter(table)(record))
        self.subjects[record.subject] = table
        if known:
            self.replaced.add(record.subject)

    def open_ends(self) -> set[Term]:
        """Return the records with faulty cells, and those that refer to them."""
        triples = (t for found in self.asserted.values() for t in found)
        return self.pending.keys() | {s for s, _, o in triples if o in self.pending}


class NewFactsCheck:
    """Checks new records against a built graph.

    Parameters
    ----------
    knowledge
        Ontology, shapes and queries.
    schema
        The tables.
    folder
        Folder of the built graph.
    resolver
        Knows the names of all records.
    places
        Knows where each new record stands.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        schema: Schema,
        folder: Path,
        resolver: GraphResolver,
        places: Places,
    ) -> None:
        self._knowledge = knowledge
        self._schema = schema
        self._folder = folder
        self._store = open_store(folder)
        self._resolver = resolver
        self._places = places

    def findings(self, facts: NewFacts) -> Iterator[Finding]:
        """Yield contradictions, broken shapes, and what verify queries find."""
        view = GraphView(self._store)
        _hide_replaced(view, facts)
        asserted = [t for triples in facts.asserted.values() for t in triples]
        pending = [(s, RDF_TYPE, cls) for s, cls in facts.pending.items()]
        stated = dict.fromkeys([*asserted, *facts.restored, *pending])
        new = [t for t in stated if not view.holds(t)]
        closure = close_increment(load_ontology(self._knowledge.ontology), view, new)
        yield from (self._places.clash(clash, self._name) for clash in closure.clashes)
        yield from self._shapes(facts, view, closure)
        yield from self._verify(facts, view, closure, new)

    def _name(self, term: Term) -> str:
        return self._resolver.name(iri_value(term)) if is_iri(term) else term

    def _shapes(self, facts: NewFacts, view: GraphView, closure: Closure) -> Iterator[Finding]:
        asserted = [t for triples in facts.asserted.values() for t in triples]
        touched = {s for s, _, _ in asserted} - facts.subjects.keys()
        old = [t for subject in touched for t in view.asserted(subject)]
        typed = [t for t in closure.inferred if t[1] == RDF_TYPE]
        tables = {table.name: table for table in facts.subjects.values()}
        tables |= {t.name: t for subject in touched for t in self._tables_of(view, subject)}
        files = sorted({table.file for table in tables.values()})
        shapes = compile_shapes(triple for file in files for triple in read_turtle(file))
        named = {o for _, _, o in (*asserted, *old) if is_iri(o)} | touched
        types = [t for term in named for t in view.types(term)]
        types += [(s, RDF_TYPE, cls) for s, cls in facts.pending.items()]
        focuses = facts.subjects.keys() | touched

        def results(triples: Iterable[Triple]) -> set[Result]:
            data = Data(triples, predicates_of(shapes))
            return {
                result
                for shape in shapes
                for result in shape.results(shape.focus_nodes(data) & focuses, data)
            }

        found = results([*asserted, *old, *typed, *types])
        if any(f"<{result.focus}>" in touched for result in found):
            found -= results([*old, *types])
        yield from map(self._places.shacl, sorted(found))

    def _tables_of(self, view: GraphView, subject: Term) -> list[Table]:
        classes = {iri_value(cls) for cls in view.objects(subject, RDF_TYPE)}
        return [table for table in self._schema.tables.values() if table.target in classes]

    def _verify(
        self, facts: NewFacts, view: GraphView, closure: Closure, new: list[Triple]
    ) -> Iterator[Finding]:
        around = Neighbourhood(view, NewTriples([*new, *closure.inferred]))
        cache = QueryCache(self._folder)
        rules, queries = (
            [
                file
                for path in sorted((self._knowledge.queries / name).glob("*.rq"))
                for file, patterns in [cache.read(path)]
                if around.gather(patterns)
            ]
            for name in (LIKENESS, VERIFY)
        )
        stores = _Stores(view, facts, closure, around)
        told: set[tuple[str, frozenset[str]]] = set()
        open_ends = facts.open_ends()
        for query in map(VerifyQuery, queries):
            rows = query.rows(stores.after)
            if rows:
                before = {_key(row) for row in query.rows(stores.before)}
                rows = [row for row in rows if _key(row) not in before]
                rows = [row for row in rows if open_ends.isdisjoint(_key(row))]
                stores.name(rows)
            told |= {(query.query.name, pair) for row in rows for pair in _pairs(row)}
            yield from query.findings(rows, stores.after, self._places)
        for rule in map(LikenessRule, rules):
            yield from self._alike(rule, facts, stores.after, told)

    def _alike(
        self,
        rule: LikenessRule,
        facts: NewFacts,
        store: ox.Store,
        told: set[tuple[str, frozenset[str]]],
    ) -> Iterator[Finding]:
        new = {iri_value(subject) for subject in facts.subjects}
        hidden = {iri_value(subject) for subject in facts.replaced}
        # A record that was there and only gets a fact more counts as new as well.
        keys = sorted(rule.keys(store), key=lambda key: self._turn(key.iri, new, hidden))
        for record, other in pairs(rule, keys, self._resolver.index, hidden):
            place = self._places.concerning([record, other])
            if place is None or self._was_alike(rule, record, other):
                continue
            if (rule.unless, frozenset((record, other))) in told:
                continue
            column, value = place.cell(rule.paths)
            yield Finding(
                severity=rule.severity,
                rule=f"likeness/{rule.name}",
                message=Message(*(self._filled(rule, record, other, tag) for tag in ("zh", "en"))),
                file=place.file,
                row=place.row,
                column=column,
                value=value,
                advice=_COMPARE,
                focus=record,
                sheet=place.sheet,
            )

    def _was_alike(self, rule: LikenessRule, record: str, other: str) -> bool:
        """Tell whether the graph has two records that were alike before."""
        index = self._resolver.index
        before = index.keys_of(rule.name, record)
        return any(
            rule.alike(text, known)
            for block, text in before
            for known, iri in index.sharing(rule.name, block)
            if iri == other
        )

    def _turn(self, iri: str, new: set[str], hidden: set[str]) -> tuple[int, str, int, str]:
        """Order records so that each is compared with those before it: known ones come first."""
        place = self._places.of(iri)
        turn = 2 if iri not in new else 0 if iri in hidden else 1
        return turn, place.file if place else "", place.row if place else 0, iri

    def _filled(self, rule: LikenessRule, record: str, other: str, language: str) -> str:
        name, place, own = self._resolver.name, self._places.of(other), self._places.of(record)
        known = f"{name(other)} ({local_name(other)})"
        if place is None or self._resolver.class_of(other) is not None:
            known = f"已登记的 {known}" if language == "zh" else f"the registered {known}"
        else:
            file = "" if own and (own.file, own.sheet) == (place.file, place.sheet) else place.file
            zh = f"{f' {file} ' if file else ''}第{place.row}行的 {known}"
            en = f"{known} of row {place.row}{f' in {file}' if file else ''}"
            known = zh if language == "zh" else en
        return rule.message.text(language).format(record=name(record), other=known)


class _Stores:
    """The part of a graph that queries need, as it is and as it would be."""

    def __init__(
        self, view: GraphView, facts: NewFacts, closure: Closure, around: Neighbourhood
    ) -> None:
        self._view = view
        self._old = [
            _quad(triple, graph) for triple in around.found for graph in view.graphs_of(triple)
        ]
        self._new = [
            _quad(triple, graph)
            for graph, triples in (
                *((GRAPH_DATA + name, found) for name, found in facts.asserted.items()),
                (GRAPH_INFERRED, closure.inferred),
            )
            for triple in triples
        ]
        self._new += [_quad(triple, graph) for triple, graph in facts.restored.items()]

    @cached_property
    def before(self) -> ox.Store:
        """The graph as it is."""
        store = ox.Store()
        hidden = (
            _quad(triple, graph) for triple, graphs in self._view.hidden.items() for graph in graphs
        )
        store.extend([*self._old, *hidden])
        return store

    @cached_property
    def after(self) -> ox.Store:
        """The graph with the new records."""
        store = ox.Store()
        store.extend([*self._old, *self._new])
        return store

    def name(self, rows: Iterable[Row]) -> None:
        """Put in the labels of what rows name."""
        for row in rows:
            for value in row.values():
                if isinstance(value, ox.NamedNode):
                    self.after.extend(self._view.labels(f"<{value.value}>"))


def _pairs(row: Row) -> Iterator[frozenset[str]]:
    named = [value.value for value in row.values() if isinstance(value, ox.NamedNode)]
    return map(frozenset, combinations(named, 2))


def _quad(triple: Triple, graph: str) -> ox.Quad:
    s, p, o = map(node_of, triple)
    return ox.Quad(s, p, o, ox.NamedNode(graph))  # type: ignore[arg-type]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(map(str, row.values()))


def _hide_replaced(view: GraphView, facts: NewFacts) -> None:
    """Hide what replaced records state and entail, and set aside what others state of them.

    A record about a triple states that triple as well.
    """
    for subject in facts.replaced:
        found = list(view.quads(subject))
        own: dict[Term, Term] = {p: o for s, _, p, o in found if s == subject}
        for s, graph, p, o in found:
            if s not in facts.replaced and graph != GRAPH_INFERRED:
                facts.restored[s, p, o] = graph
            view.hide((s, p, o), graph)
        if {_SUBJECT, _PREDICATE, _OBJECT} <= own.keys():
            _hide_statement(view, own[_SUBJECT], own[_PREDICATE], own[_OBJECT])


def _hide_statement(view: GraphView, s: Term, p: Term, o: Term) -> None:
    """Hide a triple that a replaced record was about, with what it entails of its two ends."""
    others = [x for x in view.subjects(_SUBJECT, s) if o in view.objects(x, _OBJECT)]
    if any(p in view.objects(x, _PREDICATE) for x in others):
        return  # another record states it too
    for graph in view.graphs_of((s, p, o)):
        view.hide((s, p, o), graph)
    for a, b in ((s, o), (o, s)):
        for subject, graph, predicate, obj in list(view.quads(a)):
            if graph == GRAPH_INFERRED and (subject, obj) == (a, b):
                view.hide((subject, predicate, obj), graph)
