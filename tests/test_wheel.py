"""The built wheel works alone: installed into an empty environment, away from the checkout."""

import csv
import io
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(PROJECT)], check=True, capture_output=True)
    (built,) = folder.glob("zsgraph-*.whl")
    return built


def test_wheel_carries_all_knowledge_and_nothing_of_the_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (
        ("ontology", "*.ttl"),
        ("shapes", "*.ttl"),
        ("queries", "*.rq"),
        ("data", "*.csv"),
    ):
        for path in (PROJECT / folder).rglob(pattern):
            if "examples" not in path.parts:
                assert f"zsgraph/knowledge_base/{path.relative_to(PROJECT)}" in names
    assert "zsgraph/knowledge_base/CITATION.cff" in names
    assert not [name for name in names if name.startswith("tests/") or "/examples/" in name]


def test_installed_wheel_answers_a_question_away_from_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, cwd=tmp_path
    )
    variables = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "ZSGRAPH", "XDG", "VIRTUAL_ENV"))
    }
    answer = subprocess.run(
        [environment / "bin" / "zsgraph", "query", "q5-operating-models", "--format", "csv"],
        cwd=tmp_path,
        env=variables | {"HOME": str(tmp_path), "LANG": "zh_CN.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert answer.returncode == 0, answer.stderr
    assert any("联合型运营模式" in row for row in csv.reader(io.StringIO(answer.stdout)))
