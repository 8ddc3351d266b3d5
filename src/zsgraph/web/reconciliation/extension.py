"""Data for matched things: the values of chosen properties, for new columns of a spreadsheet.

Standard: Reconciliation Service API 0.2, 6 Data extension
"""

from typing import Any, Final

import pyoxigraph as ox

from zsgraph.errors import UsageError
from zsgraph.namespaces import XSD
from zsgraph.web.reconciliation.entities import names_of, short, whole_id, whole_term
from zsgraph.web.served import Served

_MOST_IDS: Final = 2000
_MOST_PROPERTIES: Final = 50


def extend(served: Served, request: Any, language: str) -> dict[str, Any]:
    """Return the values of properties of things.

    Parameters
    ----------
    served
        The graph.
    request
        As JSON: ``ids`` and ``properties``.
    language
        ``zh`` or ``en``, for names.

    Raises
    ------
    UsageError
        If the request is malformed or too large.
    """
    ids, properties = _read(request)
    names = names_of(served.graph, [whole_term(name) for name in properties], language)
    return {
        "meta": [{"id": name, "name": names[whole_term(name)]} for name in properties],
        "rows": {
            thing: {name: _values(served, thing, name, language) for name in properties}
            for thing in ids
        },
    }


def _values(served: Served, thing: str, name: str, language: str) -> list[dict[str, Any]]:
    subject, predicate = ox.NamedNode(whole_id(thing)), ox.NamedNode(whole_term(name))
    quads = served.graph.store.quads_for_pattern(subject, predicate, None, None)
    terms = sorted({quad.object for quad in quads}, key=str)
    resources = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    labels = names_of(served.graph, resources, language)
    return [_cell(term, labels) for term in terms]


def _cell(
    term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple, labels: dict[str, str]
) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"id": short(term.value), "name": labels[term.value]}
    if not isinstance(term, ox.Literal):
        return {"str": str(term)}
    kind = term.datatype.value
    if kind == XSD + "integer":
        return {"int": int(term.value)}
    if kind in (XSD + "decimal", XSD + "double"):
        return {"float": float(term.value)}
    if kind == XSD + "boolean":
        return {"bool": term.value in ("true", "1")}
    return {"date": term.value} if kind == XSD + "date" else {"str": term.value}


def _read(request: Any) -> tuple[list[str], list[str]]:
    if not isinstance(request, dict):
        raise _malformed()
    ids, properties = request.get("ids"), request.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise _malformed()
    names = [str(item.get("id", "")) if isinstance(item, dict) else "" for item in properties]
    if len(ids) > _MOST_IDS or len(names) > _MOST_PROPERTIES:
        raise UsageError(
            f"一次最多 {_MOST_IDS} 个编号、{_MOST_PROPERTIES} 个属性。",
            f"At most {_MOST_IDS} ids and {_MOST_PROPERTIES} properties at a time.",
        )
    try:
        for text in (*map(whole_id, ids), *map(whole_term, names)):
            ox.NamedNode(text)
    except (TypeError, ValueError):
        raise _malformed() from None
    return ids, names


def _malformed() -> UsageError:
    return UsageError(
        "extend 应当有 ids 和 properties 两个列表。", "extend has two lists, ids and properties."
    )
