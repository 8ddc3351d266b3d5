"""What lies above, beside and below a thing in the hierarchy that it belongs to."""

from dataclasses import dataclass

from zsgraph.web.choices import Choice, choices
from zsgraph.web.served import Served


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A thing in its hierarchy.

    Attributes
    ----------
    above
        What it lies below, the topmost first.
    beside
        What lies below the same as it does, itself included.
    below
        What lies directly below it.
    """

    above: list[Choice]
    beside: list[Choice]
    below: list[Choice]


def surroundings(served: Served, iri: str, cls: str, language: str) -> Surroundings | None:
    """Return what surrounds a thing among those of its class; None where there is no hierarchy."""
    known = choices(served, cls, language)
    place = next((n for n, choice in enumerate(known) if choice.iri == iri), None)
    if place is None or not any(choice.depth for choice in known):
        return None
    above: list[Choice] = []
    depth = known[place].depth
    for choice in reversed(known[:place]):
        if choice.depth < depth - len(above):
            above.insert(0, choice)
    start = next((n for n, c in enumerate(known) if above and c is above[-1]), -1) + 1
    beside = [c for c in _under(known[start:], depth) if c.depth == depth]
    below = [c for c in _under(known[place + 1 :], depth + 1) if c.depth == depth + 1]
    return Surroundings(above, beside, below)


def _under(rest: list[Choice], depth: int) -> list[Choice]:
    """Return what comes before the first that is less deep."""
    end = next((n for n, choice in enumerate(rest) if choice.depth < depth), len(rest))
    return rest[:end]
