"""What kind of values a column of an answer holds, so that tables elsewhere get real types."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from zsgraph.namespaces import XSD
from zsgraph.queries import ColumnHead
from zsgraph.values import value_of

#: Kinds of columns: what Python type all values of a column are of.
KINDS: Final = (
    "resource", "list", "integer", "number", "boolean", "date", "datetime", "text",
)  # fmt: skip
_BY_TYPE: Final = {
    "Resource": "resource",
    "int": "integer",
    "float": "number",
    "Decimal": "number",
    "bool": "boolean",
    "date": "date",
    "datetime": "datetime",
}
#: Kinds that, found together, are held by a wider one.
_WIDER: Final = {frozenset(("integer", "number")): "number"}


def kind_of(column: ColumnHead, terms: Iterable[object]) -> str:
    """Return the kind of a column: one of :data:`KINDS`; ``text`` where its values differ in kind.

    Parameters
    ----------
    column
        The column's head.
    terms
        The terms in it; those that are None say nothing.
    """
    if column.list_of:
        return "list"
    found = {_kind(term) for term in terms if term is not None}
    if len(found) == 1:
        return found.pop()
    return _WIDER.get(frozenset(found), "text")


def _kind(term: object) -> str:
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "string":
        return "text"
    return _BY_TYPE.get(type(value_of(term)).__name__, "text")
