"""The one registered name that a misspelt one can only mean.

Names of different things often differ in one character (湖南, 湖北; 第一, 第二), so nearness alone
proves nothing.  Three things are taken for certain: a name that differs in what folding levels; a
name without its ending, in a list whose names nearly all end alike (省, 市, 区); in a long name a
slip of one character, if what was written makes no pair of characters that any registered name has.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from zsgraph.names import folded

#: A slip is corrected in names of so many folded characters; shorter ones are too much alike.
_LONG: Final = 8
#: So many texts are compared with every name; a sheet with more has another fault than slips.
_MOST: Final = 500
#: An ending is usual if so many names of the list have it.
_USUAL: Final = 5
#: Names of a list end alike if so large a part of them has a usual ending.
_NEARLY_ALL: Final = 0.95
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]+")
#: Characters that tell one thing from another of the same kind: numbers, directions, opposites.
_TELLING: Final = frozenset(
    "〇零一二三四五六七八九十百千万两甲乙丙丁戊己庚辛东西南北中前后上下左右内外新旧老大小高低长短首末不非无副总分"
)
_Pair = tuple[str, str]


class NearNames:
    """Finds the certain name among those of a list.

    Parameters
    ----------
    names
        All names of the things that may be meant.
    meant
        Returns what a name means; names of one thing do not contradict each other.
    known
        Names of everything else, whose pairs of characters are proper ones.
    """

    def __init__(
        self,
        names: Iterable[str],
        meant: Callable[[str], list[str]],
        known: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._folded: dict[str, list[str]] = {}
        for name in names:
            self._folded.setdefault(folded(name), []).append(name)
        self._meant = meant
        self._known = known
        self._endings = _usual_endings(self._folded)
        self._proper: set[_Pair] | None = None
        self._compared = 0

    def certain(self, text: str) -> str | None:
        """Return the name that a text must stand for, None where that is not certain."""
        key = folded(text)
        if key in self._folded:
            return self._only(self._folded[key])
        if not _CHINESE.fullmatch(key):
            return None
        return self._completed(key) or self._slip(key)

    def _completed(self, key: str) -> str | None:
        """Return the only name that begins so, if nothing but a usual ending is missing."""
        longer = [name for name in self._folded if name.startswith(key)] if self._endings else []
        if len(key) < 2 or len(longer) != 1 or longer[0][len(key) :] not in self._endings:
            return None
        return self._only(self._folded[longer[0]])

    def _slip(self, key: str) -> str | None:
        """Return the name from which a text differs in one character that cannot be meant."""
        self._compared += 1
        if len(key) < _LONG or self._compared > _MOST:
            return None
        # Who else is nearly as near leaves it open which of them is meant.
        gaps = ((_gap(key, name), name) for name in self._folded)
        near = sorted((gap, name) for gap, name in gaps if gap[0] <= 2)
        if not near or len(near[0][1]) < _LONG:
            return None
        (size, start, wrong, right), nearest = near[0]
        if size > 1 or start == 0 or _TELLING.intersection(wrong + right):
            return None
        made = Counter(_pairs(key)) - Counter(_pairs(nearest))
        if not made or self._proper_pairs().intersection(made):
            return None
        return self._only([name for _, key in near for name in self._folded[key]])

    def _only(self, names: list[str]) -> str | None:
        found = {iri for name in names for iri in self._meant(name)}
        return names[0] if len(found) == 1 else None

    def _proper_pairs(self) -> set[_Pair]:
        if self._proper is None:
            every = [*self._folded, *map(folded, self._known())]
            self._proper = {pair for name in every for pair in _pairs(name)}
        return self._proper


def _usual_endings(names: Iterable[str]) -> set[str]:
    endings = Counter(name[-1] for name in names if _CHINESE.fullmatch(name))
    usual = {ending for ending, count in endings.items() if count >= _USUAL}
    covered = sum(endings[ending] for ending in usual)
    return usual if covered >= _NEARLY_ALL * endings.total() else set()


def _pairs(name: str) -> Iterable[_Pair]:
    return pairwise(name)


def _gap(one: str, other: str) -> tuple[int, int, str, str]:
    """Return how many characters lie between the common start and the common end of two names.

    Returns
    -------
    tuple
        The number, where they begin, and the differing part of each name.
    """
    if abs(len(one) - len(other)) > 2:
        return max(len(one), len(other)), 0, one, other
    most = min(len(one), len(other))
    start = next((n for n in range(most) if one[n] != other[n]), most)
    rest = most - start
    end = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
    wrong, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(wrong), len(right)), start, wrong, right
