"""Who says so: from an asserted triple to the records that state it and to their sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from zsgraph.discovery.naming import Names
from zsgraph.discovery.wording import is_anonymous
from zsgraph.knowledge import Knowledge
from zsgraph.labels import local_name
from zsgraph.namespaces import (
    DCT,
    GRAPH_DATA,
    GRAPH_ONTOLOGY,
    GRAPH_SCHEMES,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    XSD,
)
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.reasoning.specification import AXIOM_PROPERTIES
from zsgraph.records import row_of
from zsgraph.schema import Schema, Table, load_schema
from zsgraph.terms import Term, Triple, iri, iri_value, is_iri, literal_parts

_SUB_CLASS: Final = f"<{RDFS}subClassOf>"
_SUB_PROPERTY: Final = f"<{RDFS}subPropertyOf>"
_DEFINED_BY: Final = f"<{RDFS}isDefinedBy>"
_IN_SCHEME: Final = f"<{SKOS}inScheme>"
_STATEMENT: Final = (f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>")
#: Standard properties from a record to what it rests on; those below them count too.
_SOURCE_PROPERTIES: Final = (f"<{PREFIXES['prov']}wasDerivedFrom>", f"<{DCT}source>")
_TEXTS: Final = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "note")


@dataclass(frozen=True, slots=True)
class Source:
    """What a record rests on.

    Attributes
    ----------
    id
        Id of the source's record; empty if the source is only named in words.
    iri
        Its IRI; empty if it is only named in words.
    label
        Its title, or the words; empty if it has no title.
    details
        Heading and value of what is known of it, such as who published it.
    addresses
        Where it can be read.
    """

    id: str
    iri: str
    label: str
    details: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A record, term or concept that states a triple.

    Attributes
    ----------
    iri, id
        The record, or the term or concept.
    place
        Name of the table, else IRI of the ontology module or concept scheme.
    place_label
        What the table, module or scheme is called.
    row
        Spreadsheet row of the record, if it is known; the header is row 1.
    sources
        What it rests on.
    """

    iri: str
    id: str
    place: str
    place_label: str
    row: int | None
    sources: tuple[Source, ...]


