"""A small picture of a thing among its neighbours: who refers to it, and what it refers to."""

from dataclasses import dataclass
from typing import Final

from zsgraph.discovery.description import Description
from zsgraph.formats import shortened
from zsgraph.terms import iri_value, is_iri

_MOST: Final = 7  # neighbours a side
_ROW: Final = 46
_LETTERS: Final = 20  # columns of a name; a Chinese character takes two
_WIDTH: Final = 480


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour: what it is called, its IRI, by which property it is linked, and its height."""

    iri: str
    name: str
    property: str
    y: float


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing in the middle, those that refer to it on the left, those it refers to right."""

    name: str
    left: list[Neighbour]
    right: list[Neighbour]
    height: int
    width: int = _WIDTH

    @property
    def middle(self) -> float:
        """The height at which the thing itself stands."""
        return self.height / 2


def neighbourhood(description: Description) -> Neighbourhood | None:
    """Return the picture of a thing's neighbours; None if it has none.

    Each property gives its first value before any gives its second.
    """
    into = [
        [(v.term, v.text, links.label) for v in links.examples] for links in description.incoming
    ]
    out = [
        [(v.term, v.text, p.label) for v in p.values if is_iri(v.term) and v.id]
        for group in description.groups
        for p in group.properties
    ]
    left, right = _chosen(into), _chosen(out)
    if not left and not right:
        return None
    height = max(len(left), len(right), 2) * _ROW + 16
    return Neighbourhood(
        shortened(description.label, _LETTERS),
        _placed(left, height),
        _placed(right, height),
        height,
    )


def _chosen(groups: list[list[tuple[str, str, str]]]) -> list[tuple[str, str, str]]:
    ranked = sorted(
        (turn, place, item) for place, group in enumerate(groups) for turn, item in enumerate(group)
    )
    chosen: dict[str, tuple[str, str, str]] = {}
    for _, _, item in ranked:
        chosen.setdefault(item[0], item)
    return list(chosen.values())[:_MOST]


def _placed(items: list[tuple[str, str, str]], height: int) -> list[Neighbour]:
    step = height / max(1, len(items))
    return [
        Neighbour(iri_value(term), shortened(name, _LETTERS), shortened(link, 14), step * (n + 0.5))
        for n, (term, name, link) in enumerate(items)
    ]
