"""Changes between two graphs as RDF Patch: written, read, applied, and as SPARQL Update.

A patch lists what is removed and what is added, quad by quad, each once and sorted, so that equal
changes give equal bytes.  Its id is made from its content.

Standards: RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html) and SPARQL 1.1 Update
(https://www.w3.org/TR/sparql11-update/).
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from zsgraph.errors import UsageError
from zsgraph.namespaces import BASE
from zsgraph.terms import Quad, Term, literal, literal_parts

if TYPE_CHECKING:
    import pyoxigraph as ox

MEDIA_TYPE: Final = "application/rdf-patch"
ENDING: Final = "rdfp"
#: So many statements go into one request of an update.
BATCH: Final = 1_000
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, BASE)
_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<iri><[^\x00-\x20<>"{}|^`]*>)
    | (?P<blank>_:[^\s<>"]+)
    | (?P<literal>"(?:[^"\\\n\r]|\\.)*"
        (?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^<[^\x00-\x20<>"{}|^`]*>)?)
    | (?P<end>\.)(?=\s*(?:\#.*)?$)
    | (?P<word>[A-Za-z][\w-]*:?)
    )""",
    re.VERBOSE,
)
_COMMENT: Final = re.compile(r"\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Patch:
    """What turns one graph into another.

    Attributes
    ----------
    removed, added
        Sorted quads; the fourth term is that of the named graph, empty for the default graph.
    previous
        Id of the patch before this one, a UUID; empty if none is known.
    prefixes
        Namespaces by prefix that are declared with it.
    """

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    previous: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the UUID of the patch (version 5), which its content and ``previous`` give."""
        digest = hashlib.sha256(self.previous.encode())
        for line in _body(self):
            digest.update(line)
        return str(uuid.uuid5(_NAMESPACE, digest.hexdigest()))

    def __len__(self) -> int:
        """Return how many quads change."""
        return len(self.removed) + len(self.added)

    def inverse(self) -> "Patch":
        """Return the patch that leads back."""
        return Patch(self.added, self.removed, self.id, self.prefixes)


def difference(old: Iterable[Quad], new: Iterable[Quad], previous: str = "") -> Patch:
    """Return the patch from one set of quads to another.

    Parameters
    ----------
    old, new
        Quads in any order.
    previous
        Id of the patch before this one.
    """
    before, after = set(old), set(new)
    return Patch(tuple(sorted(before - after)), tuple(sorted(after - before)), previous)


def difference_of_sorted(old: Iterable[bytes], new: Iterable[bytes], previous: str = "") -> Patch:
    """Return the patch from one file of sorted canonical N-Quads to another.

    Both are read as streams side by side; only what differs is kept in memory.

    Parameters
    ----------
    old, new
        Lines sorted by their bytes, each once, with their line ends.
    previous
        Id of the patch before this one.
    """
    removed: list[Quad] = []
    added: list[Quad] = []
    olds, news = iter(old), iter(new)
    before, after = next(olds, None), next(news, None)
    while before is not None or after is not None:
        if before == after:
            before, after = next(olds, None), next(news, None)
        elif after is None or (before is not None and before < after):
            removed.append(_quad_of_line(before or b""))
            before = next(olds, None)
        else:
            added.append(_quad_of_line(after))
            after = next(news, None)
    return Patch(tuple(sorted(removed)), tuple(sorted(added)), previous)


def write_patch(patch: Patch) -> Iterator[bytes]:
    """Return the lines of a patch."""
    yield f"H id <uuid:{patch.id}> .\n".encode()
    if patch.previous:
        yield f"H prev <uuid:{patch.previous}> .\n".encode()
    yield b"TX .\n"
    yield from _body(patch)
    yield b"TC .\n"


def _body(patch: Patch) -> Iterator[bytes]:
    for prefix, namespace in sorted(patch.prefixes.items()):
        yield f"PA {literal(prefix)} {literal(namespace)} .\n".encode()
    for letter, quads in (("D", patch.removed), ("A", patch.added)):
        for subject, predicate, obj, graph in quads:
            where = f"{graph} " if graph else ""
            yield f"{letter} {subject} {predicate} {obj} {where}.\n".encode()


def read_patch(lines: Iterable[str]) -> Patch:
    """Read a patch; several transactions become one, and what was aborted is left out.

    Parameters
    ----------
    lines
        The lines of the text form.

    Raises
    ------
    UsageError
        If a line is not RDF Patch, or a transaction has no end.
    """
    changes: dict[Quad, str] = {}
    pending: dict[Quad, str] = {}
    prefixes: dict[str, str] = {}
    previous, open_ = "", False
    for number, line in enumerate(lines, 1):
        word, *terms = _tokens(line, number) or [""]
        match word, len(terms):
            case "", _:
                continue
            case "H", 2:
                if terms[0] == "prev":
                    previous = terms[1].strip('<>"').removeprefix("uuid:")
            case "TX", 0:
                pending, open_ = {}, True
            case "TC", 0:
                changes |= pending
                pending, open_ = {}, False
            case "TA", 0:
                pending, open_ = {}, False
            case (("A" | "D"), (3 | 4)):
                quad = (terms[0], terms[1], terms[2], terms[3] if len(terms) == 4 else "")
                pending.pop(quad, None)
                pending[quad] = word
            case "PA", (2 | 3):
                prefixes[_text(terms[0])] = _text(terms[1])
            case "PD", (1 | 2):
                prefixes.pop(_text(terms[0]), None)
            case _:
                raise _unreadable(number)
    if open_:
        raise UsageError(
            "补丁在结尾前断了：没有 TC 行。请取完整的文件。",
            "The patch ends before its end: there is no line TC. Get the whole file.",
        )
    changes |= pending  # of a patch without transactions
    return Patch(
        tuple(sorted(quad for quad, word in changes.items() if word == "D")),
        tuple(sorted(quad for quad, word in changes.items() if word == "A")),
        previous,
        prefixes,
    )


def apply_patch(patch: Patch, quads: Iterable[Quad]) -> set[Quad]:
    """Return the quads that a patch makes of others."""
    return (set(quads) - set(patch.removed)) | set(patch.added)


def apply_to_store(patch: Patch, store: "ox.Store") -> None:
    """Change a store by a patch, in one transaction.

    Raises
    ------
    UsageError
        If the patch removes a blank node, of which no other graph knows.
    """
    store.update(" ;\n".join(to_sparql_update(patch, max(1, len(patch)))))


def to_sparql_update(patch: Patch, size: int = BATCH) -> Iterator[str]:
    """Return a patch as requests of SPARQL 1.1 Update, removals first.

    Each can be repeated without harm, so that who was interrupted may start again.

    Parameters
    ----------
    patch
        The patch.
    size
        How many statements a request holds at most.

    Raises
    ------
    UsageError
        If the patch removes a blank node, which DELETE DATA cannot name.
    """
    for verb, quads in (("DELETE DATA", patch.removed), ("INSERT DATA", patch.added)):
        by_graph = iter(sorted(quads, key=lambda quad: (quad[3], quad)))
        while batch := list(islice(by_graph, size)):
            yield f"{verb} {{\n{''.join(_blocks(batch, verb))}}}"


def _blocks(quads: list[Quad], verb: str) -> Iterator[str]:
    for graph, members in groupby(quads, key=lambda quad: quad[3]):
        yield f"GRAPH {graph} {{\n" if graph else ""
        for quad in members:
            if verb.startswith("DELETE") and any(term.startswith("_:") for term in quad):
                raise UsageError(
                    "补丁要删去匿名节点，SPARQL 更新做不到。请换用没有匿名节点的图。",
                    "The patch removes a blank node, which a SPARQL update cannot. Use graphs "
                    "without blank nodes.",
                )
            yield f"{quad[0]} {quad[1]} {quad[2]} .\n"
        yield "}\n" if graph else ""


def quad_of(quad: "ox.Quad") -> Quad:
    """Return a quad of a store as terms."""
    graph = str(quad.graph_name)
    return (
        str(quad.subject),
        str(quad.predicate),
        _canonical(str(quad.object)),
        "" if graph == "DEFAULT" else graph,
    )


def _quad_of_line(line: bytes) -> Quad:
    _, *terms = _tokens(f"A {line.decode()}", 0)
    return terms[0], terms[1], terms[2], terms[3] if len(terms) > 3 else ""


def _tokens(line: str, number: int) -> list[Term]:
    found: list[Term] = []
    place = 0
    while not _COMMENT.match(line, place):
        match = _TOKEN.match(line, place)
        if not match:
            raise _unreadable(number)
        place = match.end()
        if match.lastgroup == "end":
            return found
        token = match[match.lastgroup or 0]
        found.append(_canonical(token))
    if found and found[0] != "H":  # some writers end a header without a dot
        raise _unreadable(number)
    return found


def _canonical(term: Term) -> Term:
    if term.startswith("<_:"):  # the other way to write a blank node in a patch
        return term[1:-1]
    return literal(*literal_parts(term)) if term.startswith('"') else term


def _text(term: Term) -> str:
    if term.startswith('"'):
        return literal_parts(term)[0]
    return term.strip("<>").removesuffix(":")


def _unreadable(number: int) -> UsageError:
    return UsageError(
        f"补丁第{number}行不是 RDF Patch。请检查文件。",
        f"Line {number} of the patch is not RDF Patch. Check the file.",
    )
