"""Which terms stand for the same thing: the rules eq-sym and eq-trans, kept as cliques."""

from collections.abc import Callable, Collection, Iterable

from zsgraph.reasoning.datatypes import different
from zsgraph.terms import Term


class Cliques:
    """Sets of terms that are ``owl:sameAs`` one another.

    Literals of different values never share a clique: that they should is a contradiction
    (dt-diff), and merging them would swap values all over the graph.  Such pairs are kept in
    ``refused``.

    Parameters
    ----------
    term
        Gives the term of a number.
    """

    def __init__(self, term: Callable[[int], Term]) -> None:
        self._term = term
        self._cliques: dict[int, set[int]] = {}
        self.refused: set[tuple[int, int]] = set()

    def __bool__(self) -> bool:
        return bool(self._cliques)

    def of(self, number: int) -> Collection[int]:
        """Return the terms that are the same as one, itself included."""
        return self._cliques.get(number) or (number,)

    def same(self, x: int, y: int) -> bool:
        """Tell whether two terms are the same."""
        return x == y or y in self.of(x)

    def join(self, pairs: Iterable[tuple[int, int]]) -> set[int]:
        """Make the two terms of each pair the same; return all members of cliques that grew."""
        grown: set[int] = set()
        for x, y in pairs:
            if self.same(x, y):
                continue
            left, right = self.of(x), self.of(y)
            if clash := self._contradiction(left, right):
                self.refused.add(clash)
                continue
            clique = {*left, *right}
            for member in clique:
                self._cliques[member] = clique
            grown.add(x)
        return {member for x in grown for member in self.of(x)}

    def _contradiction(
        self, left: Collection[int], right: Collection[int]
    ) -> tuple[int, int] | None:
        values = [y for y in right if y < 0]
        for x in left:
            for y in values:
                if x < 0 and different(self._term(x), self._term(y)):
                    return (x, y)
        return None
