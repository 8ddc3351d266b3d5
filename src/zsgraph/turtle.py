"""Reading Turtle files into triples of canonical N-Triples terms."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from zsgraph.errors import KnowledgeError
from zsgraph.namespaces import GENID
from zsgraph.terms import Term, Triple, literal


def read_turtle(path: Path) -> list[Triple]:
    """Read one Turtle file.

    Blank nodes are given IRIs of their own (RDF 1.1, 3.5 Skolem IRIs), numbered in the order in
    which the file uses them, so that the same file gives the same triples on any machine.

    Raises
    ------
    KnowledgeError
        If the file is not valid Turtle; the message names its line.
    """
    try:
        return parse_turtle(path.read_bytes(), path.name)
    except OSError as error:
        raise _invalid(path.name, error) from None


def parse_turtle(content: bytes | str, name: str) -> list[Triple]:
    """Read Turtle from a text; see :func:`read_turtle`.

    Parameters
    ----------
    content
        The Turtle.
    name
        What its file is called, for messages and for the IRIs of blank nodes.
    """
    return list(_parse(content, name))


@lru_cache(maxsize=128)
def _parse(content: bytes | str, name: str) -> tuple[Triple, ...]:
    """Parse a text once, since several steps of a command read the same files."""
    skolem: dict[str, Term] = {}
    stem = name.rpartition("/")[2].removesuffix(".ttl")

    def text(node: object) -> Term:
        if isinstance(node, ox.NamedNode):
            return f"<{node.value}>"
        if isinstance(node, ox.Literal):
            return literal(node.value, node.datatype.value, node.language or "")
        label = str(node)
        return skolem.setdefault(label, f"<{GENID}{stem}-{len(skolem) + 1}>")

    try:
        return tuple(
            (text(quad.subject), text(quad.predicate), text(quad.object))
            for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)
        )
    except (SyntaxError, ValueError) as error:
        raise _invalid(name, error) from None


def _invalid(name: str, error: Exception) -> KnowledgeError:
    line = getattr(error, "lineno", None)
    place_zh = f"第{line}行" if line else ""
    place_en = f", line {line}" if line else ""
    return KnowledgeError(
        f"{name}{place_zh}不是正确的 Turtle：{error}。请改正后重试。",
        f"{name}{place_en} is not valid Turtle: {error}. Mend it and try again.",
    )


def read_folder(folder: Path) -> Iterator[Triple]:
    """Read all Turtle files of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.ttl")):
        yield from read_turtle(path)
