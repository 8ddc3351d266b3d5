"""A description of one thing as a page for a terminal, as JSON, or as Turtle."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pyoxigraph as ox

from zsgraph.discovery.description import Description, Group, Links, Property, Value
from zsgraph.discovery.provenance import Source
from zsgraph.discovery.render_why import source_text
from zsgraph.discovery.styles import Styles
from zsgraph.discovery.terminal import hanging, wrapped
from zsgraph.formats import display_width, shortened
from zsgraph.namespaces import GRAPH_INFERRED, PREFIXES, shorten
from zsgraph.store import Graph
from zsgraph.terms import RDF_TYPE, iri_value

_INFERRED = "◦"
_LEAST_TITLE = 20


def description_json(description: Description) -> str:
    """Return a description as JSON."""
    return json.dumps(asdict(description), ensure_ascii=False, indent=1) + "\n"


def description_turtle(graph: Graph, thing: str) -> str:
    """Return all triples about a thing as Turtle: first what is asserted, then what follows."""
    inferred: set[ox.Triple] = set()
    asserted: set[ox.Triple] = set()
    for quad in graph.store.quads_for_pattern(ox.NamedNode(thing), None, None, None):
        follows = quad.graph_name == ox.NamedNode(GRAPH_INFERRED)
        (inferred if follows else asserted).add(quad.triple)
    blocks = [_turtle(asserted), _turtle(inferred - asserted)]
    prefixes = sorted({line for b in blocks for line in b if line.startswith("@prefix")})
    bodies = ["\n".join(line for line in b if not line.startswith("@prefix")) for b in blocks]
    page = [*prefixes, "", bodies[0]]
    if bodies[1]:
        page += ["", "# 推出的 / inferred", bodies[1]]
    return "\n".join(page) + "\n"


def _turtle(triples: set[ox.Triple]) -> list[str]:
    order = sorted(triples, key=lambda t: (t.predicate.value != iri_value(RDF_TYPE), str(t)))
    used = {shorten(term).partition(":")[0] for triple in triples for term in _iris(triple)}
    prefixes = {name: base for name, base in PREFIXES.items() if name in used}
    data = ox.serialize(order, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return (data or b"").decode().splitlines()


def _iris(triple: ox.Triple) -> Iterator[str]:
    for node in (triple.subject, triple.predicate, triple.object):
        if isinstance(node, ox.NamedNode):
            yield node.value
        elif isinstance(node, ox.Literal):
            yield node.datatype.value


def description_text(
    description: Description, language: str, width: int, styles: Styles, program: str = "zsgraph"
) -> str:
    """Return a description as a page for a terminal.

    Parameters
    ----------
    description
        What to show.
    language
        ``zh`` or ``en``.
    width
        Columns of the terminal.
    styles
        How headings and marks look.
    program
        How the command line is called, for what to try next.
    """
    return "\n".join(_Page(description, language, width, styles, program).lines()) + "\n"


class _Page:
    def __init__(
        self, description: Description, language: str, width: int, styles: Styles, program: str
    ) -> None:
        self._all = description
        self._zh = language == "zh"
        self._width = width
        self._styles = styles
        self._program = program
        self._sources = {source: n for n, source in enumerate(description.sources, start=1)}
        labels = [p.label for g in description.groups for p in g.properties]
        widest = max(map(display_width, labels), default=0)
        self._indent = min(widest, width // 4) + 4

    def _say(self, zh: str, en: str) -> str:
        return zh if self._zh else en

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        yield from self._head()
        for group in self._all.groups:
            yield from self._group(group)
        if self._all.incoming:
            yield from self._title(self._say("引用它的", "What refers to it"))
            for links in self._all.incoming:
                yield from self._links(links)
        if self._sources:
            yield from self._title(self._say("来源", "Sources"))
            for source, number in self._sources.items():
                yield from hanging(f"  [{number}]", source_text(source), 7, self._width)
        yield from self._next()

    def _head(self) -> Iterator[str]:
        thing = self._all
        for line in wrapped(thing.label, self._width):
            yield self._styles.strong(line)
        kinds = self._say("、", ", ").join(self._marked(kind) for kind in thing.kinds)
        rows = [
            (self._say("种类", "Kind"), kinds),
            (self._say("又名", "Also"), self._say("；", "; ").join(thing.other_labels)),
            (self._say("编号", "Id"), thing.id),
            (self._say("记录", "Record"), self._record()),
            ("IRI", thing.iri),
        ]
        indent = max(display_width(head) for head, _ in rows) + 2
        for head, text in rows:
            if text:
                yield from hanging(head, text, indent, self._width, self._styles.faint)

    def _record(self) -> str:
        thing = self._all
        if not thing.place:
            return ""
        row = self._say(f"第{thing.row}行", f"row {thing.row}") if thing.row else ""
        return f"{thing.place} {row} {self._numbers(thing.sources)}".strip()

    def _title(self, text: str) -> Iterator[str]:
        yield ""
        yield self._styles.strong(text)

    def _group(self, group: Group) -> Iterator[str]:
        yield from self._title(group.label)
        for property_ in group.properties:
            yield from hanging(
                f"  {property_.label}",
                self._values(property_),
                self._indent,
                self._width,
                self._styles.faint,
            )

    def _values(self, property_: Property) -> str:
        joint = self._say("；", "; ")
        text = joint.join(self._marked(value) for value in property_.values)
        left = property_.count - len(property_.values)
        return text + (self._say(f" …另有 {left} 个", f" … {left} more") if left else "")

    def _marked(self, value: Value) -> str:
        sources = tuple(s for statement in value.statements for s in statement.sources)
        return value.text + (f" {_INFERRED}" if value.inferred else "") + self._numbers(sources)

    def _numbers(self, sources: tuple[Source, ...]) -> str:
        numbers = sorted({self._sources.setdefault(s, len(self._sources) + 1) for s in sources})
        return "".join(f"[{number}]" for number in numbers)

    def _links(self, links: Links) -> Iterator[str]:
        head = self._say(
            f"  {links.kind} — {links.label} → {links.count} 个",
            f"  {links.kind} — {links.label} → {links.count}",
        )
        yield from wrapped_with(head, self._width, self._styles)
        for value in links.examples:
            mark = f" {_INFERRED}" if value.inferred else ""
            yield "    · " + shortened(value.text, max(_LEAST_TITLE, self._width - 10)) + mark
        left = links.count - len(links.examples)
        if left:
            yield self._styles.faint(self._say(f"    …另有 {left} 个", f"    … {left} more"))

    def _next(self) -> Iterator[str]:
        inferred = [(p, v) for g in self._all.groups for p in g.properties for v in p.values
                    if v.inferred and v.id]  # fmt: skip
        marked = bool(inferred) or any(kind.inferred for kind in self._all.kinds)
        hidden: bool = any(p.count > len(p.values) for g in self._all.groups for p in g.properties)
        hidden = (
            hidden
            or self._all.left_out
            or any(link.count > len(link.examples) for link in self._all.incoming)
        )
        lines: list[str] = []
        if marked:
            lines.append(
                self._say("◦ 是推出的，不是记录所写。", "◦ is inferred, not stated by a record.")
            )
        if inferred:
            property_, value = inferred[0]
            example = f"{self._program} why {self._all.id} {shorten(property_.iri)} {value.id}"
            lines.append(self._say(f"为什么：{example}", f"Why: {example}"))
        if hidden:
            example = f"{self._program} show {self._all.id} --all"
            lines.append(self._say(f"全部：{example}", f"Everything: {example}"))
        if lines:
            yield ""
        for text in lines:
            for line in wrapped(text, self._width):
                yield self._styles.faint(line)


def wrapped_with(text: str, width: int, styles: Styles) -> Iterator[str]:
    """Yield the lines of a text that begins with an indentation of two."""
    for line in wrapped(text.strip(), width - 2):
        yield "  " + styles.faint(line)
