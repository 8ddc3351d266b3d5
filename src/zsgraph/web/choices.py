"""What a parameter of a query may be, for a form: dates, numbers, or things in their hierarchy."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import GRAPH_INFERRED, RDF, SKOS, XSD
from zsgraph.queries import Parameter
from zsgraph.resolve import qualified
from zsgraph.web.served import Served

#: So many things are listed in a drop-down; of more, the reader types a part of the name.
LISTED: Final = 160
_INPUTS: Final = {
    XSD + "date": "date",
    XSD + "integer": "number",
    XSD + "decimal": "number",
    XSD + "gYear": "number",
}
_TYPE: Final = ox.NamedNode(RDF + "type")
_BROADER: Final = ox.NamedNode(SKOS + "broader")


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing to choose: what it is called, what stands in the address, and how deep it lies."""

    iri: str
    label: str
    value: str
    depth: int


def input_type(parameter: Parameter) -> str:
    """Return the type of the HTML input for a value that is no thing; empty where it is one."""
    if not parameter.type.startswith(XSD):
        return ""
    return _INPUTS.get(parameter.type, "text")


def choices(served: Served, cls: str, language: str) -> list[Choice]:
    """Return the things of a class in their hierarchy, each below what it is part of.

    Things are ordered by their IRIs, in which codes stand; one that lies below several stands
    below the first.

    Parameters
    ----------
    served
        The graph.
    cls
        IRI of the class.
    language
        ``zh`` or ``en``.
    """
    key = f"choices {cls} {language}"
    if key not in served.kept:
        served.kept[key] = _choices(served, cls, language)
    kept: list[Choice] = served.kept[key]  # type: ignore[assignment]
    return kept


def parent_path(served: Served, cls: str) -> str:
    """Return the property that leads from a thing of a class to the one that it lies below.

    It is the column of the class's table that names a record of the same table, else
    ``skos:broader``.
    """
    for table in served.schema.tables.values():
        if table.target == cls:
            own = [column.path for column in table.columns if column.reference == cls]
            if own:
                return own[0]
    return _BROADER.value


def _choices(served: Served, cls: str, language: str) -> list[Choice]:
    store = served.graph.store
    quads = store.quads_for_pattern(None, _TYPE, ox.NamedNode(cls), None)
    members = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    labels = labels_of(store, members, language)
    repeated = {name for name, times in Counter(labels.values()).items() if times > 1}
    below: dict[str, list[str]] = defaultdict(list)
    above = ox.NamedNode(parent_path(served, cls))
    for member in sorted(members):
        below[_parent(store, member, above, members)].append(member)

    def walk(parent: str, depth: int) -> Iterator[Choice]:
        for member in below[parent]:
            label = labels.get(member) or local_name(member)
            value = qualified(member) if label in repeated else label
            yield Choice(member, label, value, depth)
            yield from walk(member, depth + 1)

    return list(walk("", 0))


def _parent(store: ox.Store, member: str, above: ox.NamedNode, members: set[str]) -> str:
    """Return what a thing was put below; empty at the top."""
    stated = sorted(
        quad.object.value
        for quad in store.quads_for_pattern(ox.NamedNode(member), above, None, None)
        if isinstance(quad.object, ox.NamedNode)
        and quad.graph_name != ox.NamedNode(GRAPH_INFERRED)
        and quad.object.value in members
        and quad.object.value != member
    )
    return stated[0] if stated else ""
