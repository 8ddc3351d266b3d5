"""Semantic versions and which goes before which.

Standard: Semantic Versioning 2.0.0, https://semver.org/
"""

import re
from functools import total_ordering
from typing import Final

_NUMBER: Final = r"(0|[1-9]\d*)"
_PRE: Final = r"(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"
_FORM: Final = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({_PRE}(?:\.{_PRE})*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?",
    re.ASCII,
)


@total_ordering
class Version:
    """A semantic version.

    Parameters
    ----------
    text
        As ``1.2.3`` or ``1.2.3-rc.1``.

    Raises
    ------
    ValueError
        If it is none.
    """

    def __init__(self, text: str) -> None:
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(text)
        *numbers, pre, _ = match.groups()
        self.text = text
        self._numbers = tuple(map(int, numbers))
        self._pre = tuple(map(_identifier, pre.split("."))) if pre else ()

    def _key(self) -> tuple[object, ...]:
        return self._numbers, not self._pre, self._pre  # one without a pre-release goes after

    def __eq__(self, other: object) -> bool:
        """Tell whether neither goes before the other; build metadata do not count."""
        return isinstance(other, Version) and self._key() == other._key()

    def __lt__(self, other: "Version") -> bool:
        """Tell whether this goes before the other (SemVer, 11)."""
        return self._key() < other._key()

    def __hash__(self) -> int:
        """Return the same for equal versions."""
        return hash(self._key())

    def __str__(self) -> str:
        """Return the version as it was written."""
        return self.text


def parsed(texts: list[str]) -> list[Version]:
    """Return those of the texts that are versions, sorted."""
    return sorted(Version(text) for text in texts if _FORM.fullmatch(text))


def _identifier(text: str) -> tuple[bool, int, str]:
    # Numbers go before words, by their value.
    return (False, int(text), "") if text.isdecimal() else (True, 0, text)
