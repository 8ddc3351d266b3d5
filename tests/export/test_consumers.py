"""Programs that know nothing of RDF get the same answer from the JSON-LD and the SQLite file."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.export.conftest import Exported

CONSUMERS = Path(__file__).with_name("consumers")
PROVINCES = ("四川省", "北京市", "安徽省")
QUESTION = """
SELECT DISTINCT ?name ?industry (COALESCE(?address, "") AS ?at) WHERE {
  ?place a zs:Region ; skos:prefLabel "%s"@zh .
  ?platform a zs:Platform ; zs:locatedIn ?place ; skos:prefLabel ?name ;
    zs:inIndustry ?in ; zs:source ?source .
  ?in skos:prefLabel ?industry .
  OPTIONAL { ?source zs:address ?address }
  FILTER (LANG(?name) = "zh" && LANG(?industry) = "zh")
}
"""


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize(("script", "form"), [("with_json", "jsonld"), ("with_sqlite", "sqlite")])
def test_platforms_of_a_province_with_industry_and_source(
    shipped: Exported, script: str, form: str, province: str
) -> None:
    command = [sys.executable, "-I", str(CONSUMERS / f"{script}.py"), str(shipped.file(form))]
    done = subprocess.run([*command, province], capture_output=True, text=True, check=True)
    found = [tuple(line.split("\t")) for line in done.stdout.splitlines()]
    answers = shipped.graph.query(QUESTION % province)
    assert isinstance(answers, ox.QuerySolutions)
    expected = {tuple(term.value for term in row) for row in answers}  # type: ignore[union-attr]
    assert set(found) == expected
    assert len(found) > 10
