"""RDF/XML of the merged graphs, subject by subject in the order of the IRIs."""

import io
import re
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from zsgraph.errors import ZsgraphError
from zsgraph.export.extract import Extract, canonical_hash
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS

#: Bytes of characters that XML 1.0 cannot hold: most control characters, U+FFFE and U+FFFF.
_UNWRITABLE: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the statements as RDF/XML.

    Raises
    ------
    ZsgraphError
        If a text holds a character that XML cannot hold.
    """
    form = FORMATS["rdfxml"]
    path, count = extract.triples()
    digest = canonical_hash(path)
    name = f"{stem}.{form.ending}"
    with stage.create(name, form.media_type, statements=count, rdfc10=digest) as target:
        ox.serialize(
            (quad.triple for quad in extract.parsed(path)),
            cast(BinaryIO, _Xml(target)),
            ox.RdfFormat.RDF_XML,
            prefixes=extract.prefixes(),
        )


class _Xml(io.RawIOBase):
    """Writes a carriage return as a reference: readers of XML take a bare one for a line feed."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, block: bytes) -> int:  # type: ignore[override]
        found = _UNWRITABLE.search(block)
        if found:
            code = f"U+{ord(found.group().decode()):04X}"
            raise ZsgraphError(
                f"有文字含字符 {code}，RDF/XML 写不了。请从记录中删去它，或选别的格式，如 turtle。",
                f"A text holds the character {code}, which RDF/XML cannot write. Remove it from "
                "the records or choose another format such as turtle.",
            )
        self._target.write(block.replace(b"\r", b"&#13;"))
        return len(block)
