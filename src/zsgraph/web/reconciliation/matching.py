"""Queries of the reconciliation service: which things a name may mean, and how surely.

Standard: Reconciliation Service API 0.2, 4 Reconciliation queries
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.errors import UsageError
from zsgraph.names import folded
from zsgraph.web.reconciliation.entities import (
    Entities,
    Entity,
    entities_of,
    instances,
    names_of,
    short,
    whole_id,
    whole_term,
)
from zsgraph.web.served import Served

_LIMIT: Final = 5
_MOST: Final = 50
#: How much of a score the name makes, if properties are given too.
_NAME_SHARE: Final = 0.7
_SURE: Final = 95.0


@dataclass(frozen=True, slots=True)
class _Query:
    name: str
    type: str
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]


def candidates(served: Served, query: Any, language: str) -> list[dict[str, Any]]:
    """Return the candidates of a reconciliation query, the best first.

    Parameters
    ----------
    served
        The graph.
    query
        The query as JSON: ``query``, and perhaps ``type``, ``limit`` and ``properties``.
    language
        ``zh`` or ``en``, for names.

    Raises
    ------
    UsageError
        If the query is malformed.
    """
    asked = _read(query)
    entities = entities_of(served)
    wanted = _instances(served, asked.type) if asked.type else None
    found = _by_id(entities, asked, wanted)
    if found is None:
        likely = list(islice(entities.alike(asked.name, wanted), _MOST))
        found = sorted(
            ((_score(served, entity, asked), entity) for entity in likely),
            key=lambda pair: (-pair[0], pair[1].iri),
        )
    best = found[: asked.limit]
    sure = [entity.iri for score, entity in found if score >= _SURE]
    mentioned = {value for _, entity in best for value in (entity.iri, entity.type)}
    names = names_of(served.graph, mentioned, language)
    return [
        {
            "id": short(entity.iri),
            "name": names[entity.iri],
            "type": [{"id": short(entity.type), "name": names[entity.type]}],
            "score": round(score, 2),
            "match": sure == [entity.iri],
            "features": [{"id": "name", "value": entity.score}],
        }
        for score, entity in best
    ]


def _instances(served: Served, cls: str) -> set[str]:
    """Return the instances of a class; a batch asks for the same ones again and again."""
    key = f"instances of {cls}"
    known = served.kept.get(key)
    if isinstance(known, set):
        return known
    found = instances(served.graph, cls)
    if found:  # what is no class of ours is not kept
        served.kept[key] = found
    return found


def _by_id(
    entities: Entities, asked: _Query, wanted: set[str] | None
) -> list[tuple[float, Entity]] | None:
    """Return the thing whose id is written in place of a name."""
    thing = whole_id(asked.name.strip())
    if thing not in entities.types or (wanted is not None and thing not in wanted):
        return None
    return [(100.0, Entity(thing, entities.types[thing], 100.0))]


def _score(served: Served, entity: Entity, asked: _Query) -> float:
    if not asked.properties:
        return entity.score
    held = sum(
        any(_holds(served, entity.iri, predicate, value) for value in values)
        for predicate, values in asked.properties
    )
    return entity.score * _NAME_SHARE + 100 * (1 - _NAME_SHARE) * held / len(asked.properties)


def _holds(served: Served, thing: str, predicate: str, value: str) -> bool:
    """Tell whether a thing has a property with a value, given by text or by id."""
    store = served.graph.store
    wanted, whole = folded(value), whole_id(value)
    quads = store.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(predicate), None, None)
    for quad in quads:
        term = quad.object
        if isinstance(term, ox.Literal) and folded(term.value) == wanted:
            return True
        if isinstance(term, ox.NamedNode):
            if term.value == whole:
                return True
            names = (
                names_of(served.graph, [term.value], "zh"),
                names_of(served.graph, [term.value], "en"),
            )
            if any(folded(name[term.value]) == wanted for name in names):
                return True
    return False


def _read(query: Any) -> _Query:
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise UsageError(
            "每个查询应当是带有 query 的对象。", "Each query is an object with “query”."
        )
    kinds = query.get("type") or ""
    kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
    limit = query.get("limit", _LIMIT)
    properties = query.get("properties") or []
    if (
        not isinstance(kind, str)
        or not isinstance(limit, int)
        or limit < 1
        or not isinstance(properties, list)
    ):
        raise UsageError(
            "type、limit 或 properties 的形式不对。", "type, limit or properties is malformed."
        )
    try:
        term = ox.NamedNode(whole_term(kind)).value if kind else ""
        given = tuple(_property(item) for item in properties)
    except ValueError:
        raise UsageError("type 或 pid 不是编号。", "A type or pid is no id.") from None
    return _Query(query.get("query", ""), term, min(limit, _MOST), given)


def _property(item: Any) -> tuple[str, tuple[str, ...]]:
    if not isinstance(item, dict) or not isinstance(item.get("pid"), str):
        raise UsageError("每个 properties 应当有 pid 和 v。", "Each property has pid and v.")
    values = item.get("v")
    texts = []
    for value in values if isinstance(values, list) else [values]:
        text = value.get("id") if isinstance(value, dict) else value
        texts.append("" if text is None else str(text))
    return ox.NamedNode(whole_term(item["pid"])).value, tuple(texts)
