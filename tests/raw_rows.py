"""Rows as RDF, made without the project's reader: what is wrong in a cell stays wrong.

A word for yes or no is turned into a boolean and a name into the resource that it names; all else
goes into the graph as it was written, for a SHACL engine to judge.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from zsgraph.schema import Column, Table

_FORMS = {
    XSD.date: r"\d{4}-\d\d-\d\d",
    XSD.gYearMonth: r"\d{4}-(0[1-9]|1[0-2])",
    XSD.gYear: r"\d{4}",
}
_WORDS = {"是": "true", "yes": "true", "否": "false", "no": "false"}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)

Fact = tuple[Node, Node, Node]


class RawRows:
    """Turns rows into triples.

    Parameters
    ----------
    graph
        Everything that is registered, by whose ids and names the cells refer.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._named: dict[str, set[Node]] = defaultdict(set)
        for label in (SKOS.prefLabel, SKOS.altLabel, RDFS.label):
            for subject, name in graph.subject_objects(label):
                self._named[str(name)].add(subject)
        for subject in set(graph.subjects(RDF.type)):
            parts = re.split("[/#]", str(subject))
            self._named[parts[-1]].add(subject)
            self._named["/".join(parts[-2:])].add(subject)

    def triples(self, path: Path, table: Table) -> Iterator[tuple[int, Node, list[Fact]]]:
        """Return row number, subject and triples of each row of a CSV file with machine names."""
        with path.open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                # Rows without an id are told apart by their numbers.
                subject = URIRef(table.base + quote(row["id"] or f" {path.stem} {number}"))
                facts: list[Fact] = [(subject, RDF.type, URIRef(table.target))]
                for column in table.all_columns:
                    for value in self._values(column, row.get(column.name, "")):
                        facts.append((subject, URIRef(column.path), value))
                yield number, subject, facts

    def register(self, path: Path, table: Table) -> None:
        """Make the records of a file known by their ids."""
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                self._named[row["id"]].add(URIRef(table.base + quote(row["id"])))

    def _values(self, column: Column, cell: str) -> list[Node]:
        if not cell:
            return []
        if not column.datatypes:
            return [self._resource(column, part) for part in cell.split(";")]
        texts = cell.split(";") if column.multiple else [cell]
        return [_literal(column, text) for text in texts]

    def _resource(self, column: Column, text: str) -> Node:
        found = self._named.get(text, set())
        right = [
            node
            for node in found
            if column.any_resource
            or str(node) in column.choices
            or (node, RDF.type, URIRef(column.reference)) in self._graph
        ]
        chosen = sorted(right or found)
        if chosen:
            return chosen[0]
        return Literal(text) if column.any_resource else URIRef(f"urn:x-unknown:{quote(text)}")


def _literal(column: Column, text: str) -> Literal:
    if column.language:
        return Literal(text, lang=column.language)
    datatypes = [URIRef(datatype) for datatype in column.datatypes]
    if len(datatypes) > 1:
        fitting = [d for d in datatypes if re.fullmatch(_FORMS[d], text, re.ASCII)]
        return Literal(text, datatype=fitting[0]) if fitting else Literal(text)
    (datatype,) = datatypes
    if datatype == XSD.boolean:
        text = _WORDS.get(text, text)
    # Python takes other digits than 0 to 9 for a number, XML Schema does not.
    if datatype == XSD.decimal and not _NUMBER.fullmatch(text):
        return Literal(text)
    return Literal(text, datatype=datatype, normalize=False)
