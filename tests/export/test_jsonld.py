"""JSON-LD that reads as plain JSON, and its context."""

import json
from pathlib import Path
from typing import Any

from tests.export.conftest import Exported
from zsgraph.build import Silence
from zsgraph.export.run import Options, export


def things(path: Path) -> dict[str, dict[str, Any]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return {thing["id"]: thing for thing in document["@graph"]}


def test_a_record_reads_without_knowing_rdf(awkward: Exported, tmp_path: Path) -> None:
    options = Options(("jsonld",), graphs=("asserted",), kinds=("books",))
    export(awkward.graph, awkward.knowledge, options, tmp_path / "out", Silence())
    assert things(tmp_path / "out" / "zsgraph-asserted-books.jsonld")["books/fc-1"] == {
        "id": "books/fc-1",
        "type": ["Book"],
        "prefLabel": {"en": "Fortress Besieged"},
        "altLabel": {"zh": ["围城", "城"]},
        "code": "fc-1",
        "genre": [
            "https://example.org/scheme/genre/novel",
            "https://example.org/scheme/genre/satire",
        ],
        "inPrint": True,
        "isbn": "9780811215527",
        "page": "https://example.org/fc-1",
        "pages": 358,
        "price": "29.5",
        "published_year": "1947",
    }


def test_the_context_lies_beside_and_is_named_by_a_relative_address(shipped: Exported) -> None:
    with shipped.file("jsonld").open(encoding="utf-8") as stream:
        head = stream.readline()
    assert json.loads(head.removeprefix('{"@context": ').rstrip(",\n")) == [
        "context.jsonld",
        {"@base": "https://w3id.org/zsgraph/"},
    ]
    assert (shipped.folder / "context.jsonld").is_file()


def test_the_context_is_of_the_knowledge_whatever_is_exported(
    shipped: Exported, tmp_path: Path
) -> None:
    options = Options(("jsonld",), graphs=("schemes",))
    export(shipped.graph, shipped.knowledge, options, tmp_path / "out", Silence())
    part = (tmp_path / "out" / "context.jsonld").read_bytes()
    assert part == (shipped.folder / "context.jsonld").read_bytes()


def test_every_key_has_its_meaning_in_the_context(shipped: Exported) -> None:
    context = json.loads((shipped.folder / "context.jsonld").read_bytes())["@context"]
    keys = {key for thing in things(shipped.file("jsonld")).values() for key in thing}
    own = {key for key in keys if ":" not in key}
    assert own <= context.keys()
    assert len(own) > 100
    shortened = {key for key in keys if ":" in key}
    assert {key.partition(":")[0] for key in shortened} <= context.keys() | {"http", "https"}
    meanings = [
        json.dumps(meaning, sort_keys=True)
        for name, meaning in context.items()
        if isinstance(meaning, dict)
    ]
    assert len(meanings) == len(set(meanings))


def test_each_thing_is_a_line(shipped: Exported) -> None:
    lines = shipped.file("jsonld").read_text(encoding="utf-8").split("\n")
    found = [json.loads(line.rstrip(",")) for line in lines[2:-2]]
    assert len(found) == len(things(shipped.file("jsonld")))
