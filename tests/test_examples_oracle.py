"""Another SHACL engine judges the bad examples, merged with the whole graph, as we do.

That we tell what ``expected.csv`` says is in :mod:`tests.test_examples`; here pyshacl says the same
of rows that our reader never saw.
"""

import logging
import warnings
from collections import defaultdict
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.term import Node

from tests.examples import FOLDER, examples, expectations
from tests.raw_rows import RawRows
from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import SH
from zsgraph.pipeline import Graphs, run
from zsgraph.reasoning.closure import close
from zsgraph.schema import ID_COLUMN, Schema, Table
from zsgraph.terms import RDF_TYPE

S = Namespace(SH)


@pytest.fixture(scope="module")
def graphs(knowledge: Knowledge) -> Graphs:
    return run(knowledge, close, lambda shapes, data: b"", Silence())


def table_of(path: Path, kind: str | None, schema: Schema) -> Table:
    """Return the kind of the records of a file: as told, by its name, or by its headings."""
    for name in (kind, path.stem):
        if name in schema.tables:
            return schema.tables[name]
    headings = set(path.read_text(encoding="utf-8").partition("\n")[0].split(","))
    fitting = [
        table
        for table in schema.tables.values()
        if headings <= {ID_COLUMN, *(column.name for column in table.columns)}
        and {column.name for column in table.columns if column.required} <= headings
    ]
    (table,) = fitting
    return table


def judged(data: Graph, shapes: Graph) -> dict[Node, set[tuple[str, str]]]:
    """Return the shapes and constraints that each focus node breaks, by pyshacl."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    broken = defaultdict(set)
    for result in report.subjects(RDF.type, S.ValidationResult):
        focus, shape = report.value(result, S.focusNode), report.value(result, S.sourceShape)
        component = str(report.value(result, S.sourceConstraintComponent)).rpartition("#")[2]
        name = component.removesuffix("ConstraintComponent")
        assert focus is not None
        broken[focus].add((str(shape), name[0].lower() + name[1:]))
    return broken


@pytest.mark.slow
def test_another_engine_finds_the_same(knowledge: Knowledge, graphs: Graphs) -> None:
    stated = [t for triples in graphs.asserted.values() for t in triples]
    stated += [triple for triple in graphs.inferred if triple[1] == RDF_TYPE]
    data = Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in stated), format="nt")
    bad = [
        (path, table_of(path, example.kind(graphs.schema), graphs.schema))
        for example in examples()
        if not example.good
        for path in example.files
    ]
    rows = RawRows(data)
    for path, table in bad:
        rows.register(path, table)
    subjects: dict[Node, tuple[str, int, Table]] = {}
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it prints each ill-typed literal
    with warnings.catch_warnings(action="ignore"):
        for path, table in bad:
            for row, subject, facts in rows.triples(path, table):
                assert subject not in subjects, f"{subject} is in two files"
                subjects[subject] = (path.relative_to(FOLDER).as_posix(), row, table)
                for fact in facts:
                    data.add(fact)
        shapes = Graph()
        for path in sorted(knowledge.shapes.glob("*.ttl")):
            shapes.parse(path)
        broken = judged(data, shapes)
    found = {
        (file, row, rule): {name for shape, name in broken[subject] if shape == rule}
        for subject, (file, row, table) in subjects.items()
        for rule, _ in broken.get(subject, ())
        if not (rule == table.shape and table.id_column)  # told of the column of the id
    }
    expected = {(e.file, e.row, e.rule): e.constraint for e in expectations() if e.constraint}
    assert found.keys() == expected.keys()
    # A cell that is no number also lies in no range: one constraint stands for the fault.
    assert [place for place, constraint in expected.items() if constraint not in found[place]] == []
