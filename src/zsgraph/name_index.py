"""The names of all records, indexed beside the store, so that a name is found without reading all.

A built graph has the file ``names.sqlite``: which records there are, what they are called, and by
what they might be taken for one another.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zsgraph.errors import GraphMissingError
from zsgraph.names import folded
from zsgraph.terms import Triple, iri_value, is_literal, literal_parts

FILE: Final = "names.sqlite"
_TABLES: Final = """
CREATE TABLE records (iri TEXT PRIMARY KEY, id TEXT NOT NULL, class TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE names (class TEXT, label TEXT, folded TEXT, iri TEXT);
CREATE TABLE keys (rule TEXT, block TEXT, text TEXT, iri TEXT);
"""
_INDEXES: Final = """
CREATE INDEX records_by_id ON records (id);
CREATE INDEX names_by_label ON names (label);
CREATE INDEX names_by_folded ON names (folded);
CREATE INDEX names_by_iri ON names (iri);
CREATE INDEX keys_by_block ON keys (rule, block);
CREATE INDEX keys_by_iri ON keys (iri);
"""


@dataclass(frozen=True, slots=True)
class Key:
    """By what a record might be taken for another (see :mod:`zsgraph.validation.likeness`).

    Attributes
    ----------
    rule
        Name of the rule.
    block
        Records of different blocks are not compared.
    text
        What is compared within a block; empty where sharing the block is enough.
    iri
        The record.
    """

    rule: str
    block: str
    text: str
    iri: str


class NameIndex:
    """Looks names up in the index of a built graph.

    Parameters
    ----------
    folder
        Folder of the built graph.

    Raises
    ------
    GraphMissingError
        If the graph has no index, since an earlier version built it.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / FILE).is_file():
            raise GraphMissingError(
                "现有的图是旧版本建的，没有名称索引。请运行 zsgraph build 重建。",
                "The graph was built by an earlier version and has no index of names. Run zsgraph "
                "build to renew it.",
            )
        uri = f"file:{folder / FILE}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def class_of(self, iri: str) -> str | None:
        """Return the class of the table that a record stands in, None if there is no such."""
        row = self._database.execute("SELECT class FROM records WHERE iri = ?", (iri,)).fetchone()
        return row[0] if row else None

    def with_id(self, identifier: str) -> list[tuple[str, str]]:
        """Return IRI and class of the records that have an id, over all tables."""
        query = "SELECT iri, class FROM records WHERE id = ? ORDER BY iri"
        return self._database.execute(query, (identifier,)).fetchall()

    def ids_near(
        self, text: str, classes: Collection[str] | None = None, count: int = 30
    ) -> list[str]:
        """Return the ids of some classes, or all, that stand next to a text in their order."""
        marks = ",".join("?" * len(classes or ()))
        which = "" if classes is None else f"AND class IN ({marks})"
        found = [
            identifier
            for compared, order in ((">=", "ASC"), ("<", "DESC"))
            for (identifier,) in self._database.execute(
                f"SELECT id FROM records WHERE id {compared} ? {which} ORDER BY id {order} LIMIT ?",
                (text, *(classes or ()), count),
            )
        ]
        return list(dict.fromkeys(found))

    def holds(self, classes: Collection[str]) -> bool:
        """Tell whether there is a record of some classes."""
        marks = ",".join("?" * len(classes))
        query = f"SELECT 1 FROM records WHERE class IN ({marks}) LIMIT 1"
        return self._database.execute(query, [*classes]).fetchone() is not None

    def named(self, label: str) -> list[tuple[str, str]]:
        """Return IRI and class of the records that have exactly this name."""
        query = "SELECT DISTINCT iri, class FROM names WHERE label = ? ORDER BY iri"
        return self._database.execute(query, (label,)).fetchall()

    def names_of(self, iri: str) -> list[str]:
        """Return the names of a record, the preferred one first."""
        query = "SELECT label FROM names WHERE iri = ? ORDER BY rowid"
        return [label for (label,) in self._database.execute(query, (iri,))]

    def labels(self, classes: Collection[str] | None = None) -> list[tuple[str, str]]:
        """Return all names of the records of some classes, or all, each with its folded form."""
        query = "SELECT DISTINCT label, folded FROM names"
        if classes is None:
            return self._database.execute(query).fetchall()
        marks = ",".join("?" * len(classes))
        return self._database.execute(f"{query} WHERE class IN ({marks})", [*classes]).fetchall()

    def sharing(self, rule: str, block: str) -> list[tuple[str, str]]:
        """Return text and IRI of the records in a block of a rule."""
        query = "SELECT text, iri FROM keys WHERE rule = ? AND block = ? ORDER BY iri"
        return self._database.execute(query, (rule, block)).fetchall()

    def keys_of(self, rule: str, iri: str) -> list[tuple[str, str]]:
        """Return block and text of a record's keys for a rule."""
        query = "SELECT block, text FROM keys WHERE rule = ? AND iri = ?"
        return self._database.execute(query, (rule, iri)).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def write_names(
    folder: Path,
    records: Iterable[tuple[str, str]],
    names: Iterable[tuple[str, str, str]],
    keys: Iterable[Key],
) -> None:
    """Write the index of a graph that is being built.

    Parameters
    ----------
    folder
        Folder of the graph.
    records
        IRI and class of each record.
    names
        Class, label and IRI for each name of a record, preferred ones first.
    keys
        By what records might be taken for one another.
    """
    database = sqlite3.connect(folder / FILE)
    try:
        database.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;" + _TABLES)
        rows = ((iri, iri.rpartition("/")[2], cls) for iri, cls in records)
        database.executemany("INSERT OR IGNORE INTO records VALUES (?, ?, ?)", rows)
        database.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?)",
            ((cls, label, folded(label), iri) for cls, label, iri in names),
        )
        database.executemany(
            "INSERT INTO keys VALUES (?, ?, ?, ?)",
            ((key.rule, key.block, key.text, key.iri) for key in keys),
        )
        database.executescript(_INDEXES)
        database.commit()
    finally:
        database.close()


def names_in(
    triples: Iterable[Triple], predicates: Collection[str], cls: str
) -> Iterator[tuple[str, str, str]]:
    """Yield class, label and IRI for each triple whose predicate is one of a label.

    Parameters
    ----------
    triples
        The triples of a table.
    predicates
        The label properties as terms, preferred ones first.
    cls
        IRI of the table's class.
    """
    found: dict[str, list[tuple[str, str]]] = {predicate: [] for predicate in predicates}
    for subject, predicate, obj in triples:
        if predicate in found and is_literal(obj):
            found[predicate].append((literal_parts(obj)[0], iri_value(subject)))
    for pairs in found.values():
        yield from ((cls, label, iri) for label, iri in pairs)
