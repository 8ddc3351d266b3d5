"""RDF terms as values of Python, and values of Python as terms.

Standard: XML Schema Definition Language 1.1 Part 2, Datatypes
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Self

import pyoxigraph as ox

from zsgraph.errors import UsageError
from zsgraph.labels import local_name
from zsgraph.namespaces import PREFIXES, XSD
from zsgraph.terms import Term, iri, literal

_INTEGERS: Final = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
    "unsignedByte", "gYear",
)  # fmt: skip


class Resource(str):
    """A thing of the graph: its IRI, as text, with what people call it.

    Parameters
    ----------
    value
        The IRI, or a name with one of the known prefixes such as ``skos:Concept``.
    label
        What it is called; by default the end of its IRI.

    Examples
    --------
    >>> thing = Resource("skos:Concept", "概念")
    >>> thing
    Resource('http://www.w3.org/2004/02/skos/core#Concept', '概念')
    >>> thing.label, thing.id
    ('概念', 'Concept')
    >>> thing == "http://www.w3.org/2004/02/skos/core#Concept"
    True
    """

    __slots__ = ("label",)
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        prefix, colon, rest = value.partition(":")
        if colon and prefix in PREFIXES and not rest.startswith("//"):
            value = PREFIXES[prefix] + rest
        made = super().__new__(cls, value)
        made.label = label or local_name(value)
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self.label)

    @property
    def id(self) -> str:
        """The end of the IRI: a record's id or a term's name."""
        return local_name(self)

    def __repr__(self) -> str:
        return f"Resource({str(self)!r}, {self.label!r})"


def value_of(term: object, label: Callable[[str], str] = local_name) -> Any:
    """Return a term of the engine as a value of Python.

    Parameters
    ----------
    term
        A term, or None.
    label
        Gives the label of an IRI.

    Returns
    -------
    Resource, str, int, float, Decimal, bool, date, datetime or None
        A literal whose form its datatype does not allow, or that Python cannot hold, stays text.
    """
    if isinstance(term, ox.NamedNode):
        return Resource(term.value, label(term.value))
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    reader = _READERS.get(term.datatype.value)
    if reader is None:
        return term.value
    try:
        return reader(term.value)
    except (ValueError, InvalidOperation):
        return term.value


def term_of(value: object) -> Term:
    """Return a value of Python as a term in N-Triples syntax.

    Parameters
    ----------
    value
        A :class:`Resource` or a term of rdflib or pyoxigraph stays what it is; text becomes a
        string, numbers, truth values and dates become typed literals.

    Raises
    ------
    UsageError
        If it is something else, or no IRI.
    """
    try:
        return _term_of(value)
    except ValueError:
        raise UsageError(f"“{value}”不是 IRI。", f"“{value}” is no IRI.") from None


def _term_of(value: object) -> Term:
    if isinstance(value, ox.NamedNode | ox.Literal):
        return str(value)
    if isinstance(value, Resource):
        return iri(value)
    if type(value).__module__.startswith("rdflib."):
        return _rdflib_term(value)
    if isinstance(value, str):
        return literal(value)
    for kind, datatype, form in _WRITERS:
        if isinstance(value, kind):
            return literal(form(value), XSD + datatype)
    raise UsageError(
        f"{value!r}（{type(value).__name__}）不能作为 RDF 项。请用文字、数、日期或 Resource。",
        f"{value!r}, a {type(value).__name__}, is no RDF term. Give text, a number, a date or a "
        "Resource.",
    )


def _rdflib_term(value: Any) -> Term:
    from rdflib import Literal, URIRef

    if isinstance(value, URIRef):
        return iri(str(value))
    if isinstance(value, Literal):
        return literal(str(value), str(value.datatype or ""), value.language or "")
    raise UsageError("空节点不能绑定。", "A blank node cannot be bound.")


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10] if text[10:] else text)


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": _boolean,
    XSD + "date": _date,
    XSD + "dateTime": dt.datetime.fromisoformat,
    **{XSD + name: int for name in _INTEGERS},
}
_NOT_FINITE: Final = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
#: Narrower kinds first: a truth value is an int to Python, a datetime a date.
_WRITERS: Final[tuple[tuple[type, str, Callable[[Any], str]], ...]] = (
    (bool, "boolean", lambda value: str(value).lower()),
    (int, "integer", str),
    (float, "double", lambda value: _NOT_FINITE.get(str(value), repr(value))),
    (Decimal, "decimal", lambda value: format(value, "f")),
    (dt.datetime, "dateTime", lambda value: value.isoformat()),
    (dt.date, "date", lambda value: value.isoformat()),
)
