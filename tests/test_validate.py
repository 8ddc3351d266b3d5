"""SHACL validation: each constraint of each shape fires, and both engines say the same."""

from collections import Counter, defaultdict
from dataclasses import replace

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from tests.faults import Fault, Planter, Shapes
from zsgraph.build import Silence
from zsgraph.findings import Finding, Severity
from zsgraph.knowledge import Knowledge, locate
from zsgraph.namespaces import GRAPH_DATA, GRAPH_ONTOLOGY, RDF, SH, XSD
from zsgraph.pipeline import Graphs, run
from zsgraph.reasoning.closure import close
from zsgraph.store import Graph
from zsgraph.terms import RDF_TYPE, Term, Triple
from zsgraph.validation import shacl
from zsgraph.validation.findings import worst
from zsgraph.validation.shacl import ENGINES, Result, validate

SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


@pytest.fixture(scope="module")
def graphs(knowledge: Knowledge) -> Graphs:
    """The triples of the shipped records, not validated."""
    graphs = run(knowledge, close, lambda shapes, data: b"", Silence())
    assert not graphs.failed()
    return graphs


@pytest.fixture(scope="module")
def planted(knowledge: Knowledge, graphs: Graphs) -> list[Fault]:
    """A faulty record for each constraint; each is noted as a row of its own."""
    planter = Planter(Shapes.read(knowledge.shapes), graphs)
    faults = [f for table in graphs.schema.tables.values() for f in planter.faults(table)]
    for row, fault in enumerate(faults, start=2):
        graphs.places.add(fault.focus, f"{fault.table}.csv", row)
    return faults


@pytest.fixture(scope="module")
def data(graphs: Graphs, planted: list[Fault]) -> list[Triple]:
    """The faulty records with the sound ones that they refer to, directly or not."""
    stated: dict[Term, list[Triple]] = defaultdict(list)
    for name in graphs.schema.tables:
        for triple in graphs.asserted[GRAPH_DATA + name]:
            stated[triple[0]].append(triple)
    found = [triple for fault in planted for triple in fault.triples]
    pending = {o for _, p, o in found if p != RDF_TYPE}
    reached: set[Term] = set()
    while pending:
        subject = pending.pop()
        reached.add(subject)
        found += stated[subject]
        pending |= {o for _, p, o in stated[subject] if o in stated} - reached
    types = [t for triples in [*graphs.asserted.values(), graphs.inferred] for t in triples]
    named = {triple[2] for triple in found}
    found += [t for t in types if t[1] == RDF_TYPE and t[0] in named]
    found += [t for t in graphs.asserted[GRAPH_ONTOLOGY] if t[1] == SUBCLASS]
    return found


def with_one_name(result: Result) -> Result:
    """Return a result with the same name for all records without an IRI."""
    focus = "_:" if result.focus.startswith("_:") or ":" not in result.focus else result.focus
    value = focus if result.value == result.focus else result.value
    return replace(result, focus=focus, value=value)


@pytest.fixture(scope="module")
def results(knowledge: Knowledge, data: list[Triple]) -> dict[str, list[Result]]:
    return {
        name: sorted(map(with_one_name, validate(knowledge.shapes, data, engine)))
        for name, engine in ENGINES.items()
    }


def test_there_is_a_fault_for_every_constraint_that_shapes_use(
    knowledge: Knowledge, planted: list[Fault]
) -> None:
    shapes = Shapes.read(knowledge.shapes)
    assert {fault.component for fault in planted} == shapes.constraints()
    assert len(planted) > 300


def test_each_fault_fires_where_it_was_planted(
    results: dict[str, list[Result]], planted: list[Fault]
) -> None:
    fired = {(r.focus, r.shape, r.component) for r in results["default"]}
    missed = [str(f) for f in planted if (f.focus, f.shape, f.component) not in fired]
    assert not missed


def test_nothing_else_fires(results: dict[str, list[Result]], planted: list[Fault]) -> None:
    allowed: dict[str, set[str]] = defaultdict(set)
    for fault in planted:
        allowed[fault.focus] |= fault.also
    strange = [r for r in results["default"] if r.shape not in allowed[r.focus]]
    assert not strange


def test_both_engines_agree(results: dict[str, list[Result]]) -> None:
    default, reference = Counter(results["default"]), Counter(results["pyshacl"])
    assert list((default - reference).elements()) == []
    assert list((reference - default).elements()) == []


