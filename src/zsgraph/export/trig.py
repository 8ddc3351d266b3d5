"""TriG, graph by graph and subject by subject in the order of the IRIs."""

from collections.abc import Iterator

import pyoxigraph as ox

from zsgraph.export.extract import Extract, canonical_hash
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the statements as TriG."""
    form = FORMATS["trig"]
    path, count = extract.quads()
    digest = canonical_hash(path)
    name = f"{stem}.{form.ending}"
    with stage.create(name, form.media_type, statements=count, rdfc10=digest) as target:
        ox.serialize(_quads(extract), target, ox.RdfFormat.TRIG, prefixes=extract.prefixes())


def _quads(extract: Extract) -> Iterator[ox.Quad]:
    for part in extract.selection.parts:
        graph = ox.NamedNode(part.graph)
        for quad in extract.parsed(extract.file(part)):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
