"""RDF/XML of the merged graphs, subject by subject in the order of the IRIs."""

import pyoxigraph as ox

from zsgraph.export.extract import Extract, canonical_hash
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the statements as RDF/XML."""
    form = FORMATS["rdfxml"]
    path, count = extract.triples()
    digest = canonical_hash(path)
    name = f"{stem}.{form.ending}"
    with stage.create(name, form.media_type, statements=count, rdfc10=digest) as target:
        ox.serialize(
            (quad.triple for quad in extract.parsed(path)),
            target,
            ox.RdfFormat.RDF_XML,
            prefixes=extract.prefixes(),
        )
