"""Whatever terms a graph holds, each RDF format gives them back, read by rdflib."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.export.conftest import parsed
from tests.export.test_round_trip import RDFLIB
from tests.toys import TOY
from zsgraph.build import Silence
from zsgraph.errors import ZsgraphError
from zsgraph.export.run import Options, export
from zsgraph.knowledge import locate
from zsgraph.namespaces import GRAPH, OWL, RDFS, SKOS, XSD
from zsgraph.store import Graph

LIB = "https://example.org/library#"
IRIS = [
    "https://example.org/id/books/fc-1",
    "https://example.org/id/books/a.b",
    "https://example.org/id/../id/x",
    "https://example.org/id/books/x?y=1#z",
    "https://example.org/id/",
    "https://example.org/genre//double",
    "http://www.w3.org/2002/07/owl#//odd",
    "urn:isbn:9780811215527",
    LIB + "Book",
    OWL + "Class",
]
PREDICATES = [
    LIB + name for name in ("title", "published", "pages", "price", "inPrint", "genre", "unknown")
] + [SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label", RDFS + "comment"]
#: XML can hold no other control characters.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))
ODD = st.sampled_from(
    ['"', "\\", "a\nb", "a\r\nb", "\ttab ", "]]>", "<&>", "{}", "@id", "true", ""]
)
NUMBERS = st.sampled_from(
    ["1", "01", "-0", "+3", "9007199254740993", "1.50", "1e3", "0", "-7", "true", "1"]
)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXT | ODD),
    st.builds(
        lambda t, lang: ox.Literal(t, language=lang), TEXT | ODD, st.sampled_from(["zh", "en"])
    ),
    st.builds(
        lambda t, kind: ox.Literal(t, datatype=ox.NamedNode(XSD + kind)),
        NUMBERS,
        st.sampled_from(["integer", "decimal", "boolean", "double", "date", "gYear", "anyURI"]),
    ),
)
NODES = st.builds(ox.NamedNode, st.sampled_from(IRIS))
QUADS = st.builds(
    ox.Quad,
    NODES,
    st.builds(ox.NamedNode, st.sampled_from(PREDICATES)),
    NODES | LITERALS,
    st.builds(ox.NamedNode, st.sampled_from([GRAPH + "ontology", GRAPH + "data/books"])),
)


@pytest.fixture(autouse=True)
def literals_as_they_are_written() -> Iterator[None]:
    """Keep rdflib from writing ``01`` as ``1``."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    yield
    rdflib.NORMALIZE_LITERALS = before


@pytest.mark.parametrize("form", RDFLIB)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(quads=st.lists(QUADS, min_size=1, max_size=12))
def test_terms_come_back(form: str, quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        summary = export(Graph(store, {}), locate(TOY), Options((form,)), out, Silence())
        (path,) = (out / file.path for file in summary.files if file.statements is not None)
        if form in ("nquads", "trig"):
            dataset = rdflib.Dataset()
            dataset.parse(path, format=RDFLIB[form])
            found = parsed(dataset.serialize(format="nquads"), ox.RdfFormat.N_QUADS)
            assert found == {str(quad) for quad in store}
        else:
            graph = rdflib.Graph()
            graph.parse(path, format=RDFLIB[form])
            found = parsed(graph.serialize(format="nt11"), ox.RdfFormat.N_TRIPLES)
            assert found == {str(quad.triple) for quad in store}


def test_a_character_that_xml_cannot_hold_is_told(tmp_path: Path) -> None:
    store = ox.Store()
    node, title = ox.NamedNode(IRIS[0]), ox.NamedNode(PREDICATES[0])
    store.add(ox.Quad(node, title, ox.Literal("bell \x07"), ox.NamedNode(GRAPH + "ontology")))
    with pytest.raises(ZsgraphError, match=r"U\+0007"):
        export(Graph(store, {}), locate(TOY), Options(("rdfxml",)), tmp_path / "out", Silence())
    assert list(tmp_path.iterdir()) == []