def test_both_engines_give_the_same_findings(
    results: dict[str, list[Result]], graphs: Graphs
) -> None:
    findings = {name: [graphs.places.shacl(r) for r in found] for name, found in results.items()}
    assert findings["default"] == findings["pyshacl"]


def test_findings_name_row_and_column_and_speak_both_languages(
    results: dict[str, list[Result]], graphs: Graphs, planted: list[Fault]
) -> None:
    rows = {fault.focus: (fault.table, row) for row, fault in enumerate(planted, start=2)}
    columns = graphs.schema.columns_by_shape()
    tables = {table.shape: table for table in graphs.schema.tables.values()}
    for result in results["default"]:
        finding: Finding = graphs.places.shacl(result)
        table, row = rows[result.focus]
        assert finding.file == f"{table}.csv"
        if result.focus != "_:":
            assert finding.row == row
        assert finding.severity is Severity.ERROR
        assert finding.rule == result.shape
        if result.shape in columns:
            assert finding.column == columns[result.shape][1].name
            assert finding.message == columns[result.shape][1].message
        else:
            assert result.shape in tables
            assert finding.column is None
        assert finding.message.zh.endswith("。")
        assert finding.message.en.endswith(".")
        assert finding.message.zh != finding.message.en


def test_the_shipped_records_break_no_shape(knowledge: Knowledge, graphs: Graphs) -> None:
    triples = [t for part in graphs.asserted.values() for t in part]
    triples += [t for t in graphs.inferred if t[1] == RDF_TYPE]
    assert validate(knowledge.shapes, triples, shacl.compiled) == []


def test_every_shape_has_focus_nodes(graphs: Graphs, graph: Graph) -> None:
    for table in graphs.schema.tables.values():
        answers = graph.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?focus a <{table.target}> }}")
        assert isinstance(answers, ox.QuerySolutions)
        assert int(next(answers)["n"].value) >= graphs.rows[table.name] > 0


def test_the_input_is_left_as_it_is(knowledge: Knowledge) -> None:
    triples: list[Triple] = [("<urn:x-a>", "<urn:x-p>", '"é\\n\\"中"@zh')]
    assert validate(knowledge.shapes, iter(triples), shacl.compiled) == []
    assert triples == [("<urn:x-a>", "<urn:x-p>", '"é\\n\\"中"@zh')]


