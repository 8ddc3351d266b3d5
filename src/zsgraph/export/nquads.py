"""N-Quads in canonical form: sorted, each statement once."""

import shutil

from zsgraph.export.extract import Extract, canonical_hash
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the statements as canonical N-Quads, whose SHA-256 is their RDFC-1.0 hash."""
    form = FORMATS["nquads"]
    path, count = extract.quads()
    digest = canonical_hash(path)
    name = f"{stem}.{form.ending}"
    with (
        path.open("rb") as source,
        stage.create(name, form.media_type, statements=count, rdfc10=digest) as target,
    ):
        shutil.copyfileobj(source, target, 2**20)
