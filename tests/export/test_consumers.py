"""Plain programs get the same answer from the JSON-LD file, the SQLite file and the endpoint."""

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.export.conftest import Exported
from tests.web.live import Live

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


each_province = pytest.mark.parametrize("province", PROVINCES)
Rows = list[tuple[str, ...]]


@each_province
@pytest.mark.parametrize(("script", "form"), [("with_json", "jsonld"), ("with_sqlite", "sqlite")])
def test_platforms_of_a_province_with_industry_and_source(
    shipped: Exported, script: str, form: str, province: str
) -> None:
    command = [sys.executable, "-I", str(CONSUMERS / f"{script}.py"), str(shipped.file(form))]
    printed = _printed([*command, province])
    _check([tuple(line.split("\t")) for line in printed.splitlines()], shipped, province)


@each_province
def test_curl_gets_them_from_the_endpoint(shipped: Exported, server: Live, province: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = ["sh", str(CONSUMERS / "with_curl.sh"), f"{server.url}/sparql", province]
    _, *rows = csv.reader(io.StringIO(_printed(command)))
    _check([tuple(row) for row in rows], shipped, province)


def _printed(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _check(found: Rows, shipped: Exported, province: str) -> None:
    answers = shipped.graph.query(QUESTION % province)
    assert isinstance(answers, ox.QuerySolutions)
    expected = {tuple(term.value for term in row) for row in answers}  # type: ignore[union-attr]
    assert len(found) == len(expected) > 10
    assert set(found) == expected
