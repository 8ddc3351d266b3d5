"""Where a thing lies on a map, and how it compares with the whole."""

from dataclasses import dataclass
from urllib.parse import urlencode

from zsgraph.labels import local_name
from zsgraph.web.exploring import collection, offer
from zsgraph.web.served import Served
from zsgraph.web.tiles import TileMap, tile_map


@dataclass(frozen=True, slots=True)
class Located:
    """A map of one kind of things with a place marked.

    Attributes
    ----------
    kind
        What is counted.
    map, addresses
        The map, and where each square leads.
    here
        Code of the square in which the place lies.
    count, total, rank
        How many are in that square and in all, and its rank among the squares; 0 where none is.
    address
        Where the things of the square are listed.
    """

    kind: str
    map: TileMap
    addresses: dict[str, str]
    here: str
    count: int
    total: int
    rank: int
    address: str


def located(served: Served, iri: str, classes: tuple[str, ...], language: str) -> list[Located]:
    """Return the maps that show a thing's place: one a kind of things that can be explored."""
    offered = offer(served)
    found = []
    for kind in offered.kinds.values() if offered else ():
        for name in kind.paths:
            facet = offered.facets[name] if offered else None
            code = local_name(iri)
            if facet is None or not facet.cls or facet.cls not in classes:
                continue
            here = next((t.code for t in facet.tiles if code.startswith(_prefix(t.code))), "")
            if not here:
                continue
            things = collection(served, kind, language)
            counts = dict(things.counts(name, {}))
            drawn = tile_map(facet.tiles, counts, language)
            count = counts.get(here, 0)
            rank = 1 + sum(1 for other in counts.values() if other > count) if count else 0
            bases = iri.removesuffix(code)
            addresses = {s.code: bases + s.code for s in drawn.squares}
            listed = f"/explore?{urlencode({'kind': kind.name, name: here, 'lang': language})}"
            label = kind.label.text(language)
            total = len(things.things)
            found.append(Located(label, drawn, addresses, here, count, total, rank, listed))
    return found


def _prefix(code: str) -> str:
    """Return what the codes of all divisions below a division begin with."""
    while code.endswith("00"):
        code = code[:-2]
    return code
