"""Parsing every query of the knowledge before a graph is built of it."""

from pathlib import Path

import pyoxigraph as ox

from zsgraph.namespaces import PREFIXES
from zsgraph.query_header import read_query_file
from zsgraph.sparql.faults import in_file, syntax_error
from zsgraph.store import ask


def check_syntax(folder: Path) -> None:
    """Check that every query file below a folder can be parsed.

    Parameters
    ----------
    folder
        Folder of ``.rq`` files, in folders of any depth.

    Raises
    ------
    KnowledgeError
        If a header is not YAML or a query is not SPARQL; the message names file, line and column.
    """
    empty = ox.Store()
    for path in sorted(folder.rglob("*.rq")):
        file = read_query_file(path)
        try:
            ask(empty, file.text)
        except SyntaxError as error:
            raise in_file(path, syntax_error(file.text, str(error), PREFIXES)) from None
