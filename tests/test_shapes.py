"""The shipped shapes fit the shipped records, and stay within what the project promises of them."""

import csv
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.cells import to_literal
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import RDF, REC, SH, SKOS, XSD, ZS, ZSH
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.records import index_tables
from zsgraph.resolve import Resolver
from zsgraph.schema import Schema, Table, load_schema
from zsgraph.terms import RDF_TYPE, Triple, literal
from zsgraph.validation.findings import Places
from zsgraph.validation.shacl import ENGINES, validate

SCHEMA: Schema = load_schema(PROJECT / "shapes")
TABLES = sorted(SCHEMA.tables)

#: What SHACL Core offers of constraints, as far as shapes here use it.
CORE = {
    *("class", "datatype", "nodeKind", "minCount", "maxCount", "minInclusive", "maxInclusive"),
    *(
        "pattern",
        "maxLength",
        "languageIn",
        "qualifiedValueShape",
        "qualifiedMinCount",
        "qualifiedMaxCount",
    ),
    *("or", "not", "in", "hasValue"),
    *("targetClass", "property", "path", "name", "description", "message", "order"),
}


@pytest.fixture(scope="module")
def resolver(knowledge: Knowledge) -> Resolver:
    terms = [*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)]
    resolver = Resolver(vocabulary(terms))
    index_tables(SCHEMA, knowledge.data, resolver)
    return resolver


def test_a_shape_file_describes_the_table_of_its_name() -> None:
    assert {path.stem for path in (PROJECT / "shapes").glob("*.ttl")} == set(TABLES)
    assert all(table.file.stem == name for name, table in SCHEMA.tables.items())


@pytest.mark.parametrize("name", TABLES)
def test_shapes_are_named_after_class_and_column(name: str) -> None:
    table = SCHEMA.tables[name]
    assert table.shape.startswith(ZSH)
    for column in table.all_columns:
        assert column.shape == f"{table.shape}-{column.name}"


@pytest.mark.parametrize("name", TABLES)
def test_headers_of_records_are_the_machine_names_in_order(name: str) -> None:
    with (PROJECT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    columns = [column.name for column in SCHEMA.tables[name].columns]
    assert header == ["id", *(column for column in columns if column in header)]
    needed = {column.name for column in SCHEMA.tables[name].columns if column.required}
    assert needed <= set(header)


@pytest.mark.parametrize("name", TABLES)
def test_the_example_of_each_column_can_be_read(name: str, resolver: Resolver) -> None:
    unread = []
    for column in SCHEMA.tables[name].columns:
        for part in column.example.split(";") if column.multiple else [column.example]:
            read = (
                to_literal(part, column.datatypes, column.language)
                if column.datatypes
                else len(resolver.meant(column, part)) == 1
            )
            if not read:
                unread.append((column.name, part))
    assert unread == []


@pytest.mark.parametrize("name", TABLES)
def test_examples_are_real_where_a_record_fills_the_column(name: str) -> None:
    with (PROJECT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    invented = []
    for column in SCHEMA.tables[name].columns:
        cells = [row[column.name] for row in rows if row.get(column.name)]
        values = {v.strip() for c in cells for v in (c.split(";") if column.multiple else [c])}
        if values and column.example not in values:
            invented.append(column.name)
    assert invented == []


@pytest.mark.parametrize("name", TABLES)
def test_whatever_can_be_disputed_has_a_source(name: str) -> None:
    authorities = {"sources", "regions", "industries", "services", "economic-activities"}
    column = SCHEMA.tables[name].column("sources")
    assert (column is None) == (name in authorities)
    if column is not None:
        assert column.required
        assert column.multiple
        assert column.reference == ZS + "Source"


def test_only_core_constraints_are_used() -> None:
    used = {
        quad.predicate.value
        for path in (PROJECT / "shapes").glob("*.ttl")
        for quad in ox.parse(path=path)
    }
    ours = ("table", "column", "end", "start", "endSource", "under")
    allowed = {SH + name for name in CORE} | {REC + name for name in ours} | {SKOS + "example"}
    allowed |= {RDF + "type", RDF + "first", RDF + "rest"}
    assert used - allowed == set()


def test_every_text_of_a_shape_is_in_both_languages_once() -> None:
    languages: dict[tuple[Path, str, str], list[str]] = defaultdict(list)
    for path in (PROJECT / "shapes").glob("*.ttl"):
        for quad in ox.parse(path=path):
            if isinstance(quad.object, ox.Literal) and quad.predicate.value in {
                SH + "name",
                SH + "description",
                SH + "message",
            }:
                key = (path, str(quad.subject), quad.predicate.value)
                languages[key].append(quad.object.language or "")
    shapes = sum(1 + len(table.all_columns) for table in SCHEMA.tables.values())
    assert len(languages) == 3 * shapes
    assert [key for key, found in languages.items() if sorted(found) != ["en", "zh"]] == []


def test_messages_are_whole_sentences() -> None:
    for table in SCHEMA.tables.values():
        for message in (table.message, *(column.message for column in table.all_columns)):
            assert message.zh.endswith("。"), message
            assert message.en.endswith("."), message


def of_class(table: Table, identifier: str, *facts: tuple[str, str]) -> list[Triple]:
    subject = f"<{table.base}{identifier}>"
    return [
        (subject, RDF_TYPE, f"<{table.target}>"),
        *((subject, f"<{path}>", value) for path, value in facts),
    ]


TIER_D = "<https://w3id.org/zsgraph/scheme/evidence-tier/tier-d>"
TIER_A = "<https://w3id.org/zsgraph/scheme/evidence-tier/tier-a>"
ADDRESS = literal("https://www.gov.cn/", XSD + "anyURI")
TOGETHER = [
    ("claims", "clm-9", [(ZS + "claimSubject", '"x"')], True),
    ("claims", "clm-9", [(ZS + "valueText", '"one half"')], False),
    ("measurements", "mea-9", [(ZS + "approximate", '"x"')], True),
    ("measurements", "mea-9", [(ZS + "valueText", '"early 2023"')], False),
    ("sources", "s9", [(ZS + "tier", TIER_D), (ZS + "address", ADDRESS)], True),
    ("sources", "s9", [(ZS + "tier", TIER_A), (ZS + "address", ADDRESS)], False),
    ("sources", "s9", [(ZS + "tier", TIER_D)], False),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("name", "identifier", "facts", "broken"), TOGETHER)
def test_rules_over_several_columns(
    name: str, identifier: str, facts: list[tuple[str, str]], broken: bool, engine: str
) -> None:
    table = SCHEMA.tables[name]
    triples = of_class(table, identifier, *facts)
    results = validate(PROJECT / "shapes", triples, ENGINES[engine])
    findings = [Places(SCHEMA).shacl(result) for result in results]
    told = [finding for finding in findings if finding.rule == table.shape]
    assert [finding.message for finding in told] == ([table.message] if broken else [])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("identifier", "right"), [("s1", True), ("S1", False), ("s 1", False), ("", False)]
)
def test_an_id_has_the_form_of_its_shape(identifier: str, right: bool, engine: str) -> None:
    table = SCHEMA.tables["sources"]
    triples = of_class(table, identifier.replace(" ", "%20"), (ZS + "publisher", literal("x")))
    results = validate(PROJECT / "shapes", triples, ENGINES[engine])
    assert (table.shape not in {result.shape for result in results}) is right
