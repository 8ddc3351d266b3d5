"""What was read from the queries that check records, kept beside the store of a graph.

Reading the algebra of a query takes longer than asking it, so a build does it once for each text.
"""

import hashlib
import json
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final

from zsgraph.errors import KnowledgeError
from zsgraph.namespaces import PREFIXES
from zsgraph.query_header import QueryFile, read_query_file
from zsgraph.sparql.faults import in_file, syntax_error
from zsgraph.validation.likeness import FOLDER as LIKENESS
from zsgraph.validation.patterns import Alternatives, Pattern

FILE: Final = "queries.json"
VERIFY: Final = "verify"


class QueryCache:
    """Reads query files, with their patterns, from what a build kept where that still holds.

    Parameters
    ----------
    folder
        Folder of the built graph; without the file nothing is kept.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        self._kept: dict[str, Any] = {}
        if path.is_file():
            self._kept = json.loads(path.read_text(encoding="utf-8"))

    def read(self, path: Path) -> tuple[QueryFile, Alternatives]:
        """Return a query file and the patterns of its query.

        Raises
        ------
        KnowledgeError
            If it is no query file.
        """
        text = path.read_text(encoding="utf-8", errors="replace")
        kept = self._kept.get(_mark(text))
        if kept is not None:
            alternatives = [[_pattern(*p) for p in patterns] for patterns in kept["patterns"]]
            return QueryFile(path, kept["header"], text), alternatives
        from zsgraph.validation.query_patterns import patterns_of

        file = read_query_file(path)
        try:
            return file, patterns_of(file.text)
        except SyntaxError as error:
            raise in_file(path, syntax_error(file.text, str(error), PREFIXES)) from None


def write_query_cache(folder: Path, queries: Path, before: Path) -> None:
    """Keep what is read from the queries that check records.

    Parameters
    ----------
    folder
        Folder of the graph that is being built.
    queries
        Folder of the queries.
    before
        Folder of the graph of before; what it kept of the same texts is taken over.
    """
    cache = QueryCache(before)
    kept = {}
    for name in (VERIFY, LIKENESS):
        for path in sorted((queries / name).glob("*.rq")):
            try:
                file, alternatives = cache.read(path)
            except KnowledgeError:  # running the query tells of it, with its place
                continue
            patterns = [[astuple(pattern) for pattern in joined] for joined in alternatives]
            kept[_mark(file.text)] = {"header": file.header, "patterns": patterns}
    (folder / FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _pattern(subject: str, predicates: list[str], obj: str, *flags: bool) -> Pattern:
    return Pattern(subject, tuple(predicates), obj, *flags)
