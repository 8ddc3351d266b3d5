"""``description.ttl``: the graph's description of itself with the sizes and checksums of the files.

A distribution is known by its download address, whose end is the name of a file or folder.

Standard: DCAT 3, https://www.w3.org/TR/vocab-dcat-3/
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.export.folder import COMPRESSIONS
from zsgraph.namespaces import GRAPH_DESCRIPTION, PREFIXES, RDF, XSD

FILE: Final = "description.ttl"
MEDIA_TYPE: Final = "text/turtle"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_DCAT: Final = PREFIXES["dcat"]
_MEDIA: Final = "https://www.iana.org/assignments/media-types/application/"
_PREFIXES: Final = {
    **{name: base for name, base in PREFIXES.items() if name != "id"},
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": _SPDX,
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def describe_files(store: ox.Store, entries: list[dict[str, Any]]) -> bytes:
    """Return the description in Turtle; empty where no file is a distribution of the graph.

    Parameters
    ----------
    store
        The graph with its description.
    entries
        The entries of the manifest.
    """
    graph = ox.NamedNode(GRAPH_DESCRIPTION)
    triples = [q.triple for q in store.quads_for_pattern(None, None, None, graph)]
    added: list[ox.Triple] = []
    removed: set[ox.Triple] = set()
    for triple in triples:
        if triple.predicate.value == _DCAT + "downloadURL":
            files = _files_of(triple.object, entries)
            if files:
                added += _sizes(triple, files)
                removed |= {triple} if files[0].get("compression") and len(files) == 1 else set()
    if not added:
        return b""
    kept = sorted({*triples, *added} - removed, key=str)
    return ox.serialize(kept, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _files_of(address: Any, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not isinstance(address, ox.NamedNode):
        return []
    *_, folder, name = address.value.split("/")
    if name:
        return _plainest(entry for entry in entries if name == _plain(entry))
    return _plainest(entry for entry in entries if entry["file"].startswith(f"{folder}/"))


def _plainest(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries, of a file that is there with and without compression only the latter."""
    kept: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if _plain(entry) not in kept or "compression" not in entry:
            kept[_plain(entry)] = entry
    return list(kept.values())


def _plain(entry: dict[str, Any]) -> str:
    name: str = entry["file"]
    return name.removesuffix(COMPRESSIONS.get(entry.get("compression", ""), ""))


def _sizes(triple: ox.Triple, files: list[dict[str, Any]]) -> Iterator[ox.Triple]:
    distribution = triple.subject
    size = ox.Literal(
        str(sum(entry["bytes"] for entry in files)),
        datatype=ox.NamedNode(XSD + "nonNegativeInteger"),
    )
    yield ox.Triple(distribution, ox.NamedNode(_DCAT + "byteSize"), size)
    compression = files[0].get("compression")
    if compression:
        form = ox.NamedNode(_MEDIA + compression)
        yield ox.Triple(distribution, ox.NamedNode(_DCAT + "compressFormat"), form)
    if len(files) > 1 or not isinstance(distribution, ox.NamedNode):
        return  # the manifest has the checksum of each
    if compression and isinstance(triple.object, ox.NamedNode):
        address = ox.NamedNode(triple.object.value + COMPRESSIONS[compression])
        yield ox.Triple(distribution, triple.predicate, address)
    checksum = ox.NamedNode(distribution.value + "/checksum")
    kind = ox.NamedNode(_SPDX + "checksumAlgorithm_sha256")
    value = ox.Literal(files[0]["sha256"], datatype=ox.NamedNode(XSD + "hexBinary"))
    yield ox.Triple(distribution, ox.NamedNode(_SPDX + "checksum"), checksum)
    yield ox.Triple(checksum, ox.NamedNode(RDF + "type"), ox.NamedNode(_SPDX + "Checksum"))
    yield ox.Triple(checksum, ox.NamedNode(_SPDX + "algorithm"), kind)
    yield ox.Triple(checksum, ox.NamedNode(_SPDX + "checksumValue"), value)
