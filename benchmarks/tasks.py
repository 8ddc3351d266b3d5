"""The pieces of work that are measured, each in a process of its own.

    python -m benchmarks.tasks closure /path/to/records

prints one line of JSON: seconds of wall and CPU time of the work itself, how many things came out
of it, and a digest of them, so that answers are compared before times are.
"""

import csv
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.measure import peak_memory
from zsgraph.build import Silence, build
from zsgraph.convert import converter
from zsgraph.knowledge import Knowledge, locate
from zsgraph.pipeline import Graphs, run
from zsgraph.reasoning.closure import Closure, close
from zsgraph.records import index_tables, read_table
from zsgraph.resolve import Resolver
from zsgraph.store import load, new_store
from zsgraph.terms import RDF_TYPE, Triple
from zsgraph.validation import shacl

Clock = Callable[[], None]
#: What a task returns: how many things came out, and the things themselves or nothing.
Outcome = tuple[int, Iterable[str]]


def read(knowledge: Knowledge, start: Clock) -> Outcome:
    """Records read, every cell checked."""
    schema, resolver = _prepared(knowledge)
    start()
    index_tables(schema, knowledge.data, resolver)
    count = 0
    for table in schema.tables.values():
        for _ in read_table(table, knowledge.data, resolver, _refuse):
            count += 1
    return count, ()


def convert(knowledge: Knowledge, start: Clock) -> Outcome:
    """Records read, checked and turned into N-Triples lines, which are thrown away."""
    schema, resolver = _prepared(knowledge)
    start()
    index_tables(schema, knowledge.data, resolver)
    count = 0
    for table in schema.tables.values():
        triples = converter(table)
        for record in read_table(table, knowledge.data, resolver, _refuse):
            lines = [f"{s} {p} {o} .\n" for s, p, o in triples(record)]
            count += len(lines)
    return count, ()


def convert_rdflib(knowledge: Knowledge, start: Clock) -> Outcome:
    """Rows put into an rdflib graph cell by cell, unchecked: a triple for each value."""
    from rdflib import Graph, Literal, URIRef

    from zsgraph.schema import load_schema

    schema = load_schema(knowledge.shapes)
    start()
    graph = Graph()
    for table in schema.tables.values():
        columns = {column.name: column for column in table.columns}
        kind = URIRef(table.target)
        with (knowledge.data / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                subject = URIRef(table.base + row["id"])
                graph.add((subject, URIRef(RDF_TYPE[1:-1]), kind))
                for name, cell in row.items():
                    column = columns.get(name)
                    if column is None or not cell:
                        continue
                    predicate = URIRef(column.path)
                    for value in cell.split(";") if column.multiple else [cell]:
                        term = Literal(value) if column.datatypes else URIRef(table.base + value)
                        graph.add((subject, predicate, term))
    return len(graph), ()


def closure(knowledge: Knowledge, start: Clock) -> Outcome:
    """What follows by OWL 2 RL, by our engine."""
    return _closure(knowledge, start, close)


def closure_owlrl(knowledge: Knowledge, start: Clock) -> Outcome:
    """The same by owlrl, without what is documented as noise."""
    from zsgraph.reasoning import owlrl_reference

    return _closure(knowledge, start, owlrl_reference.close)


def validation(knowledge: Knowledge, start: Clock) -> Outcome:
    """All shapes over all records, by our engine."""
    return _validation(knowledge, start, shacl.by_sets)


def validation_pyshifty(knowledge: Knowledge, start: Clock) -> Outcome:
    """The same by pyshifty."""
    return _validation(knowledge, start, shacl.compiled)


def validation_pyshacl(knowledge: Knowledge, start: Clock) -> Outcome:
    """The same by pyshacl."""
    return _validation(knowledge, start, shacl.reference)


def loading(knowledge: Knowledge, start: Clock) -> Outcome:
    """All named graphs into a store on disk, from memory."""
    graphs = run(knowledge, close, lambda shapes, triples: (), Silence())
    with tempfile.TemporaryDirectory() as folder:
        start()
        store = new_store(Path(folder) / "graph")
        load(store, graphs.named())
        return len(store), ()


def loading_alone(knowledge: Knowledge, start: Clock) -> Outcome:
    """The finished N-Quads file into a store on disk, by pyoxigraph alone."""
    import pyoxigraph as ox

    graphs = run(knowledge, close, lambda shapes, triples: (), Silence())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        with path.open("w", encoding="utf-8") as stream:
            for name, triples in graphs.named():
                stream.writelines(f"{s} {p} {o} <{name}> .\n" for s, p, o in triples)
        del graphs
        start()
        store = ox.Store(str(Path(folder) / "store"))
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        return len(store), ()


def whole_build(knowledge: Knowledge, start: Clock) -> Outcome:
    """Everything: read, closed, validated, stored, verified, indexed, made current."""
    with tempfile.TemporaryDirectory() as folder:
        start()
        summary = build(knowledge, Path(folder))
        assert summary.published
        return sum(summary.rows.values()), ()


def _prepared(knowledge: Knowledge):  # type: ignore[no-untyped-def]
    from zsgraph.ontology import load_ontology, load_schemes, vocabulary
    from zsgraph.schema import load_schema

    words = vocabulary([*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)])
    return load_schema(knowledge.shapes), Resolver(words)


def _refuse(finding: object) -> None:
    raise AssertionError(finding)


def _asserted(knowledge: Knowledge) -> list[Triple]:
    kept: list[Triple] = []

    def keep(triples: list[Triple]) -> Closure:
        kept.extend(triples)
        return Closure([], [])

    run(knowledge, keep, lambda shapes, triples: (), Silence())
    return kept


def _closure(
    knowledge: Knowledge, start: Clock, engine: Callable[[list[Triple]], Closure]
) -> Outcome:
    asserted = _asserted(knowledge)
    start()
    found = engine(asserted)
    return len(found.inferred), map(" ".join, found.inferred)


def _validation(knowledge: Knowledge, start: Clock, engine: shacl.Engine) -> Outcome:
    graphs = run(knowledge, close, lambda shapes, triples: (), Silence())
    triples = list(_told(graphs))
    start()
    results = shacl.validate(knowledge.shapes, triples, engine)
    return len(results), map(str, results)


def _told(graphs: Graphs) -> Iterable[Triple]:
    for triples in graphs.asserted.values():
        yield from triples
    yield from (triple for triple in graphs.inferred if triple[1] == RDF_TYPE)


def main() -> None:
    """Do one task and print its measurements."""
    name, folder = sys.argv[1:]
    begun: list[tuple[float, float]] = []

    def start() -> None:
        begun.append((time.perf_counter(), time.process_time()))

    count, things = globals()[name](Knowledge(locate().root, Path(folder)), start)
    wall, cpu = time.perf_counter() - begun[-1][0], time.process_time() - begun[-1][1]
    digest = hashlib.sha256("\n".join(things).encode()).hexdigest()[:16]
    told = {"wall": wall, "cpu": cpu, "count": count, "digest": digest, "peak": peak_memory()}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
