"""Parts of the graph: asserted or inferred, named graphs, kinds of record, a file for each."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from tests.export.conftest import Exported, parsed
from zsgraph.build import Silence
from zsgraph.errors import UsageError
from zsgraph.export.run import Options, Summary, export
from zsgraph.namespaces import GRAPH, GRAPH_INFERRED


def written(exported: Exported, folder: Path, **options: object) -> Summary:
    chosen = Options(**options)  # type: ignore[arg-type]
    return export(exported.graph, exported.knowledge, chosen, folder, Silence())


def quads_of(path: Path) -> set[str]:
    return parsed(path, ox.RdfFormat.N_QUADS)


def test_asserted_and_inferred_are_the_whole(awkward: Exported, tmp_path: Path) -> None:
    written(awkward, tmp_path, graphs=("asserted",))
    written(awkward, tmp_path, graphs=("inferred",))
    asserted = quads_of(tmp_path / "zsgraph-asserted.nq")
    inferred = quads_of(tmp_path / "zsgraph-inferred.nq")
    assert asserted
    assert inferred
    assert not asserted & inferred
    assert asserted | inferred == awkward.quads()
    assert all(f"<{GRAPH_INFERRED}>" in quad for quad in inferred)


@pytest.mark.parametrize("name", ["ontology", GRAPH + "ontology"])
def test_a_named_graph_goes_by_its_short_name_or_iri(
    awkward: Exported, tmp_path: Path, name: str
) -> None:
    (file,) = written(awkward, tmp_path, graphs=(name,)).files
    found = quads_of(tmp_path / file.path)
    assert found == {quad for quad in awkward.quads() if f"<{GRAPH}ontology>" in quad}


def test_a_kind_is_its_records_with_what_follows_of_them(awkward: Exported, tmp_path: Path) -> None:
    written(awkward, tmp_path, kinds=("书",))
    found = quads_of(tmp_path / "zsgraph-books.nq")
    base = "<https://example.org/id/books/"
    assert found == {
        quad
        for quad in awkward.quads()
        if f"<{GRAPH}data/books>" in quad
        or (f"<{GRAPH_INFERRED}>" in quad and quad.startswith(base))
    }


def test_split_gives_a_file_for_each_graph(awkward: Exported, tmp_path: Path) -> None:
    written(awkward, tmp_path, formats=("nquads", "turtle"), split=True)
    files = sorted(tmp_path.glob("*.nq"))
    assert "zsgraph-data-books.nq" in {file.name for file in files}
    assert set().union(*map(quads_of, files)) == awkward.quads()
    assert len(list(tmp_path.glob("*.ttl"))) == len(files)


@pytest.mark.parametrize(("name", "ending"), [("gzip", ".gz"), ("zstd", ".zst")])
def test_compressed_is_the_same_content(
    awkward: Exported, tmp_path: Path, name: str, ending: str
) -> None:
    written(awkward, tmp_path, formats=("nquads", "sqlite"), compression=name)
    for form in ("nquads", "sqlite"):
        plain = awkward.file(form)
        packed = (tmp_path / (plain.name + ending)).read_bytes()
        content = (
            gzip.decompress(packed)
            if name == "gzip"
            else zstandard.ZstdDecompressor().decompressobj().decompress(packed)
        )
        assert content == plain.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"formats": ("turtel",)}, "turtle"),
        ({"graphs": ("ontologie",)}, "ontology"),
        ({"kinds": ("bookz",)}, "books"),
        ({"compression": "rar"}, "gzip"),
        ({"graphs": ("ontology",), "kinds": ("books",)}, "--kind"),
    ],
)
def test_wrong_choices_are_told_with_what_there_is(
    awkward: Exported, tmp_path: Path, options: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        written(awkward, tmp_path / "out", **options)
    assert said in caught.value.message.zh
    assert said in caught.value.message.en
    assert not (tmp_path / "out").exists()
