"""The formats of a comparison."""

from collections.abc import Callable
from typing import Final

from zsgraph.diff import atom, json_form, markdown, text
from zsgraph.diff.compare import Comparison
from zsgraph.diff.words import Told, tell
from zsgraph.patch import write_patch

_WORDED: Final[dict[str, Callable[[Told], str]]] = {
    "text": text.write,
    "md": markdown.write,
    "json": json_form.write,
}
FORMATS: Final = (*_WORDED, "atom", "patch")


def write(comparison: Comparison, form: str, language: str, updated: str) -> bytes:
    """Return a comparison in a format.

    Parameters
    ----------
    comparison
        What differs.
    form
        One of :data:`FORMATS`.
    language
        ``zh`` or ``en``; a patch has none.
    updated
        When the new state came to be (RFC 3339), for a feed.
    """
    if form == "patch":
        return b"".join(write_patch(comparison.patch))
    told = tell(comparison, language)
    if form == "atom":
        return atom.write(told, updated).encode()
    return _WORDED[form](told).encode()
