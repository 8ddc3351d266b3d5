"""The pages of the named queries: conditions, answer, table, chart and what can be taken along."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from zsgraph.errors import UsageError
from zsgraph.findings import Message
from zsgraph.queries import FOLDERS, NamedQuery, Parameter
from zsgraph.result_formats import TABLES, written
from zsgraph.web.answer_table import answer_table, matching_rows
from zsgraph.web.beside import beside
from zsgraph.web.calls import calls
from zsgraph.web.choices import LISTED, Choice, choices, input_type
from zsgraph.web.named_queries import named_answer, query_of
from zsgraph.web.negotiation import language
from zsgraph.web.pictures import PICTURES, has_chart, picture
from zsgraph.web.problems import ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.served import Served

#: What the address says besides the parameters of the query.
OWN: Final = ("lang", "contains", "sort", "page", "theme", "small")
_GROUPS: Final = {
    FOLDERS[0]: Message("九问", "The nine questions"),
    FOLDERS[1]: Message("结构与证据", "Structure and evidence"),
}
_FORMS: Final = ("csv", "xlsx", "json", "tsv", "md")
_MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "md": "text/markdown; charset=utf-8",
    "table": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A choice with those below it."""

    choice: Choice
    below: "list[Node]"


@dataclass(frozen=True, slots=True)
class Input:
    """What a form asks for a parameter.

    Attributes
    ----------
    type
        Type of the HTML input of a value that is no thing; else empty, and there are choices.
    value, known
        What was given, and whether it is one of the choices as they are written.
    listed
        Whether the choices are few enough for a drop-down.
    nested
        The choices in their hierarchy, where they have one and are too many to list.
    """

    parameter: Parameter
    type: str
    value: str
    known: bool
    choices: list[Choice]
    listed: bool
    nested: list[Node]


async def listing(request: Request) -> Response:
    """List all named queries."""
    served: Served = request.app.state.current.get()
    spoken = language(request)
    groups = [
        (heading.text(spoken), [q for q in served.queries.values() if q.folder == folder])
        for folder, heading in _GROUPS.items()
    ]
    return page(request, "queries.html", {"groups": groups}, spoken)


async def query_page(request: Request) -> Response:
    """Show a named query with its answer under the conditions that the address gives."""
    served: Served = request.app.state.current.get()
    query = query_of(served, request.path_params["name"])
    spoken = language(request)
    given = _given(request, query)
    inputs = [_input(served, parameter, given, spoken) for parameter in query.parameters]
    asked = {**given, "lang": spoken}
    state = {
        **asked,
        "contains": request.query_params.get("contains", ""),
        "sort": request.query_params.get("sort", ""),
        "page": request.query_params.get("page", ""),
    }

    def address(**changes: object) -> str:
        wanted = {k: v for k, v in {**state, **changes}.items() if v not in ("", "1", 1)}
        return f"/queries/{query.name}?{urlencode(wanted)}"

    answer = await named_answer(request, served, query, given, spoken)
    number = state["page"] if state["page"].isascii() and state["page"].isdigit() else "1"
    context = {
        "query": query,
        "inputs": inputs,
        "given": given,
        "sentence": answer.sentence(),
        "drawn": has_chart(query.view),
        "asked": urlencode(asked),
        "kept": asked,
        "contains": state["contains"],
        "sort": state["sort"],
        "table": answer_table(answer, state["contains"], state["sort"], int(number[:6])),
        "address": address,
        "address_with": lambda name, value: address(**{name: value, "page": ""}),
        "forms": _FORMS,
        "sparql": sparql_of(served, query, given),
        "calls": calls(query, given, spoken, str(request.base_url).rstrip("/")),
    }
    return page(request, "query.html", context, spoken)


async def query_file(request: Request) -> Response:
    """Give the answer of a named query as a file, its chart as a picture, or the query itself."""
    served: Served = request.app.state.current.get()
    query = query_of(served, request.path_params["name"])
    form = request.path_params["form"]
    spoken = language(request)
    if form == "rq":
        return _file(query.text.encode(), f"{query.name}.rq", "application/sparql-query")
    if form not in (*TABLES, *PICTURES):
        raise ProblemError(
            404,
            f"没有 {form} 这种格式。可用：{'、'.join((*TABLES, *PICTURES, 'rq'))}。",
            f"There is no format {form}. Known: {', '.join((*TABLES, *PICTURES, 'rq'))}.",
        )
    answer = await named_answer(request, served, query, _given(request, query), spoken)
    if form in PICTURES:
        theme = request.query_params.get("theme", "light")
        small = "small" in request.query_params
        drawn = await picture(request, served, answer, form, theme, small)
        return Response(drawn, 200, {"Content-Language": spoken}, PICTURES[form])
    part = replace(answer, terms=matching_rows(answer, request.query_params.get("contains", "")))
    content = await beside(request, lambda: written(part, form))
    if form == "csv":
        content = b"\xef\xbb\xbf" + content  # or spreadsheet programs misread Chinese
    return _file(content, f"{query.name}.{form}", _MEDIA_TYPES.get(form, "text/plain"))


def sparql_of(served: Served, query: NamedQuery, given: dict[str, str]) -> str:
    """Return a query as SPARQL without its header, the given values bound, with its prefixes."""
    from zsgraph.namespaces import PREFIXES
    from zsgraph.parameters import terms_of

    text = query.bound(terms_of(served.graph, query, given))
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()
    used = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if f"{name}:" in body]
    return "\n".join([*used, body])


def _given(request: Request, query: NamedQuery) -> dict[str, str]:
    """Return the values of parameters that the address gives; a form sends empty ones too."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in OWN or not value.strip():
            continue
        if name in given:
            raise UsageError(
                f"参数 {name} 给了两次，只能给一次。", f"{name} is given twice; give it once."
            )
        given[query.parameter(name).name] = value
    return given


def _input(served: Served, parameter: Parameter, given: dict[str, str], language: str) -> Input:
    value = given.get(parameter.name, "")
    kind = input_type(parameter)
    found = [] if kind else choices(served, parameter.type, language)
    listed = len(found) <= LISTED
    nested = [] if listed or not any(choice.depth for choice in found) else _nested(iter(found))
    known = any(choice.value == value for choice in found)
    return Input(parameter, kind, value, known, found, listed, nested)


def _nested(found: Iterator[Choice]) -> list[Node]:
    top: list[Node] = []
    open_nodes: list[Node] = []
    for choice in found:
        node = Node(choice, [])
        del open_nodes[choice.depth :]
        (open_nodes[-1].below if open_nodes else top).append(node)
        open_nodes.append(node)
    return top


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, 200, headers, media_type)
