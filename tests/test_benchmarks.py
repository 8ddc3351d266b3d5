"""The benchmarks run: records are scaled the same way each time, and stages are measured."""

import csv
import shutil
from pathlib import Path

import pytest
from benchmarks import scale
from benchmarks.faults import plant
from benchmarks.generator import Generator
from benchmarks.measure import measure

from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import run
from zsgraph.reasoning.closure import close
from zsgraph.validation.shacl import by_sets


@pytest.fixture(scope="module")
def doubled(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twice the shipped records."""
    folder = tmp_path_factory.mktemp("doubled") / "data"
    Generator(knowledge).write(2, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def test_one_seed_gives_one_set_of_records(
    knowledge: Knowledge, doubled: Path, tmp_path: Path
) -> None:
    Generator(knowledge).write(2, tmp_path / "again")
    Generator(knowledge, seed=2).write(2, tmp_path / "other")
    assert contents(tmp_path / "again") == contents(doubled)
    assert contents(tmp_path / "other") != contents(doubled)


def test_the_smallest_size_is_the_shipped_records(knowledge: Knowledge, tmp_path: Path) -> None:
    Generator(knowledge).write(1, tmp_path / "one")
    for path in (tmp_path / "one").glob("*.csv"):
        shipped = (knowledge.data / path.name).read_text(encoding="utf-8-sig")
        assert list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True))) == list(
            csv.reader(shipped.splitlines(keepends=True))
        )


def test_scaled_records_are_sound(knowledge: Knowledge, doubled: Path) -> None:
    graphs = run(Knowledge(knowledge.root, doubled), close, by_sets, Silence())
    assert not graphs.failed()
    assert graphs.rows["platforms"] == 2 * sum(
        1 for _ in csv.DictReader((knowledge.data / "platforms.csv").open(encoding="utf-8-sig"))
    )


def test_every_id_is_unique(doubled: Path) -> None:
    for path in doubled.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            ids = [row["id"] for row in csv.DictReader(stream)]
        assert len(set(ids)) == len(ids), path.name


def test_faults_of_every_rule_are_planted_and_found(
    knowledge: Knowledge, doubled: Path, tmp_path: Path
) -> None:
    for name in ("faulty", "again"):
        shutil.copytree(doubled, tmp_path / name)
        planted = plant(knowledge, tmp_path / name)
    assert contents(tmp_path / "faulty") == contents(tmp_path / "again")
    rules = {path.name.partition(".")[0] for path in knowledge.shapes.glob("examples/*.bad*")}
    assert set(planted) == rules
    graphs = run(Knowledge(knowledge.root, tmp_path / "faulty"), close, by_sets, Silence())
    told_of = {finding.file.removesuffix(".csv") for finding in graphs.findings}
    assert graphs.failed()
    assert told_of >= {table for tables in planted.values() for table in tables}


def test_stages_are_measured_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = ("read, checked, converted", "convert", {"plain rdflib": "convert_rdflib"})
    monkeypatch.setattr(scale, "STAGES", (stage,))
    lines = scale.report((1,), seconds=120)
    ours, theirs = (line.split(" | ") for line in lines if line.startswith("| read"))
    assert float(ours[3]) > 0
    assert float(theirs[-1].rstrip(" |")) > 1


def test_a_task_that_takes_too_long_is_a_time_out(knowledge: Knowledge) -> None:
    assert measure("read", knowledge.data, seconds=0).failure == "time-out after 0 s"
