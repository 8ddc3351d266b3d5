"""The addresses of the reconciliation service.

Standard: Reconciliation Service API 0.2
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from zsgraph.errors import UsageError
from zsgraph.namespaces import ID, ZS
from zsgraph.web.negotiation import language
from zsgraph.web.problems import ProblemError
from zsgraph.web.reconciliation.entities import (
    entities_of,
    named_columns,
    names_of,
    short,
    whole_id,
    whole_term,
)
from zsgraph.web.reconciliation.extension import extend
from zsgraph.web.reconciliation.matching import candidates
from zsgraph.web.rendering import page
from zsgraph.web.served import Served
from zsgraph.web.things import Thing, thing

VERSIONS: Final = ["0.2"]
_MOST_QUERIES: Final = 200
_SUGGESTED: Final = 20
_PREVIEWED: Final = 6
_FRAMED: Final = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors *"


async def service(request: Request) -> Response:
    """Tell what the service offers, match names, or extend data."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    fields = await _fields(request)
    if "queries" in fields:
        return await _in_thread(request, partial(_match, served, fields["queries"], spoken))
    if "extend" in fields:
        asked = _json(fields["extend"], "extend")
        return await _in_thread(request, partial(extend, served, asked, spoken))
    if request.method == "POST":
        raise UsageError("请求中没有 queries 或 extend。", "There is no queries and no extend.")
    return await _in_thread(request, partial(manifest, served, _base(request), spoken))


def manifest(served: Served, base: str, spoken: str) -> dict[str, Any]:
    """Return what the service offers, and where."""
    tables = entities_of(served).tables
    title = {"zh": "zsgraph 中试平台知识图谱", "en": "zsgraph, pilot platforms of China"}[spoken]

    def place(path: str) -> dict[str, str]:
        return {"service_url": base, "service_path": path}

    def suggest(kind: str) -> dict[str, str]:
        flyout = f"/reconcile/flyout/{kind}?id=${{id}}"
        return place(f"/reconcile/suggest/{kind}") | {"flyout_service_path": flyout}

    return {
        "versions": VERSIONS,
        "name": title,
        "identifierSpace": ID,
        "schemaSpace": ZS,
        "documentation": f"{base}/api",
        "logo": f"{base}/static/icon.svg",
        "defaultTypes": [
            {"id": short(table.target), "name": table.label.text(spoken)}
            for table in tables.values()
        ],
        "view": {"url": f"{base}/reconcile/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{base}/reconcile/preview?id={{{{id}}}}&lang={spoken}",
            "width": 420,
            "height": 300,
        },
        "suggest": {kind: suggest(kind) for kind in ("entity", "type", "property")},
        "extend": {"propose_properties": place("/reconcile/properties"), "property_settings": []},
        "batchSize": _MOST_QUERIES,
    }


async def suggestions(request: Request) -> Response:
    """Offer things, types or properties whose name holds what was typed so far."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    prefix = request.query_params.get("prefix", "")
    cursor = request.query_params.get("cursor", "0")
    start = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
    kinds = {"entity": _entities, "type": _types, "property": _properties}
    kind = kinds.get(request.path_params["kind"])
    if kind is None:
        raise ProblemError(404, "没有这种建议。", "There is no such suggestion.")

    def result() -> dict[str, Any]:
        return {"result": list(islice(kind(served, prefix, spoken), start, start + _SUGGESTED))}

    return await _in_thread(request, result)


async def properties(request: Request) -> Response:
    """Propose properties of a type, by which data can be extended."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    kind = request.query_params.get("type", "")
    limit = request.query_params.get("limit", "")
    most = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 9 else None
    table = entities_of(served).tables.get(whole_term(kind))
    offered = [
        {"id": short(column.path), "name": column.heading.text(spoken)}
        for column in (named_columns(table) if table else [])
    ]
    body = {"type": kind, "properties": offered[:most]}
    return JSONResponse(body | ({"limit": most} if most is not None else {}))