PREFIXES = f"""
@prefix sh: <{SH}> . @prefix rdf: <{RDF}> . @prefix xsd: <{XSD}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <urn:x-> .
"""
#: Constraints that shapes may come to use: shape, data, focus nodes that break it.
CORE = {
    "class-of-subclass": (
        "sh:property :p . :p sh:path :of ; sh:class :C .",
        ":D rdfs:subClassOf :C . :one a :D . :a a :T ; :of :one . :b a :T ; :of :two .",
        "b",
    ),
    "or-of-datatypes": (
        "sh:property :p . :p sh:path :on ; "
        "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] "
        "[ sh:datatype xsd:gYear ] ) .",
        ':a a :T ; :on "2024-05"^^xsd:gYearMonth . :b a :T ; :on "2024"^^xsd:gYear . '
        ':c a :T ; :on "2024-05-01"^^xsd:date . :d a :T ; :on "2024-02-30"^^xsd:date . '
        ':e a :T ; :on "2024" . :f a :T ; :on "2024"^^xsd:integer .',
        "d e f",
    ),
    "qualified-language": (
        'sh:property :p . :p sh:path :name ; sh:qualifiedValueShape [ sh:languageIn ( "zh" ) ] ; '
        "sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 .",
        ':a a :T ; :name "x"@en , "中"@zh . :b a :T ; :name "x"@en , "y" . '
        ':c a :T ; :name "中"@zh , "文"@zh . :d a :T ; :name "中"@zh-Hans .',
        "b c",
    ),
    "in": (
        'sh:property :p . :p sh:path :is ; sh:in ( :x "y" 1 ) .',
        ':a a :T ; :is :x , "y" , 1 . :b a :T ; :is "x" . :c a :T ; :is "y"@en .',
        "b c",
    ),
    "pattern-of-iri": (
        'sh:nodeKind sh:IRI ; sh:pattern "^urn:x-a[0-9]$" .',
        ":a1 a :T . :a11 a :T . :b a :T .",
        "a11 b",
    ),
    "less-than": (
        "sh:property :p . :p sh:path :from ; sh:lessThan :until .",
        ':a a :T ; :from "2024-01-01"^^xsd:date ; :until "2024-01-02"^^xsd:date . '
        ':b a :T ; :from "2024-01-02"^^xsd:date ; :until "2024-01-02"^^xsd:date . '
        ':c a :T ; :from "2024-01-03"^^xsd:date ; :until "2024-01-02"^^xsd:date . '
        ":d a :T ; :from 9 ; :until 10 .",
        "b c",
    ),
    "less-than-or-equals": (
        "sh:property :p . :p sh:path :from ; sh:lessThanOrEquals :until .",
        ":a a :T ; :from 2 ; :until 2 . :b a :T ; :from 2.5 ; :until 2 .",
        "b",
    ),
    "unique-language": (
        "sh:property :p . :p sh:path :name ; sh:uniqueLang true .",
        ':a a :T ; :name "x"@en , "中"@zh , "y" , "z" . :b a :T ; :name "x"@en , "y"@en .',
        "b",
    ),
    "range-of-dates": (
        'sh:property :p . :p sh:path :on ; sh:minInclusive "2020-01-01"^^xsd:date .',
        ':a a :T ; :on "2020-01-01"^^xsd:date . :b a :T ; :on "2019-12-31"^^xsd:date . '
        ':c a :T ; :on "later" .',
        "b c",
    ),
    "closed": (
        "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property :p . :p sh:path :is .",
        ":a a :T ; :is 1 . :b a :T ; :was 1 .",
        "b",
    ),
    "disjoint-and-equals": (
        "sh:property :p , :q . :p sh:path :l ; sh:disjoint :r . :q sh:path :s ; sh:equals :t .",
        ":a a :T ; :l 1 ; :r 2 ; :s 3 ; :t 3 . :b a :T ; :l 1 ; :r 1 . :c a :T ; :s 1 .",
        "b c",
    ),
    "length-and-inverse-path": (
        "sh:property :p , :q . :p sh:path :name ; sh:minLength 2 ; sh:maxLength 3 . "
        ":q sh:path [ sh:inversePath :of ] ; sh:maxCount 1 .",
        ':a a :T ; :name "中试" . :b a :T ; :name "中" . :c a :T ; :name "平台平台" . '
        ":x :of :d . :y :of :d . :d a :T .",
        "b c d",
    ),
    "not-and-xone": (
        "sh:not [ sh:property [ sh:path :bad ; sh:minCount 1 ] ] ; "
        "sh:xone ( [ sh:property [ sh:path :l ; sh:minCount 1 ] ] "
        "[ sh:property [ sh:path :r ; sh:minCount 1 ] ] ) .",
        ":a a :T ; :l 1 . :b a :T ; :l 1 ; :bad 1 . :c a :T ; :l 1 ; :r 1 . :d a :T .",
        "b c d",
    ),
    "severity": (
        "sh:property :p . :p sh:path :is ; sh:minCount 1 ; sh:severity sh:Warning .",
        ":a a :T ; :is 1 . :b a :T .",
        "b",
    ),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CORE)
def test_engines_know_the_constraints_that_shapes_may_use(
    name: str, engine: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shape, facts, broken = CORE[name]
    folder = tmp_path_factory.mktemp("shapes")
    text = f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :T ; {shape}"
    (folder / "shape.ttl").write_text(text, encoding="utf-8")
    quads = ox.parse(input=PREFIXES + facts, format=ox.RdfFormat.TURTLE)
    triples = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads]
    found = validate(folder, triples, ENGINES[engine])
    assert {result.focus for result in found} == {f"urn:x-{focus}" for focus in broken.split()}
    assert all(result.shape.startswith("urn:x-") for result in found)
    if name == "severity":
        assert [result.severity for result in found] == [SH + "Warning"]


def test_only_an_error_is_the_worst(graphs: Graphs) -> None:
    result = Result("urn:x-a", "urn:x-S", SH + "MinCountConstraintComponent")
    found = [
        graphs.places.shacl(replace(result, severity=SH + name))
        for name in ("Info", "Warning", "Violation")
    ]
    assert [f.severity for f in found] == [Severity.INFO, Severity.WARNING, Severity.ERROR]
    assert worst(found) is Severity.ERROR
    assert worst(found[:2]) is Severity.WARNING
    assert worst([]) is None


def test_a_toy_knowledge_validates_by_both_engines() -> None:
    toy = locate(PROJECT / "tests" / "toy")
    for engine in ENGINES.values():
        assert run(toy, close, engine, Silence()).findings == []
