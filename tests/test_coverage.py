"""Everything that was gathered is a record or is left out with a reason."""

import csv
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import GOLDEN
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import SCHEME
from zsgraph.store import Graph


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


GATHERED = rows(GOLDEN / "gathered.csv")


@pytest.fixture(scope="module")
def known(knowledge: Knowledge, graph: Graph) -> dict[str, set[str]]:
    """Ids by table, ids of concepts, names of platforms."""
    tables = {path.stem: {row["id"] for row in rows(path)} for path in knowledge.data.glob("*.csv")}
    concepts = graph.query("SELECT ?c WHERE { ?c a skos:Concept }")
    assert isinstance(concepts, ox.QuerySolutions)
    tables["scheme"] = {str(c["c"].value).removeprefix(SCHEME) for c in concepts}
    tables["platforms/alt_names"] = {
        f"{row['id']}|{name}"
        for row in rows(knowledge.data / "platforms.csv")
        for name in row["alt_names"].split(";")
    }
    return tables


def test_every_gathered_row_is_a_record_or_left_out(known: dict[str, set[str]]) -> None:
    missing = [row for row in GATHERED if row["id"] not in known[row["table"]]]
    assert not missing


def test_both_sides_add_up_for_each_collection() -> None:
    sides = Counter((row["collection"], row["table"] == "left-out") for row in GATHERED)
    assert sides["policies", False] == 218
    assert sides["platforms", False] == 319
    assert sides["operators", False] == 365
    assert sides["issuers", False] == 151
    assert sides["claims", False] == 453
    assert sides["measures", False] == 365
    assert sides["participations", False] == 415
    assert sides["conditions", False] == 218
    assert sides["recognitions", False] == 140
    assert sides["policy-relations", False] == 117
    assert sides["definitions", False] == 71
    assert sides["supports", False] == 56
    assert sides["sources", False] == 562
    assert sides["vocabularies", False] == 324
    assert sides["dropped-platforms", True] + sides["dropped-policies", True] == 79
    assert sides["regions", False] + sides["regions", True] == 3343


def test_what_is_left_out_has_a_reason_in_both_languages(knowledge: Knowledge) -> None:
    for row in rows(knowledge.data / "left-out.csv"):
        assert row["reason_zh"], row
        assert row["reason_en"], row


def test_left_out_rows_are_all_accounted_for(knowledge: Knowledge) -> None:
    left_out = {row["id"] for row in rows(knowledge.data / "left-out.csv")}
    assert left_out == {row["id"] for row in GATHERED if row["table"] == "left-out"}
