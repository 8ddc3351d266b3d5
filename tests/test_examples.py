"""Every rule has a good and a bad example, and every constraint that a cell can break."""

from tests.conftest import PROJECT
from tests.examples import EXPECTED, FOLDER, examples, expectations
from tests.faults import Shapes, constraints_of
from zsgraph.namespaces import SH, XSD
from zsgraph.schema import Column, load_schema

SCHEMA = load_schema(PROJECT / "shapes")
EXAMPLES = examples()
EXPECTATIONS = expectations()
COLUMNS = [column for table in SCHEMA.tables.values() for column in table.all_columns]
#: The form of an id is the rule of its column where it is also a value.
ROWS = [table for table in SCHEMA.tables.values() if table.id_column is None]
QUERIES = sorted(path.stem for path in (PROJECT / "queries" / "verify").glob("*.rq"))
#: What these queries look for cannot stand in a row: cells that must be filled forbid it.
#: ``tests/verify`` has RDF for them.
OUT_OF_REACH = {"unlabelled", "unreachable-source"}
#: Nothing is deprecated yet that a row could name; ``tests/verify`` has RDF for this as well.
OUT_OF_REACH |= {"deprecated-in-use"}
#: What no cell can break: it holds one text, and any text is a string.
UNBREAKABLE = {"datatype", "maxCount", "qualifiedMaxCount"}
RULES = [
    *(column.shape for column in COLUMNS),
    *(table.shape for table in ROWS),
    *(f"verify/{query}" for query in QUERIES if query not in OUT_OF_REACH),
]


def test_every_rule_has_a_good_and_a_bad_example() -> None:
    assert len(QUERIES) > len(OUT_OF_REACH)
    for good in (True, False):
        missing = set(RULES) - {example.rule for example in EXAMPLES if example.good is good}
        assert not missing


def test_every_example_is_of_a_rule() -> None:
    strange = [example.path.name for example in EXAMPLES if example.rule not in RULES]
    assert not strange
    others = {p.name for p in FOLDER.iterdir()} - {example.path.name for example in EXAMPLES}
    assert others == {EXPECTED.name, "README.md"}


def test_every_bad_example_breaks_the_rule_that_it_is_named_after() -> None:
    broken = {(expected.file.partition("/")[0], expected.rule) for expected in EXPECTATIONS}
    bad = [example for example in EXAMPLES if not example.good]
    assert [e.path.name for e in bad if (e.path.name, e.rule) not in broken] == []
    assert len(EXPECTATIONS) >= 120


def breakable(column: Column, constraints: set[str]) -> set[str]:
    """Return the constraints that a cell of the column can break."""
    if column.datatypes:
        text = not {XSD + "decimal", XSD + "boolean", XSD + "date"} & set(column.datatypes)
        return constraints - (UNBREAKABLE if text else UNBREAKABLE - {"datatype"})
    # A name that is not registered is no resource; where any will do, that is all there is.
    return constraints if column.any_resource else constraints - {"nodeKind"}


def test_every_constraint_of_a_column_has_a_bad_example() -> None:
    shapes = Shapes.read(PROJECT / "shapes")
    missing = {}
    for column in COLUMNS:
        broken = {e.constraint for e in EXPECTATIONS if e.rule == column.shape}
        declared = set(constraints_of(shapes, shapes.nodes[f"<{column.shape}>"]))
        if not breakable(column, declared) <= broken:
            missing[column.shape] = breakable(column, declared) - broken
        assert broken <= declared, f"{column.shape} has no {broken - declared} ({SH})"
    assert missing == {}
