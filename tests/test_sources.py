"""From every record that states something a researcher reaches its source in one step."""

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.answers import answer
from zsgraph.knowledge import Knowledge
from zsgraph.queries import find_query
from zsgraph.store import Graph

KINDS = (
    "Platform", "PolicyDocument", "Claim", "Recognition", "RecognitionList", "Definition",
    "Criterion", "SupportMeasure", "Measurement", "DisputedValue", "Participation",
    "PolicyRelation", "Classification", "SourcedStatement",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_a_kind_reaches_its_source(kind: str, graph: Graph) -> None:
    found = graph.query(f"SELECT DISTINCT ?record WHERE {{ ?record a zs:{kind} }}")
    assert isinstance(found, ox.QuerySolutions)
    records = {solution["record"].value for solution in found}
    query = find_query(PROJECT / "queries", "sources-of-everything")
    reached = {row[0].value for row in answer(graph, query, {"kind": kind}).terms}  # type: ignore[union-attr]
    assert len(records) >= 14
    assert records == reached


def test_tier_d_sources_keep_their_publisher_and_not_their_address(graph: Graph) -> None:
    weak = "?s zs:tier <https://w3id.org/zsgraph/scheme/evidence-tier/tier-d>"
    assert not graph.query(f"ASK {{ {weak} ; zs:address ?address }}")
    assert graph.query(f"ASK {{ {weak} ; zs:publisher ?publisher }}")


def test_no_record_file_names_the_address_of_a_weak_source(knowledge: Knowledge) -> None:
    for line in (knowledge.data / "sources.csv").read_text(encoding="utf-8").splitlines():
        if ",tier-d," in line:
            assert "http" not in line
