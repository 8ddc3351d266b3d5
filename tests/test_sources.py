"""From every record that states something a researcher reaches its source in one step."""

import pyoxigraph as ox

from tests.conftest import PROJECT
from zsgraph.answers import answer
from zsgraph.knowledge import Knowledge
from zsgraph.queries import find_query
from zsgraph.store import Graph

RECORDS = """
SELECT DISTINCT ?record WHERE {
  VALUES ?class {
    zs:Platform zs:PolicyDocument zs:Claim zs:Recognition zs:Definition zs:Criterion
    zs:SupportMeasure zs:Measurement
  }
  ?record a ?class .
}
"""


def _records(graph: Graph) -> set[str]:
    found = graph.query(RECORDS)
    assert isinstance(found, ox.QuerySolutions)
    return {solution["record"].value for solution in found}


def test_every_record_has_a_source(graph: Graph) -> None:
    rows = answer(graph, find_query(PROJECT / "queries", "sources-of-everything")).rows
    reached = {row[1].value for row in rows}  # type: ignore[union-attr]
    records = _records(graph)
    assert len(records) > 1800
    assert records == reached


def test_tier_d_sources_keep_their_publisher_and_not_their_address(graph: Graph) -> None:
    weak = "?s zs:tier <https://w3id.org/zsgraph/scheme/evidence-tier/tier-d>"
    assert not graph.query(f"ASK {{ {weak} ; zs:address ?address }}")
    assert graph.query(f"ASK {{ {weak} ; zs:publisher ?publisher }}")


def test_no_record_file_names_the_address_of_a_weak_source(knowledge: Knowledge) -> None:
    for line in (knowledge.data / "sources.csv").read_text(encoding="utf-8").splitlines():
        if ",tier-d," in line:
            assert "http" not in line
