"""Exports shared by the tests: of the shipped graph, and of the toy with awkward texts."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.toys import Library, copy_of_toy
from zsgraph.build import Silence
from zsgraph.export.registry import FORMATS
from zsgraph.export.run import Options, Summary, export
from zsgraph.knowledge import Knowledge
from zsgraph.store import Graph, open_graph

#: Texts that serialisations and spreadsheets trip over.
AWKWARD = (
    '=HYPERLINK("https://example.org/")',
    "-5 °C",
    "+86 10",
    "@SUM(1)",
    "'=quoted",
    "''-twice",
    "＝全角",
    'back\\slash, "quotes", <angle> & 🐼',
    "line\nbreak",
    "carriage\rreturn",
    "]]> \u2028 tab\tinside",
)


@dataclass(frozen=True)
class Exported:
    """A folder of exports and the graph they were made of."""

    folder: Path
    graph: Graph
    knowledge: Knowledge
    summary: Summary

    def file(self, name: str) -> Path:
        return self.folder / f"zsgraph.{FORMATS[name].ending}"

    def quads(self) -> set[str]:
        return {str(quad) for quad in self.graph.store}

    def triples(self) -> set[str]:
        return {str(quad.triple) for quad in self.graph.store}


def export_all(graph: Graph, knowledge: Knowledge, folder: Path) -> Exported:
    options = Options(formats=tuple(FORMATS))
    return Exported(folder, graph, knowledge, export(graph, knowledge, options, folder, Silence()))


@pytest.fixture(scope="session")
def shipped(
    graph: Graph, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    return export_all(graph, knowledge, tmp_path_factory.mktemp("shipped") / "export")


def awkward_library(folder: Path) -> Library:
    """Return the toy with awkward texts, built."""
    library = copy_of_toy(folder)
    rows = ["id,about,text"]
    for number, text in enumerate(AWKWARD, 1):
        quoted = text.replace('"', '""')
        rows.append(f'rem-{number},satire,"{quoted}"')
    library.write("data/remarks.csv", "\n".join(rows) + "\n")
    assert library.build().published
    return library


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("awkward")
    library = awkward_library(folder)
    return export_all(open_graph(library.home), library.knowledge, folder / "export")


@pytest.fixture(params=["shipped", "awkward"])
def exported(request: pytest.FixtureRequest) -> Exported:
    found: Exported = request.getfixturevalue(request.param)
    return found


def parsed(content: str | bytes | Path, form: ox.RdfFormat) -> set[str]:
    """Return the statements of a file or text, as the store would print them."""
    if isinstance(content, Path):
        return {_printed(quad) for quad in ox.parse(path=content, format=form)}
    return {_printed(quad) for quad in ox.parse(content, format=form)}


def _printed(quad: ox.Quad) -> str:
    return str(quad.triple) if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad)
