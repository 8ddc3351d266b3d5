"""The OpenAPI document of the REST calls, made from the headers of the named queries.

Standard: OpenAPI 3.1.0 (https://spec.openapis.org/oas/v3.1.0)
"""

from typing import Any, Final

from zsgraph import __version__
from zsgraph.namespaces import XSD, shorten
from zsgraph.queries import ColumnHead, NamedQuery, Parameter
from zsgraph.web.served import Served

_LICENCE: Final = "CC-BY-4.0"
#: Rows of a page unless told, and at most.
LIMIT: Final = 1000
MOST: Final = 10_000
_LITERALS: Final[dict[str, dict[str, Any]]] = {
    XSD + "gYear": {"type": "string", "pattern": "^[12][0-9]{3}$"},
    XSD + "gYearMonth": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    XSD + "date": {"type": "string", "format": "date"},
    XSD + "integer": {"type": "integer"},
    XSD + "decimal": {"type": "number"},
    XSD + "boolean": {"type": "boolean"},
}
_RESOURCE: Final = {
    "type": "object",
    "required": ["iri", "label"],
    "properties": {"iri": {"type": "string"}, "label": {"type": "string"}},
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["title", "status", "detail", "messages"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "messages": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
_ERRORS: Final = {
    "400": ("参数不对", "A parameter is wrong"),
    "404": ("没有这个名称", "A name is not known"),
    "406": ("没有请求的格式", "The format is not offered"),
    "503": ("正忙或还没有图", "Busy, or no graph yet"),
}


def document(served: Served, language: str) -> dict[str, Any]:
    """Return the OpenAPI document.

    Parameters
    ----------
    served
        Whose named queries are described.
    language
        ``zh`` or ``en``.
    """
    paths: dict[str, Any] = {"/api/queries": {"get": _listing(language)}}
    for query in served.queries.values():
        paths[f"/api/queries/{query.name}"] = {"get": _operation(query, language)}
    title = {"zh": "zsgraph 的具名查询", "en": "The named queries of zsgraph"}[language]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": __version__,
            "license": {"name": _LICENCE, "identifier": _LICENCE},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in sorted({q.folder for q in served.queries.values()})],
        "paths": paths,
        "components": {
            "schemas": {"Resource": _RESOURCE, "Problem": _PROBLEM},
            "parameters": _shared(language),
        },
    }


def _listing(language: str) -> dict[str, Any]:
    item = {"type": "object", "required": ["name", "summary", "url", "parameters", "columns"]}
    schema = {
        "type": "object",
        "required": ["queries"],
        "properties": {"queries": {"type": "array", "items": item}},
    }
    return {
        "operationId": "list",
        "summary": {"zh": "列出全部查询", "en": "List all queries"}[language],
        "parameters": [_shared_reference("lang")],
        "responses": {
            "200": {
                "description": {"zh": "全部查询", "en": "All queries"}[language],
                "content": {"application/json": {"schema": schema}},
            },
            **_errors(language, ("400", "503")),
        },
    }


def _operation(query: NamedQuery, language: str) -> dict[str, Any]:
    own = [_parameter(parameter, language) for parameter in query.parameters]
    link = {"description": "RFC 8288", "schema": {"type": "string"}}
    return {
        "operationId": query.name,
        "tags": [query.folder],
        "summary": query.summary.text(language),
        "description": query.description.text(language),
        "parameters": [*own, *map(_shared_reference, ("limit", "offset", "lang", "format"))],
        "responses": {
            "200": {
                "description": {"zh": "一页结果", "en": "A page of rows"}[language],
                "headers": {"Link": link},
                "content": {
                    "application/json": {"schema": _answer(query, language)},
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            **_errors(language, tuple(_ERRORS)),
        },
    }


def _parameter(parameter: Parameter, language: str) -> dict[str, Any]:
    summary = parameter.summary.text(language)
    if parameter.type not in _LITERALS:
        named = {"zh": "编号或名称", "en": "id or name"}[language]
        summary += f" ({shorten(parameter.type)}: {named})"
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": summary,
        "schema": _LITERALS.get(parameter.type, {"type": "string", "minLength": 1}),
        "example": parameter.example,
    }


def _shared(language: str) -> dict[str, Any]:
    def shared(name: str, zh: str, en: str, schema: dict[str, Any]) -> dict[str, Any]:
        told = {"zh": zh, "en": en}[language]
        return {"name": name, "in": "query", "description": told, "schema": schema}

    number = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
    place = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1, "default": 0}
    return {
        "limit": shared("limit", "一页的行数", "Rows of a page", number),
        "offset": shared("offset", "跳过的行数", "Rows that are passed over", place),
        "lang": shared("lang", "语言", "Language", {"type": "string", "enum": ["zh", "en"]}),
        "format": shared("format", "格式", "Format", {"type": "string", "enum": ["json", "csv"]}),
    }


def _shared_reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _answer(query: NamedQuery, language: str) -> dict[str, Any]:
    columns = {column.name: _column(column, language) for column in query.columns}
    row = {"type": "object", "required": list(columns), "properties": columns}
    text, number = {"type": "string"}, {"type": "integer"}
    properties: dict[str, Any] = {
        "query": {"const": query.name},
        "language": text,
        "parameters": {"type": "object", "additionalProperties": text},
        "answer": text,
        "columns": {"type": "array", "items": {"type": "object"}},
        "total": number,
        "limit": number,
        "offset": number,
        "rows": {"type": "array", "items": row},
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _column(column: ColumnHead, language: str) -> dict[str, Any]:
    resource = {"$ref": "#/components/schemas/Resource"}
    told = {"description": column.heading.text(language)}
    if column.list_of:
        items = resource if column.list_of == "resources" else {"type": "string"}
        return told | {"type": "array", "items": items}
    return told | {
        "anyOf": [resource, {"type": ["string", "number", "integer", "boolean", "null"]}]
    }


def _errors(language: str, statuses: tuple[str, ...]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    place = ("zh", "en").index(language)
    return {s: {"description": _ERRORS[s][place], "content": content} for s in statuses}