async def flyout(request: Request) -> Response:
    """Tell in a few words what a suggested thing, type or property is."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    text = request.query_params.get("id", "")
    is_entity = request.path_params["kind"] == "entity"
    found = _thing(served, whole_id(text) if is_entity else whole_term(text), spoken)
    facts = "".join(
        f"<dt>{escape(found.name(predicate))}</dt><dd>{escape(value)}</dd>"
        for predicate, value in _telling(found)
    )
    html = f"<p><strong>{escape(found.label)}</strong></p><dl>{facts}</dl>"
    return JSONResponse({"id": text, "html": html})


async def preview(request: Request) -> Response:
    """Show a thing in a small frame."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    found = _thing(served, whole_id(request.query_params.get("id", "")), spoken)
    facts = [(found.name(predicate), value) for predicate, value in _telling(found)]
    headers = {"Content-Security-Policy": _FRAMED}
    context = {"thing": found, "facts": facts}
    return page(request, "preview.html", context, spoken, headers=headers)


async def view(request: Request) -> Response:
    """Lead to the page of a thing."""
    served: Served = request.app.state.current.get()
    found = _thing(served, whole_id(request.query_params.get("id", "")), language(request))
    from zsgraph.web.rendering import link

    return Response(status_code=303, headers={"Location": link(found.iri)})


ROUTES: Final[list[BaseRoute]] = [
    Route("/reconcile", service, methods=["GET", "POST"]),
    Route("/reconcile/suggest/{kind}", suggestions),
    Route("/reconcile/properties", properties),
    Route("/reconcile/flyout/{kind}", flyout),
    Route("/reconcile/preview", preview),
    Route("/reconcile/view", view),
]


def _match(served: Served, text: str, spoken: str) -> dict[str, Any]:
    queries = _json(text, "queries")
    if not isinstance(queries, dict):
        raise UsageError("queries 应当是 JSON 对象。", "queries is a JSON object.")
    if len(queries) > _MOST_QUERIES:
        raise UsageError(
            f"一次最多 {_MOST_QUERIES} 个查询。", f"At most {_MOST_QUERIES} queries at a time."
        )
    return {name: {"result": candidates(served, query, spoken)} for name, query in queries.items()}


def _entities(served: Served, prefix: str, spoken: str) -> Iterable[dict[str, Any]]:
    known = entities_of(served)
    for iri in known.starting(prefix) if prefix.strip() else ():
        kind = known.types[iri]
        label = known.tables[kind].label.text(spoken)
        yield {
            "id": short(iri),
            "name": names_of(served.graph, [iri], spoken)[iri],
            "description": label,
            "notable": [{"id": short(kind), "name": label}],
        }


def _types(served: Served, prefix: str, spoken: str) -> Iterable[dict[str, Any]]:
    for table in entities_of(served).tables.values():
        name = table.label.text(spoken)
        if prefix.casefold() in f"{table.label.zh} {table.label.en} {table.target}".casefold():
            yield {"id": short(table.target), "name": name, "description": table.help.text(spoken)}


def _properties(served: Served, prefix: str, spoken: str) -> Iterable[dict[str, Any]]:
    seen: set[str] = set()
    for table in entities_of(served).tables.values():
        for column in named_columns(table):
            texts = f"{column.heading.zh} {column.heading.en} {column.path}".casefold()
            if column.path not in seen and prefix.casefold() in texts:
                seen.add(column.path)
                yield {
                    "id": short(column.path),
                    "name": column.heading.text(spoken),
                    "description": column.help.text(spoken),
                }


def _thing(served: Served, iri: str, spoken: str) -> Thing:
    try:
        found = thing(served.graph, iri, spoken, most=0)
    except ValueError:  # no IRI
        found = None
    if found is None:
        raise ProblemError(404, "没有这个编号。", "There is no such id.")
    return found


def _telling(found: Thing) -> list[tuple[str, str]]:
    """Return the first asserted facts with short texts, as predicate and text."""
    told = [
        (predicate, found.text(facts[0].value))
        for predicate, facts in found.by_predicate()
        if facts[0].asserted
    ]
    return [pair for pair in told if len(pair[1]) < 80][:_PREVIEWED]


async def _fields(request: Request) -> dict[str, str]:
    fields = dict(request.query_params)
    if request.method == "POST":
        try:
            text = (await request.body()).decode("utf-8")
            fields |= dict(parse_qsl(text, errors="strict", max_num_fields=100))
        except ValueError:  # UnicodeDecodeError too
            raise UsageError("表单读不了。", "The form cannot be read.") from None
    return fields


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(f"{name} 不是 JSON。", f"{name} is not JSON.") from None


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


async def _in_thread(request: Request, call: Callable[[], Any]) -> Response:
    body = await to_thread.run_sync(call, limiter=request.app.state.limiter)
    return JSONResponse(body, headers={"Vary": "Accept-Language"})
