"""The formats of answers by name, and which one the name of a file means."""

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Final

from zsgraph.answers import Answer
from zsgraph.errors import UsageError
from zsgraph.execution.request import TRIPLE_FORMATS
from zsgraph.formats import FORMATS

#: Formats of tables that are files rather than text, with the module that writes each.
BINARY: Final = {"xlsx": "zsgraph.answer_xlsx", "parquet": "zsgraph.dataframes"}
#: All formats of tables.
TABLES: Final = (*FORMATS, *BINARY)
_OTHER_NAMES: Final = {
    "markdown": "md",
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "nq": "nquads",
    "n-quads": "nquads",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "owl": "rdfxml",
    "srx": "xml",
    "srj": "json",
    "txt": "table",
}


def written(answer: Answer, form: str) -> bytes:
    """Return an answer in a format of :data:`TABLES`.

    Raises
    ------
    UsageError
        If the format cannot hold it, or needs what is not installed.
    """
    if form in BINARY:
        write: Callable[[Answer], bytes] = getattr(import_module(BINARY[form]), f"to_{form}")
        return write(answer)
    return FORMATS[form](answer).encode()


def format_named(name: str, known: tuple[str, ...] = (*TABLES, *TRIPLE_FORMATS)) -> str:
    """Return the format of a name.

    Parameters
    ----------
    name
        A format, or another usual name of one.
    known
        The formats to choose from.

    Raises
    ------
    UsageError
        If there is none; the message offers the nearest.
    """
    found = _OTHER_NAMES.get(name.lower(), name.lower())
    if found in known:
        return found
    near = get_close_matches(found, known, 1)
    raise UsageError(
        f"没有“{name}”这种格式；"
        + (f"是不是 {near[0]}？" if near else "")
        + f"可用：{'、'.join(known)}。",
        f"There is no format “{name}”; "
        + (f"did you mean {near[0]}? " if near else "")
        + f"known are: {', '.join(known)}.",
        nearest=tuple(near),
    )


def format_of(path: Path, known: tuple[str, ...]) -> str | None:
    """Return the format that the end of a file's name means, or None if it has no end.

    Raises
    ------
    UsageError
        If the end is that of no known format; the message offers the nearest.
    """
    ending = path.suffix.lstrip(".")
    return format_named(ending, known) if ending else None
