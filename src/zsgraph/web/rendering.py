"""Pages: Jinja templates, in the language of the reader."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from zsgraph.errors import ZsgraphError
from zsgraph.labels import local_name
from zsgraph.namespaces import BASE, shorten
from zsgraph.web.schema_org import dataset

STATIC: Final = Path(__file__).parent / "static"
_TITLES: Final = {"zh": "zsgraph 中试平台知识图谱", "en": "zsgraph, pilot platforms of China"}
_SCRIPT_ESCAPES: Final = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    language: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a page.

    Parameters
    ----------
    request
        What is answered.
    template
        File in ``templates/``.
    context
        What the template speaks of.  It also knows ``language``, ``other_language``,
        ``address_in(language)`` (this address in a language), ``t(zh, en)``, ``link(iri)`` and
        ``structured``, what search engines are told (the whole graph, unless it tells its own).
    language
        ``zh`` or ``en``.
    status, headers
        Of the answer.
    """
    bases = _bases(request)
    own = {
        "language": language,
        "other_language": "en" if language == "zh" else "zh",
        "path": request.url.path,
        "address_in": lambda wanted: address_in(request, wanted),
        "t": lambda zh, en: zh if language == "zh" else en,
        "structured": dataset(BASE, _TITLES[language], language),
        "link": lambda iri: link(iri, language, bases),
    }
    html = environment().get_template(template).render(own | dict(context))
    told = {"Content-Language": language, "Vary": "Accept, Accept-Language"} | dict(headers or {})
    return Response(html, status, told, "text/html; charset=utf-8")


def address_in(request: Request, language: str) -> str:
    """Return the address of this page in a language, other parameters kept."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return f"{quote(request.url.path)}?{urlencode([*kept, ('lang', language)])}"


def link(iri: str, language: str = "", bases: Collection[str] = ()) -> str:
    """Return where a resource is shown: here if it is ours, else its own address.

    An IRI that is no web address is not linked to (``#``).

    Parameters
    ----------
    iri
        IRI of the resource.
    language
        ``zh`` or ``en``, in which it is shown; empty to let the client choose.
    bases
        What IRIs of records start with that are not of our own namespace.
    """
    if iri.startswith(BASE):
        path, mark, fragment = iri[len(BASE) :].partition("#")
        asked = f"?lang={language}" if language else ""
        return f"/{quote(path)}{asked}{mark}{quote(fragment)}"
    if any(iri.startswith(base) for base in bases):
        wanted = {"iri": iri} | ({"lang": language} if language else {})
        return f"/resource?{urlencode(wanted)}"
    return iri if iri.startswith(("http://", "https://")) else "#"


def static_address(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    return f"/static/{name}?v={_digest(STATIC / name)}"


def script_json(value: Any) -> Markup:
    """Return JSON that may stand in a ``script`` element, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup("".join(_SCRIPT_ESCAPES.get(char, char) for char in text))


@cache
def environment() -> Environment:
    """Return the environment of the templates; every value is escaped."""
    made = Environment(
        loader=PackageLoader("zsgraph.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"static": static_address}
    made.filters |= {
        "script_json": script_json,
        "shorten": shorten,
        "local_name": local_name,
        "thousands": lambda number: f"{number:,}",
    }
    return made


def _bases(request: Request) -> tuple[str, ...]:
    app = request.scope.get("app")
    try:
        tables = app.state.current.get().schema.tables.values() if app else ()
    except ZsgraphError:  # a problem is told even where there is no graph
        return ()
    return tuple({table.base for table in tables if not table.base.startswith(BASE)})


@cache
def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()
