"""The page to explore: a map and further facets, each choice narrowing the others."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from zsgraph.labels import local_name
from zsgraph.namespaces import PREFIXES
from zsgraph.web.beside import beside
from zsgraph.web.exploring import Collection, Facet, Kind, Offer, collection, offer
from zsgraph.web.formats import ENGINE, GRAPHS, content_type
from zsgraph.web.negotiation import language
from zsgraph.web.problems import ProblemError
from zsgraph.web.rendering import page
from zsgraph.web.served import Served
from zsgraph.web.tiles import TileMap, tile_map

_PAGE: Final = 40
_SUFFIXES: Final = {form.suffix.removeprefix("."): form for form in GRAPHS}
_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a facet, how many things it leaves, and the address that chooses or drops it."""

    text: str
    count: int
    share: float
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class View:
    """A facet as it is shown: its bars, or its map with the addresses of its squares."""

    facet: Facet
    bars: list[Bar]
    map: TileMap | None
    addresses: dict[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for."""

    offered: Offer
    kind: Kind
    things: Collection
    choice: dict[str, str]
    language: str

    def left(self) -> list[str]:
        """Return the things that are chosen, in the order of their names."""
        return sorted(self.things.chosen(self.choice), key=self.things.ordered.__getitem__)

    def address(self, path: str = "/explore", **changes: str) -> str:
        """Return an address with another choice."""
        wanted = {"kind": self.kind.name, **self.choice, **changes, "lang": self.language}
        return f"{path}?{urlencode({k: v for k, v in wanted.items() if v})}"


async def explore(request: Request) -> Response:
    """Show what the chosen values leave, and what each further value would leave."""
    asked = await _asked(request)
    left = asked.left()
    pages = max(1, -(-len(left) // _PAGE))
    text = request.query_params.get("page", "1")
    number = min(max(int(text[:6]) if text.isascii() and text.isdigit() else 1, 1), pages)
    views = [_view(asked, asked.offered.facets[name]) for name in asked.kind.paths]
    context: dict[str, Any] = {
        "asked": asked,
        "kinds": asked.offered.kinds.values(),
        "views": views,
        "chosen": [
            (
                asked.offered.facets[n].label.text(asked.language),
                _label(asked, v),
                asked.address(**{n: ""}),
            )
            for n, v in asked.choice.items()
        ],
        "matching": len(left),
        "total": len(asked.things.things),
        "things": [
            (thing, asked.things.labels[thing], _told(asked, thing))
            for thing in left[(number - 1) * _PAGE : number * _PAGE]
        ],
        "number": number,
        "pages": pages,
        "forms": ["csv", *_SUFFIXES],
    }
    return page(request, "explore.html", context, asked.language)


async def explored_file(request: Request) -> Response:
    """Give what is chosen as CSV, or what the graph says of it as RDF."""
    form = request.path_params["form"]
    asked = await _asked(request)
    name = f"{asked.kind.name}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return Response(_csv(asked), 200, headers, "text/csv; charset=utf-8")
    if form not in _SUFFIXES:
        raise ProblemError(404, f"没有 {form} 这种格式。", f"There is no format {form}.")
    written = _SUFFIXES[form]
    served: Served = request.app.state.current.get()
    triples = await beside(request, partial(_triples, served, asked.left()))
    content = ox.serialize(triples, format=ENGINE[written.name], prefixes=PREFIXES) or b""
    return Response(content, 200, headers, content_type(written.media_type))


async def _asked(request: Request) -> _Asked:
    served: Served = request.app.state.current.get()
    spoken = language(request)
    offered = offer(served)
    if offered is None:
        raise ProblemError(
            404,
            "这个图谱没有可探索的内容（queries/explore.yaml）。",
            "This graph offers nothing to explore (queries/explore.yaml).",
        )
    name = request.query_params.get("kind") or next(iter(offered.kinds))
    if name not in offered.kinds:
        raise ProblemError(
            404,
            f"没有“{name}”这一种。可用：{'、'.join(offered.kinds)}。",
            f"There is no kind “{name}”. Known: {', '.join(offered.kinds)}.",
        )
    kind = offered.kinds[name]
    things = await beside(request, partial(collection, served, kind, spoken))
    choice = {n: v for n in kind.paths if (v := request.query_params.get(n, "").strip())}
    return _Asked(offered, kind, things, choice, spoken)


def _view(asked: _Asked, facet: Facet) -> View:
    counts = asked.things.counts(facet.name, asked.choice)
    chosen = asked.choice.get(facet.name, "")
    at: Callable[[str], str] = lambda value: asked.address(  # noqa: E731
        **{facet.name: "" if value == chosen else value}
    )
    if facet.show == "map":
        drawn = tile_map(facet.tiles, dict(counts), asked.language)
        return View(facet, [], drawn, {s.code: at(s.code) for s in drawn.squares}, chosen)
    if facet.show == "years":
        counts = sorted(counts, reverse=True)
    most = max((count for _, count in counts), default=1)
    bars = [
        Bar(_label(asked, value), count, round(100 * count / most, 1), value == chosen, at(value))
        for value, count in counts
    ]
    return View(facet, bars, None, {}, chosen)


def _label(asked: _Asked, value: str) -> str:
    return asked.things.labels.get(value, value)


def _told(asked: _Asked, thing: str) -> str:
    """Return the values of a thing in a line, those that the choice already says left out."""
    joint = "、" if asked.language == "zh" else ", "
    parts = []
    for name in asked.kind.paths:
        values = asked.things.values[name].get(thing, frozenset())
        if name not in asked.choice and values:
            parts.append(joint.join(sorted(_label(asked, value) for value in values)[:3]))
    return " · ".join(parts)


def _csv(asked: _Asked) -> bytes:
    zh = asked.language == "zh"
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    labels = [asked.offered.facets[n].label.text(asked.language) for n in asked.kind.paths]
    writer.writerow(["编号" if zh else "id", "名称" if zh else "name", *labels, "IRI"])
    for thing in asked.left():
        cells = [
            ";".join(sorted(_label(asked, v) for v in asked.things.values[n].get(thing, ())))
            for n in asked.kind.paths
        ]
        row = [local_name(thing), asked.things.labels[thing], *cells, thing]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + output.getvalue().encode()


def _triples(served: Served, things: list[str]) -> list[ox.Triple]:
    found = {
        quad.triple
        for thing in things
        for quad in served.graph.store.quads_for_pattern(ox.NamedNode(thing), None, None, None)
    }
    return sorted(found, key=str)
