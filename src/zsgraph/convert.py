"""Records to triples.

Each value of a column is a triple whose property is the column's path.  A record about a triple
(its table has columns for ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``) also asserts the
triple that it is about, so that reasoning sees plain properties.
"""

from collections.abc import Callable, Iterator

from zsgraph.cells import to_literal
from zsgraph.records import Record
from zsgraph.schema import Table
from zsgraph.terms import RDF_TYPE, Triple


def converter(table: Table) -> Callable[[Record], Iterator[Triple]]:
    """Return the function from a record of ``table`` to its triples."""
    properties = [f"<{column.path}>" for column in table.columns]
    target = f"<{table.target}>"
    reified = table.reified
    id_column = table.id_column
    id_property = f"<{id_column.path}>" if id_column else ""

    def triples(record: Record) -> Iterator[Triple]:
        subject = record.subject
        yield subject, RDF_TYPE, target
        if id_column:
            notation = to_literal(record.id, id_column.datatypes, id_column.language)
            if notation is not None:
                yield subject, id_property, notation
        for predicate, values in zip(properties, record.values, strict=True):
            for value in values:
                yield subject, predicate, value
        if reified:
            about, relation, other = (record.values[place] for place in reified)
            if about and relation and other:
                yield about[0], relation[0], other[0]

    return triples
