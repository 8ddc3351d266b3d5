"""What is told of the examples: each bad one's faults at their row and column, and nothing else."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.examples import FOLDER, Example, Expected, examples, expectations
from zsgraph.build import Summary
from zsgraph.findings import Finding
from zsgraph.knowledge import Knowledge
from zsgraph.schema import load_schema
from zsgraph.store import current_folder
from zsgraph.validation.files import check_files

SCHEMA = load_schema(PROJECT / "shapes")
EXAMPLES = examples()
EXPECTATIONS = expectations()
TECHNICAL = ("sh:", "xsd", "rdf", "IRI", "http://www.w3.org", "SHACL", "literal")


@pytest.fixture(scope="module")
def folder(built: tuple[Path, Summary]) -> Path:
    return current_folder(built[0])


@pytest.fixture(scope="module")
def told(knowledge: Knowledge, folder: Path) -> Callable[[Example], list[Finding]]:
    """Return what is told of an example; those of one kind are checked together, once."""

    @cache
    def together(kind: str | None, good: bool, name: str) -> list[Finding]:
        paths = [
            path
            for example in EXAMPLES
            if (example.kind(SCHEMA), example.good) == (kind, good)
            and name in ("", example.path.name)
            for path in example.files
        ]
        return check_files(paths, knowledge, folder, kind).findings

    def findings(example: Example) -> list[Finding]:
        kind = example.kind(SCHEMA)
        found = together(kind, example.good, "" if kind else example.path.name)
        return [f for f in found if place(f)[0].partition("/")[0] == example.path.name]

    return findings


def place(finding: Finding) -> tuple[str, int, str, str]:
    assert finding.file is not None
    file = Path(finding.file).relative_to(FOLDER).as_posix()
    return file, finding.row or 0, finding.column or "", finding.rule


def written(finding: Finding) -> str:
    """Return the cell that a finding is about."""
    assert finding.file is not None
    with Path(finding.file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return rows[(finding.row or 0) - 2][finding.column or ""]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path.name)
def test_what_is_told_of_an_example(
    example: Example, told: Callable[[Example], list[Finding]]
) -> None:
    findings = told(example)
    expected: list[Expected] = [
        e for e in EXPECTATIONS if e.file.partition("/")[0] == example.path.name
    ]
    assert bool(expected) is not example.good
    assert sorted(map(place, findings)) == sorted(
        (e.file, e.row, e.column, e.rule) for e in expected
    )
    for finding in findings:
        assert finding.value is None or finding.value in written(finding)
        for sentence in filter(None, (finding.message, finding.advice)):
            assert sentence.zh.endswith(("。", "？"))
            assert sentence.en.endswith((".", "?"))
            assert sentence.zh != sentence.en
            assert not [word for word in TECHNICAL if word in sentence.zh + sentence.en]
