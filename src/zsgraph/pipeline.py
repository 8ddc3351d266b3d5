"""From records to a checked set of triples: read, convert, close, validate.

Nothing is written here; :mod:`zsgraph.build` stores what comes out.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from zsgraph.convert import converter
from zsgraph.declared import check_targets
from zsgraph.findings import Finding, Message, Severity
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import (
    GRAPH_DATA,
    GRAPH_DESCRIPTION,
    GRAPH_INFERRED,
    GRAPH_ONTOLOGY,
    GRAPH_REDIRECTS,
    GRAPH_SCHEMES,
)
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.reasoning.closure import Closure
from zsgraph.records import index_tables, path_of, read_table
from zsgraph.redirects import check_redirects, read_redirects, triples_of
from zsgraph.resolve import Resolver
from zsgraph.schema import Schema, load_schema
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri
from zsgraph.validation import shacl
from zsgraph.validation.findings import Places

READ = Message("读取并核对记录", "Reading and checking records")
CLOSE = Message("推理", "Reasoning")
VALIDATE = Message("校验", "Validating")


class Progress(Protocol):
    """Is told how the work goes on."""

    def start(self, stage: Message, length: int) -> None:
        """A stage of ``length`` steps begins."""

    def step(self) -> None:
        """A step of the stage is done."""

    def finish(self, seconds: float) -> None:
        """The stage is done."""


@dataclass(slots=True)
class Graphs:
    """The triples of each named graph, and what is known of them.

    Attributes
    ----------
    asserted
        By graph IRI the triples of the ontology, the schemes and each table.
    inferred
        The triples that follow.
    description
        The triples that describe the graph itself.
    rows
        Records by table.
    findings
        What is wrong.
    seconds
        Seconds by stage.
    """

    schema: Schema
    places: Places
    asserted: dict[str, list[Triple]] = field(default_factory=dict)
    inferred: list[Triple] = field(default_factory=list)
    description: list[Triple] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[Message, float] = field(default_factory=dict)

    def failed(self) -> bool:
        """Tell whether there is an error among the findings."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def named(self) -> Iterator[tuple[str, list[Triple]]]:
        """Return all named graphs."""
        yield from self.asserted.items()
        yield GRAPH_INFERRED, self.inferred
        if self.description:
            yield GRAPH_DESCRIPTION, self.description


Reasoner = Callable[[list[Triple]], Closure]


def run(
    knowledge: Knowledge, reasoner: Reasoner, engine: shacl.Engine, progress: Progress
) -> Graphs:
    """Read, convert, close and validate.

    Stops after the stage that finds errors, since what follows would only repeat them.

    Raises
    ------
    KnowledgeError
        If a file of the ontology, the shapes or the records cannot be used.
    """
    schema = load_schema(knowledge.shapes)
    graphs = Graphs(schema, Places(schema))
    resolver = _vocabulary(knowledge, schema, graphs)
    with stage(graphs, progress, READ, len(schema.tables)):
        _read(knowledge, graphs, resolver, progress)
    if graphs.failed():
        return graphs
    with stage(graphs, progress, CLOSE, 1):
        closure = reasoner([t for triples in graphs.asserted.values() for t in triples])
        graphs.inferred = closure.inferred

        def name(term: Term) -> str:
            return resolver.name(iri_value(term)) if is_iri(term) else term

        graphs.findings += [graphs.places.clash(clash, name) for clash in closure.clashes]
    if graphs.failed():
        return graphs
    with stage(graphs, progress, VALIDATE, 1):
        results = shacl.validate(knowledge.shapes, _validated(graphs), engine)
        graphs.findings += [graphs.places.shacl(result) for result in results]
    return graphs


@contextmanager
def stage(graphs: Graphs, progress: Progress, name: Message, length: int) -> Iterator[None]:
    """Time a stage and tell the progress of it."""
    progress.start(name, length)
    begin = time.perf_counter()
    yield
    graphs.seconds[name] = time.perf_counter() - begin
    progress.finish(graphs.seconds[name])


def _vocabulary(knowledge: Knowledge, schema: Schema, graphs: Graphs) -> Resolver:
    ontology = load_ontology(knowledge.ontology)
    schemes = load_schemes(knowledge.ontology)
    graphs.asserted[GRAPH_ONTOLOGY] = ontology
    graphs.asserted[GRAPH_SCHEMES] = schemes
    words = vocabulary([*ontology, *schemes])
    check_targets(schema, words.classes, words.types)
    resolver = Resolver(words)
    index_tables(schema, knowledge.data, resolver)
    return resolver


def _read(knowledge: Knowledge, graphs: Graphs, resolver: Resolver, progress: Progress) -> None:
    redirects = read_redirects(knowledge.data, graphs.schema, graphs.findings.append)
    graphs.findings += check_redirects(redirects, resolver)
    for one in redirects:
        resolver.replace(one.old, one.new)
    for table in graphs.schema.tables.values():
        triples: list[Triple] = []
        convert = converter(table)
        file = path_of(table, knowledge.data).name
        count = 0
        for record in read_table(table, knowledge.data, resolver, graphs.findings.append):
            count += 1
            graphs.places.add(iri_value(record.subject), file, record.row)
            triples.extend(convert(record))
        graphs.rows[table.name] = count
        graphs.asserted[GRAPH_DATA + table.name] = triples
        progress.step()
    if redirects:
        graphs.asserted[GRAPH_REDIRECTS] = triples_of(redirects)


def _validated(graphs: Graphs) -> Iterator[Triple]:
    """Return what the shapes speak of: what records state, and the classes that follow.

    Other inferred triples are left out, since a property that is carried up a hierarchy has more
    values in the closure than a record may state.
    """
    for triples in graphs.asserted.values():
        yield from triples
    for triple in graphs.inferred:
        if triple[1] == RDF_TYPE:
            yield triple
