"""What a column offers: the names, in one language, of all that its cells may refer to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from zsgraph.findings import Message
from zsgraph.headings import read_header
from zsgraph.knowledge import Knowledge
from zsgraph.labels import local_name
from zsgraph.namespaces import RDFS, SKOS, XSD
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.records import SEPARATOR, index_tables, path_of
from zsgraph.resolve import Resolver, qualified
from zsgraph.schema import Column, Schema, Table
from zsgraph.sheets import read_rows
from zsgraph.terms import Triple, iri_value, literal_parts

_PREFERRED: Final = SKOS + "prefLabel"
_LABELS: Final = (f"<{_PREFERRED}>", f"<{RDFS}label>")
_YES_NO: Final = (Message("是", "yes"), Message("否", "no"))


class Catalogue:
    """All records, concepts and classes, with what they are called in each language.

    Parameters
    ----------
    knowledge
        Ontology, concept schemes and records; no graph needs to be built.
    schema
        The tables.

    Raises
    ------
    KnowledgeError
        If a file of the ontology or the records cannot be used.
    """

    def __init__(self, knowledge: Knowledge, schema: Schema) -> None:
        triples = [*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)]
        self._vocabulary = vocabulary(triples)
        self._resolver = Resolver(self._vocabulary)
        index_tables(schema, knowledge.data, self._resolver)
        self._tables = schema.tables
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._members: dict[str, list[str]] = defaultdict(list)
        self._gather(triples)
        for table in schema.tables.values():
            self._gather_records(table, knowledge)

    def name(self, iri: str, language: str) -> str:
        """Return what a resource is called in a language, else in Chinese, else its local name."""
        labels = self._labels.get(iri, {})
        return labels.get(language) or labels.get("zh") or local_name(iri)

    def table_of(self, cls: str) -> Table | None:
        """Return the table whose records are the instances of a class, if there is one."""
        return next((table for table in self._tables.values() if table.target == cls), None)

    def resources(self, column: Column) -> list[str]:
        """Return the IRIs to which a cell of a pick-list or reference may refer."""
        if column.choices:
            return list(column.choices)
        if not column.reference:
            return []
        classes = self._vocabulary.below(column.reference)
        known = (iri for cls in self._members if cls in classes for iri in self._members[cls])
        return list(dict.fromkeys(known))

    def options(self, column: Column, language: str) -> list[str]:
        """Return what a cell may hold, in the order of the schemes and tables.

        Parameters
        ----------
        column
            A pick-list, a reference or a column of yes and no; other columns offer nothing.
        language
            ``zh`` or ``en``.

        Returns
        -------
        list of str
            Names; where a name means several resources, their ids.
        """
        if column.datatypes:
            only = column.datatypes == (XSD + "boolean",)
            return [word.text(language) for word in _YES_NO] if only else []
        return [self._written(column, iri, language) for iri in self.resources(column)]

    def in_words(self, column: Column, cell: str, language: str) -> str:
        """Return a cell of a record with names in place of ids, as a person would write it."""
        if column.datatypes or column.any_resource:
            word = next((w for w in _YES_NO if cell == w.en), None)
            return word.text(language) if word and self.options(column, language) else cell
        parts = map(str.strip, cell.split(SEPARATOR) if column.multiple else [cell])
        return SEPARATOR.join(self._part_in_words(column, part, language) for part in parts)

    def _part_in_words(self, column: Column, part: str, language: str) -> str:
        meant = self._resolver.meant(column, part)
        return self._written(column, meant[0], language) if len(meant) == 1 else part

    def _written(self, column: Column, iri: str, language: str) -> str:
        name = self.name(iri, language)
        clear = self._resolver.meant(column, name) == [iri] and name == name.strip()
        if clear and not (column.multiple and SEPARATOR in name):
            return name
        short = local_name(iri)
        return short if self._resolver.meant(column, short) == [iri] else qualified(iri)

    def _gather(self, triples: Iterable[Triple]) -> None:
        for subject, predicate, obj in triples:
            if predicate in _LABELS:
                text, _, language = literal_parts(obj)
                self._labels[iri_value(subject)].setdefault(language, text)
        for iri, classes in self._vocabulary.types.items():
            for cls in classes:
                self._members[cls].append(iri)

    def _gather_records(self, table: Table, knowledge: Knowledge) -> None:
        for identifier, cells in cells_by_id(table, knowledge):
            iri = table.base + identifier
            self._members[table.target].append(iri)
            for column in table.columns:
                name = cells.get(column.name, "")
                if column.path == _PREFERRED and column.language and name:
                    self._labels[iri][column.language] = name


def cells_by_id(table: Table, knowledge: Knowledge) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the id of each record of a table and its cells by column name, as they are written.

    Faults are passed over; a build tells them.
    """
    path = path_of(table, knowledge.data)
    rows = read_rows(path, lambda _: None)
    first = next(rows, None)
    header = read_header(table, path.name, first, lambda _: None) if first else None
    if header is None or header.id_place is None:
        return
    places = {
        column.name: place
        for column, place in zip(table.columns, header.places, strict=True)
        if place is not None
    }
    for row in rows:
        identifier = row.cells[header.id_place].strip()
        if identifier:
            yield identifier, {name: row.cells[place].strip() for name, place in places.items()}
