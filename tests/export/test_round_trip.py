"""Each format, read back by programs that did not write it, gives the graph that was exported."""

import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from tests.conftest import PROJECT
from tests.export.conftest import Exported, parsed

DATASETS = ("nquads", "trig")
GRAPHS = ("turtle", "ntriples", "rdfxml")
OXIGRAPH = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDFLIB = {
    "nquads": "nquads",
    "trig": "trig",
    "turtle": "turtle",
    "ntriples": "nt11",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}
NODE = PROJECT / "tests" / "node"

rapper = pytest.mark.skipif(
    not shutil.which("rapper"), reason="rapper is missing: scripts/system_packages installs it"
)
node = pytest.mark.skipif(
    not (shutil.which("node") and (NODE / "node_modules").is_dir()),
    reason="npm packages are missing: scripts/system_packages installs them",
)


def statements(exported: Exported, form: str) -> set[str]:
    return exported.quads() if form in DATASETS else exported.triples()


@pytest.mark.parametrize("form", OXIGRAPH)
def test_oxigraph_reads_it(exported: Exported, form: str) -> None:
    assert parsed(exported.file(form), OXIGRAPH[form]) == statements(exported, form)


@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_it(awkward: Exported, form: str) -> None:
    path = awkward.file(form)
    if form in DATASETS:
        dataset = rdflib.Dataset()
        dataset.parse(path, format=RDFLIB[form])
        written = dataset.serialize(format="nquads")
        found = parsed(written, ox.RdfFormat.N_QUADS)
    else:
        graph = rdflib.Graph()
        graph.parse(path, format=RDFLIB[form])
        found = parsed(graph.serialize(format="nt11"), ox.RdfFormat.N_TRIPLES)
    assert found == statements(awkward, form)


@rapper
@pytest.mark.parametrize("form", OXIGRAPH)
def test_rapper_reads_it(exported: Exported, form: str) -> None:
    output = "nquads" if form in DATASETS else "ntriples"
    found = run("rapper", "-q", "-i", form, "-o", output, str(exported.file(form)))
    expected = ox.RdfFormat.N_QUADS if form in DATASETS else ox.RdfFormat.N_TRIPLES
    assert parsed(found, expected) == statements(exported, form)


@node
@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "ntriples"])
def test_n3_reads_it(exported: Exported, form: str) -> None:
    found = run("node", str(NODE / "n3_to_nquads.mjs"), str(exported.file(form)))
    assert parsed(found, ox.RdfFormat.N_QUADS) == statements(exported, form)


@node
def test_jsonld_reads_it(exported: Exported) -> None:
    found = run("node", str(NODE / "jsonld_to_nquads.mjs"), str(exported.file("jsonld")))
    assert parsed(found, ox.RdfFormat.N_QUADS) == exported.triples()


def run(*command: str) -> bytes:
    done = subprocess.run(command, capture_output=True, cwd=Path("/"))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_no_blank_node_is_published(exported: Exported) -> None:
    lines = exported.file("nquads").read_text(encoding="utf-8").split("\n")
    assert not [line for line in lines if line.startswith("_:") or " _:" in line.split('"')[0]]
