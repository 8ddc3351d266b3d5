"""Whether the ontology declares what the shapes name: a misspelt target would check nothing."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from zsgraph.namespaces import OWL, RDF, RDFS, SKOS, shorten
from zsgraph.schema import Schema
from zsgraph.shape_graph import shape_fault

#: Namespaces whose terms no ontology need declare.
_STANDARD: Final = (RDF, RDFS, OWL, SKOS)


def check_targets(schema: Schema, classes: Collection[str], declared: Collection[str]) -> None:
    """Check that the ontology declares what the shapes name.

    Parameters
    ----------
    schema
        The shapes, as tables.
    classes
        IRIs of the classes: targets and classes of references must be among them.
    declared
        IRIs of all terms: properties and choices must be among them.

    Raises
    ------
    KnowledgeError
        If one is unknown; the message offers the nearest.
    """
    for table in schema.tables.values():
        _check(table.file, table.shape, table.target, classes)
        for column in table.all_columns:
            _check(table.file, column.shape, column.reference, classes)
            for term in (column.path, *column.choices):
                _check(table.file, column.shape, term, declared)


def _check(path: Path, shape: str, term: str, known: Collection[str]) -> None:
    if not term or term in known or term.startswith(_STANDARD):
        return
    near = [shorten(other) for other in get_close_matches(term, known, 1, 0.6)]
    hint_zh, hint_en = (f"，是不是 {near[0]}", f"; did you mean {near[0]}") if near else ("", "")
    raise shape_fault(
        path,
        f"形状 {shorten(shape)} 用了本体中没有的 {shorten(term)}{hint_zh}",
        f"shape {shorten(shape)} names {shorten(term)}, which the ontology does not have{hint_en}",
    )
