"""Records that may be the same as others: found by rules that say what two must share.

A rule is a query in ``queries/likeness`` that selects ``?record``, ``?block``, perhaps ``?text``.
Two records are alike if they share a block and, where there are texts, these are similar.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message, Severity
from zsgraph.name_index import Key, NameIndex
from zsgraph.names import folded, stem
from zsgraph.namespaces import PREFIXES
from zsgraph.queries import expand
from zsgraph.query_header import QueryFile, message_of, read_query_file
from zsgraph.sparql.faults import in_file, syntax_error
from zsgraph.store import ask

FOLDER: Final = "likeness"
_DEFAULT_SIMILARITY: Final = 0.9


class LikenessRule:
    """A rule by which two records may be the same.

    Parameters
    ----------
    file
        Its query, whose header gives ``severity``, ``message`` with the placeholders ``{record}``
        and ``{other}``, and perhaps ``about`` (see :func:`zsgraph.validation.verify.verify`),
        ``unless`` (the verify query that tells of the same), ``similarity`` (how alike texts must
        be, up to 1) and ``endings`` (which say little at the end of a text).

    Raises
    ------
    KnowledgeError
        If the header lacks something.
    """

    def __init__(self, file: QueryFile) -> None:
        header: dict[str, Any] = file.header
        self._path = file.path
        self.name = file.name
        self.text = file.text
        self.message: Message = message_of(file, header.get("message"), "message")
        self.unless = str(header.get("unless") or "")
        self.paths = [expand(str(name)) for name in header.get("about") or ()]
        self.endings = [folded(str(ending)) for ending in header.get("endings") or ()]
        try:
            self.severity = Severity(header.get("severity", "warning"))
            self.similarity = float(header.get("similarity", _DEFAULT_SIMILARITY))
        except ValueError:
            raise KnowledgeError(
                f"{file.path.name} 头部的 severity 或 similarity 不对。",
                f"severity or similarity in the header of {file.path.name} is wrong.",
            ) from None

    def keys(self, store: ox.Store) -> Iterator[Key]:
        """Yield by what the records of a store may be taken for one another."""
        try:
            answers = ask(store, self.text)
        except SyntaxError as error:
            raise in_file(self._path, syntax_error(self.text, str(error), PREFIXES)) from None
        assert isinstance(answers, ox.QuerySolutions)
        has_text = any(variable.value == "text" for variable in answers.variables)
        for row in answers:
            block, text = row["block"], row["text"] if has_text else None
            assert isinstance(block, ox.NamedNode | ox.Literal)
            name = block.value if isinstance(block, ox.NamedNode) else folded(block.value)
            told = stem(folded(text.value), self.endings) if isinstance(text, ox.Literal) else ""
            record = row["record"]
            if isinstance(record, ox.NamedNode):
                yield Key(self.name, name, told, record.value)

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two texts of a block are similar enough."""
        if one == other:
            return True
        shorter, longer = sorted((len(one), len(other)))
        if 2 * shorter < self.similarity * (shorter + longer):
            return False
        if len(set(one) & set(other)) < self.similarity * len(set(one) | set(other)) / 2:
            return False
        return SequenceMatcher(None, one, other, autojunk=False).ratio() >= self.similarity


def likeness_rules(queries: Path) -> list[LikenessRule]:
    """Load the rules of a folder of queries."""
    return [LikenessRule(read_query_file(path)) for path in sorted((queries / FOLDER).glob("*.rq"))]


def pairs(
    rule: LikenessRule, new: Iterable[Key], index: NameIndex, hidden: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield IRIs of new records with those of others that they may be the same as.

    Parameters
    ----------
    rule
        The rule.
    new
        The keys of the new records.
    index
        The keys of the graph's records.
    hidden
        IRIs of records of the graph that new ones replace.
    """
    by_block: dict[str, list[tuple[str, str]]] = {}
    told: set[tuple[str, str]] = set()
    for key in new:
        others = by_block.get(key.block)
        if others is None:
            known = index.sharing(rule.name, key.block)
            others = by_block[key.block] = [(t, iri) for t, iri in known if iri not in hidden]
        for text, iri in others:
            pair = key.iri, iri
            if iri != key.iri and pair not in told and rule.alike(key.text, text):
                told.add(pair)
                yield pair
        others.append((key.text, key.iri))
