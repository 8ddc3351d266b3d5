"""The graph's description of itself: complete by DCAT-AP, right in its numbers, stable."""

import subprocess
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
import yaml
from rdflib.namespace import RDF, VOID

from tests.conftest import PROJECT
from tests.export.conftest import Exported, awkward, shipped
from tests.toys import Library
from zsgraph.description.provenance import origin_of
from zsgraph.export.registry import FORMATS
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import GRAPH_DESCRIPTION
from zsgraph.store import Graph, open_graph

__all__ = ["awkward", "shipped"]

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
DATASET = rdflib.URIRef("https://w3id.org/zsgraph/dataset")
SHAPES = Path(__file__).with_name("dcat-ap.ttl")
WRITTEN = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://example.org/books> a void:Dataset ; dct:title "书"@zh , "Books"@en ;
    void:uriSpace "https://example.org/" .
"""


@pytest.fixture(scope="module")
def description(graph: Graph) -> rdflib.Graph:
    name = ox.NamedNode(GRAPH_DESCRIPTION)
    found = rdflib.Graph()
    found.parse(graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name), format="nt11")
    return found


def faults(data: rdflib.Graph) -> set[tuple[str, str]]:
    """Return focus node and message of each fault."""
    region = rdflib.URIRef("https://w3id.org/zsgraph/id/regions/100000")
    data = data + rdflib.Graph().add((region, RDF.type, DCT.Location))  # in another named graph
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert isinstance(report, rdflib.Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


class TestDcatAp:
    def test_what_is_mandatory_or_recommended_is_there(self, description: rdflib.Graph) -> None:
        assert faults(description) == set()

    def test_so_it_is_in_an_export_with_sizes_and_checksums(self, shipped: Exported) -> None:
        described = rdflib.Graph().parse(shipped.folder / "description.ttl")
        assert faults(described) == set()
        sizes = dict(described.subject_objects(DCAT.byteSize))
        assert len(sizes) == len(FORMATS)
        (nquads,) = described.subjects(
            DCAT.downloadURL, rdflib.URIRef("https://w3id.org/zsgraph/export/zsgraph.nq")
        )
        assert int(sizes[nquads]) == shipped.file("nquads").stat().st_size

    @pytest.mark.parametrize(
        ("kind", "gone"),
        [
            (DCAT.Catalog, DCT.title),
            (DCAT.Dataset, DCT.description),
            (DCAT.Dataset, DCAT.contactPoint),
            (DCAT.Distribution, DCAT.accessURL),
            (DCAT.DataService, DCAT.endpointURL),
            (DCAT.DatasetSeries, DCT.publisher),
        ],
    )
    def test_what_were_missing_would_be_found(
        self, description: rdflib.Graph, kind: rdflib.URIRef, gone: rdflib.URIRef
    ) -> None:
        less = rdflib.Graph() + description
        nodes = set(less.subjects(RDF.type, kind))
        assert nodes
        for node in nodes:
            less.remove((node, gone, None))
        assert {focus for focus, _ in faults(less)} >= {str(node) for node in nodes}

    def test_each_format_is_a_distribution_with_its_media_type(
        self, description: rdflib.Graph
    ) -> None:
        start = "https://www.iana.org/assignments/media-types/"
        types = {str(iri).removeprefix(start) for iri in description.objects(None, DCAT.mediaType)}
        assert types == {form.media_type for form in FORMATS.values()}

    def test_the_version_is_that_of_the_citation(self, description: rdflib.Graph) -> None:
        citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
        assert str(description.value(DATASET, DCAT.version)) == citation["version"]


class TestStatistics:
    def count(self, graph: Graph, pattern: str, what: str = "*") -> int:
        answers = graph.store.query(
            f"SELECT (COUNT({what}) AS ?n) WHERE {{ GRAPH ?g {{ {pattern} }} "
            f"FILTER (?g != <{GRAPH_DESCRIPTION}>) }}"
        )
        assert isinstance(answers, ox.QuerySolutions)
        (row,) = answers
        return int(row[0].value)  # type: ignore[union-attr]

    def test_totals_are_those_of_the_store(self, graph: Graph, description: rdflib.Graph) -> None:
        def told(name: str) -> int:
            return int(str(description.value(DATASET, VOID[name])))

        assert told("triples") == self.count(graph, "?s ?p ?o")
        assert told("distinctSubjects") == self.count(graph, "?s ?p ?o", "DISTINCT ?s")
        assert told("properties") == self.count(graph, "?s ?p ?o", "DISTINCT ?p")
        assert told("classes") == self.count(graph, "?s a ?o", "DISTINCT ?o")

    def test_each_partition_is_counted_right(self, graph: Graph, description: rdflib.Graph) -> None:
        parts = set(description.objects(DATASET, VOID.propertyPartition))
        assert len(parts) > 100
        for part in parts:
            iri = description.value(part, VOID.property)
            triples = int(str(description.value(part, VOID.triples)))
            assert triples == self.count(graph, f"?s <{iri}> ?o"), iri
        parts = set(description.objects(DATASET, VOID.classPartition))
        assert len(parts) > 50
        for part in parts:
            iri = description.value(part, VOID["class"])
            entities = int(str(description.value(part, VOID.entities)))
            assert entities == self.count(graph, f"?s a <{iri}>", "DISTINCT ?s"), iri

    def test_named_graphs_are_subsets_with_titles(
        self, graph: Graph, description: rdflib.Graph
    ) -> None:
        for name in graph.store.named_graphs():
            assert isinstance(name, ox.NamedNode)
            if name.value != GRAPH_DESCRIPTION:
                iri = rdflib.URIRef(name.value)
                assert (DATASET, VOID.subset, iri) in description
                titles = {title.language for title in description.objects(iri, DCT.title)}  # type: ignore[attr-defined]
                assert titles == {"zh", "en"}, iri

    def test_linksets_lead_to_vocabularies_and_between_tables(
        self, graph: Graph, description: rdflib.Graph
    ) -> None:
        targets = {str(iri) for iri in description.objects(None, VOID.objectsTarget)}
        assert "http://www.w3.org/ns/prov#" in targets
        assert "https://w3id.org/zsgraph/graph/data/economic-activities" in targets
        for linkset in description.subjects(RDF.type, VOID.Linkset):
            triples = int(str(description.value(linkset, VOID.triples)))
            predicate = description.value(linkset, VOID.linkPredicate)
            assert 0 < triples <= self.count(graph, f"?s <{predicate}> ?o")

    def test_example_resources_are_in_the_graph(
        self, graph: Graph, description: rdflib.Graph
    ) -> None:
        examples = set(description.objects(DATASET, VOID.exampleResource))
        assert len(examples) == 20
        for iri in examples:
            assert self.count(graph, f"<{iri}> a ?c") > 0


class TestToy:
    def test_a_dataset_that_nobody_describes_has_no_description(self, library: Library) -> None:
        assert library.build().published
        assert ox.NamedNode(GRAPH_DESCRIPTION) not in open_graph(library.home).store.named_graphs()

    def test_what_is_written_is_completed(self, library: Library) -> None:
        library.write("data/description.ttl", WRITTEN)
        assert library.build().published
        store = open_graph(library.home).store
        assert store.query(
            f"ASK {{ GRAPH <{GRAPH_DESCRIPTION}> {{ <https://example.org/books> "
            "<http://rdfs.org/ns/void#exampleResource> <https://example.org/id/books/af-2> }}"
        )

    def test_a_description_of_no_dataset_is_told(self, library: Library) -> None:
        from zsgraph.errors import KnowledgeError

        library.write("data/description.ttl", "<https://example.org/a> a <https://example.org/B> .")
        with pytest.raises(KnowledgeError, match="exactly one void:Dataset"):
            library.build()


class TestProvenance:
    def test_the_commit_is_told_as_long_as_it_holds_the_knowledge(self, library: Library) -> None:
        knowledge: Knowledge = library.knowledge
        assert origin_of(knowledge) is None  # outside of git
        person = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        for command in (["init", "-q"], ["add", "."], [*person, "commit", "-qm", "Begin"]):
            subprocess.run(["git", "-C", str(library.root), *command], check=True)
        commit = origin_of(knowledge)
        assert commit is not None
        assert len(commit.name) == 40
        assert commit.time.endswith("Z")
        library.replace("data/remarks.csv", "A pen name.", "A name.")
        assert origin_of(knowledge) is None
