"""RDF terms as the text of a cell: the way back from :mod:`zsgraph.records`."""

from collections.abc import Iterable
from typing import Final

from zsgraph.labels import local_name
from zsgraph.namespaces import XSD
from zsgraph.records import SEPARATOR
from zsgraph.resolve import Resolver, qualified
from zsgraph.schema import Column
from zsgraph.terms import Term, iri_value, is_literal, literal_parts

_BOOLEANS: Final = {"true": "yes", "false": "no", "1": "yes", "0": "no"}


def cell_text(column: Column, terms: Iterable[Term], resolver: Resolver | None = None) -> str:
    """Return the text that stands for the values of a column, as the records write it.

    Parameters
    ----------
    column
        The column.
    terms
        Its values.  A reference becomes an id, with its folder where the column may name
        anything; several values are parted by semicolons.
    resolver
        Where it is given, an id that would be ambiguous has its folder too.
    """
    return SEPARATOR.join(_text(column, term, resolver) for term in terms)


def _text(column: Column, term: Term, resolver: Resolver | None) -> str:
    if is_literal(term):
        text, datatype, _ = literal_parts(term)
        return _BOOLEANS.get(text, text) if datatype == XSD + "boolean" else text
    iri = iri_value(term)
    name = local_name(iri)
    if column.any_resource or (resolver and resolver.meant(column, name) != [iri]):
        return qualified(iri)
    return name