class Provenance:
    """Finds records and sources.

    Parameters
    ----------
    graph
        The graph.
    knowledge
        The shapes, which describe the tables, and the record files, for the rows.
    names
        What things are called.
    schema
        The tables, if the shapes have been read already.
    """

    def __init__(
        self,
        graph: ClosedGraph,
        knowledge: Knowledge,
        names: Names,
        schema: Schema | None = None,
    ) -> None:
        self._schema = schema
        self._graph = graph
        self._knowledge = knowledge
        self._names = names
        self.source = cache(self._source)
        self._row = cache(row_of)

    @cached_property
    def schema(self) -> Schema:
        """The tables."""
        return self._schema or load_schema(self._knowledge.shapes)

    @cached_property
    def source_properties(self) -> tuple[Term, ...]:
        """The properties that lead from a record to its sources."""
        found = dict.fromkeys(_SOURCE_PROPERTIES)
        for upper in _SOURCE_PROPERTIES:
            found.update(
                dict.fromkeys(
                    sorted(s for s, _, _ in self._graph.match(None, _SUB_PROPERTY, upper))
                )
            )
        return tuple(found)

    def table_of(self, thing: str) -> Table | None:
        """Return the table that a record stands in, None if the thing is no record."""
        base = thing.rpartition("/")[0] + "/"
        return next((t for t in self.schema.tables.values() if t.base == base), None)

    def is_record_class(self, cls: str) -> bool:
        """Tell whether there is a table of a class."""
        return any(table.target == cls for table in self.schema.tables.values())

    def is_source(self, cls: str) -> bool:
        """Tell whether records rest on the things of a class, which rest on nothing further."""
        return any(table.target == cls and self._is_ultimate(table)
                   for table in self.schema.tables.values())  # fmt: skip

    def _is_ultimate(self, table: Table) -> bool:
        if any(f"<{column.path}>" in self.source_properties for column in table.columns):
            return False
        return any(
            column.reference == table.target and f"<{column.path}>" in self.source_properties
            for other in self.schema.tables.values()
            for column in other.columns
        )

    def statements(self, triple: Triple) -> list[Statement]:
        """Return all that states an asserted triple."""
        found: list[Statement] = []
        for name in self._graph.graphs_of(triple):
            if name.startswith(GRAPH_DATA):
                table = self.schema.tables.get(name.removeprefix(GRAPH_DATA))
                records = self._records(triple, table) if table else []
                found += [self.record(record, table) for record in records if table]
            elif name in (GRAPH_ONTOLOGY, GRAPH_SCHEMES):
                found.append(self._of_term(self._owner(triple)))
        return found

    def sources_of(self, thing: Term) -> tuple[Source, ...]:
        """Return what a record, term or concept rests on."""
        values = {
            value
            for predicate in self.source_properties
            for _, _, value in self._graph.match(thing, predicate, None)
        }
        return tuple(self.source(value) for value in sorted(values))

    def _records(self, triple: Triple, table: Table) -> list[Term]:
        subject, predicate, obj = triple
        if iri_value(subject).startswith(table.base):
            return [subject]
        about, relation, other = _STATEMENT
        return sorted(
            record
            for record, _, _ in self._graph.match(None, about, subject)
            if iri_value(record).startswith(table.base)
            and any(self._graph.match(record, relation, predicate))
            and any(self._graph.match(record, other, obj))
        )

    def record(self, record: Term, table: Table) -> Statement:
        """Return where a record of a table stands and what it rests on."""
        thing = iri_value(record)
        identifier = thing.removeprefix(table.base)
        return Statement(
            iri=thing,
            id=identifier,
            place=table.name,
            place_label=table.label.text(self._names.language),
            row=self._row(table, self._knowledge.data, identifier),
            sources=self.sources_of(record),
        )

    def _owner(self, triple: Triple) -> Term:
        """Return the term that a triple is about; class expressions are part of some term."""
        subject, _, obj = triple
        seen: set[Term] = set()
        while is_anonymous(subject) and subject not in seen:
            if not is_anonymous(obj) and is_iri(obj) and triple[1] == _SUB_CLASS:
                return obj
            seen.add(subject)
            uses = [
                t for p in sorted(AXIOM_PROPERTIES) for t in self._graph.match(None, p, subject)
            ]
            uses += list(self._graph.match(subject, _SUB_CLASS, None))
            stated = [use for use in uses if self._graph.asserted(use)]
            named = [end for s, _, o in stated for end in (s, o) if not is_anonymous(end)]
            subject = min(named or [s for s, _, _ in stated if s not in seen], default=subject)
        return subject

    def _of_term(self, term: Term) -> Statement:
        thing = iri_value(term)
        homes = [
            *self._graph.match(term, _DEFINED_BY, None),
            *self._graph.match(term, _IN_SCHEME, None),
        ]
        home = min((iri_value(o) for _, _, o in homes if is_iri(o)), default="")
        label = self.title(home) if home else ""
        return Statement(thing, local_name(thing), home, label, None, self.sources_of(term))

    def title(self, thing: str) -> str:
        """Return the title of an ontology module or concept scheme."""
        titles = [
            literal_parts(o) for _, _, o in self._graph.match(iri(thing), f"<{DCT}title>", None)
        ]
        texts = {language: text for text, _, language in titles}
        return texts.get(self._names.language) or texts.get("zh") or self._names(thing)

    def _source(self, value: Term) -> Source:
        if not is_iri(value):
            return Source("", "", literal_parts(value)[0])
        thing = iri_value(value)
        table = self.table_of(thing)
        if table is None:
            return Source("", thing, self._names.label(thing), (), (thing,))
        label = self._names.label(thing)
        details, addresses = [], []
        for column in table.columns if self._is_ultimate(table) else ():
            for text in self._texts(value, f"<{column.path}>"):
                if XSD + "anyURI" in column.datatypes:
                    addresses.append(text)
                elif column.path not in _TEXTS:
                    details.append((column.heading.text(self._names.language), text))
        return Source(local_name(thing), thing, label, tuple(details), tuple(addresses))

    def _texts(self, thing: Term, predicate: Term) -> Iterator[str]:
        for _, _, value in self._graph.match(thing, predicate, None):
            yield self._names(iri_value(value)) if is_iri(value) else literal_parts(value)[0]
