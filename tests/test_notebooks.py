"""The notebooks run from top to bottom, silently, and show what they promise."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import PROJECT
from zsgraph.build import Summary

NOTEBOOKS = sorted((PROJECT / "docs" / "notebooks").glob("*.ipynb"))
CHART, TABLE = "image/svg+xml", "text/html"


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["lag-and-support", "nine-questions"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(
    path: Path, built: tuple[Path, Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZSGRAPH_HOME", str(built[0]))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": path.parent}}).execute()
    charts, tables = 0, 0
    for cell in notebook.cells:
        shown = {kind for output in cell.get("outputs", ()) for kind in output.get("data", ())}
        told = [o.text for o in cell.get("outputs", ()) if o.get("name") == "stderr"]
        assert told == []
        if ".chart(" in cell.source and cell.cell_type == "code":
            assert CHART in shown, cell.source
        charts += CHART in shown
        tables += TABLE in shown
    assert charts >= 2
    assert tables >= 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_what_it_shows(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    assert all(cell.get("execution_count") is None for cell in notebook.cells)
