"""A comparison in people's words, in one language; the formats lay it out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from zsgraph.diff.compare import Cell, Change, Comparison, Item
from zsgraph.diff.sides import Side
from zsgraph.diff.terms import is_expression
from zsgraph.discovery.naming import Names, short_id
from zsgraph.discovery.provenance import Provenance
from zsgraph.discovery.titles import Titles
from zsgraph.findings import Message
from zsgraph.namespaces import RDF
from zsgraph.reasoning.closed_graph import ClosedGraph
from zsgraph.terms import Term, iri_value, is_iri, literal_parts

MARKS: Final = {
    Change.NEW: "+",
    Change.CHANGED: "~",
    Change.ENDED: "×",
    Change.DEPRECATED: "!",
    Change.REMOVED: "−",
}
NAMES: Final = {
    Change.NEW: Message("新增", "new"),
    Change.CHANGED: Message("改动", "changed"),
    Change.ENDED: Message("结束", "ended"),
    Change.DEPRECATED: Message("弃用", "deprecated"),
    Change.REMOVED: Message("删去", "removed"),
}
_OTHER: Final = Message("其他", "Other")
_EXPRESSION: Final = Message("类表达式", "class expression")
_TERMS: Final = Message("本体与概念表", "Ontology and schemes")
_NOTHING: Final = Message("没有不同。", "Nothing differs.")


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell: its heading, the values that went and those that came, as people read them.

    ``whole`` says that the record or term came or went as a whole.
    """

    heading: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ToldItem:
    """A record or term that changed, with its kind, title and what is to be used instead."""

    item: Item
    kind: str
    title: str
    cells: tuple[ToldCell, ...]
    replacement: str

    def pairs(self) -> Iterator[tuple[Cell, ToldCell]]:
        """Return the cells, each with its words."""
        return zip(self.item.cells, self.cells, strict=True)


@dataclass(frozen=True, slots=True)
class ToldThing:
    """What changed about one thing, in the order of kinds.

    Attributes
    ----------
    title
        What the thing is called.
    counts
        How much of what, as ``认定 +1``.
    """

    iri: str
    title: str
    counts: str
    items: tuple[ToldItem, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What changed in one place."""

    iri: str
    title: str
    counts: str
    things: tuple[ToldThing, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison in words.

    Attributes
    ----------
    headline
        One sentence.
    kinds
        What changed by kind of record, in one line; empty if nothing did.
    sections
        By place.
    terms_title, terms
        The terms of the ontology and the schemes that changed, and what to call them.
    """

    comparison: Comparison
    language: str
    headline: str
    kinds: str
    sections: tuple[Section, ...]
    terms_title: str
    terms: tuple[ToldItem, ...]


def tell(comparison: Comparison, language: str) -> Told:
    """Tell a comparison in ``zh`` or ``en``."""
    return _Speaker(comparison, language).told()


def cell_text(cell: ToldCell, language: str) -> str:
    """Return a cell in one line: its heading, and what went and came."""
    colon, joint = ("：", "；") if language == "zh" else (": ", "; ")
    if cell.whole:
        return f"{cell.heading}{colon}{joint.join([*cell.old, *cell.new])}"
    if len(cell.old) == len(cell.new) == 1:
        return f"{cell.heading}{colon}{cell.old[0]} → {cell.new[0]}"
    gone = [f"− {value}" for value in cell.old]
    come = [f"+ {value}" for value in cell.new]
    return f"{cell.heading}{colon}{joint.join([*gone, *come])}"


class _Voice:
    """What things are called in one side."""

    def __init__(self, side: Side, language: str) -> None:
        graph = ClosedGraph(side.store)
        self.names = Names(side.store, language)
        self.provenance = Provenance(graph, side.knowledge, self.names, side.schema)
        self.title = Titles(graph, self.provenance, self.names)


class _Speaker:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self._comparison = comparison
        self._language = language

    @cached_property
    def _voices(self) -> tuple[_Voice, _Voice]:
        sides = (self._comparison.new, self._comparison.old)
        return _Voice(sides[0], self._language), _Voice(sides[1], self._language)

    def told(self) -> Told:
        comparison = self._comparison
        records = comparison.records
        by_place = sorted(records, key=lambda item: (not item.place, item.place, item.about))
        return Told(
            comparison,
            self._language,
            self._headline(),
            self._counts(records),
            tuple(
                self._section(place, list(items))
                for place, items in groupby(by_place, key=lambda item: item.place)
            ),
            self._text(_TERMS),
            tuple(self._item(item) for item in comparison.terms),
        )

    def _section(self, place: str, items: list[Item]) -> Section:
        title = self._title(place) if place else self._text(_OTHER)
        things = [
            ToldThing(about, self._title(about), self._counts(own), tuple(map(self._item, own)))
            for about, group in groupby(items, key=lambda item: item.about)
            for own in [list(group)]
        ]
        return Section(place, title, self._counts(items), tuple(things))

    def _headline(self) -> str:
        old, new = self._comparison.old.name, self._comparison.new.name
        records = self._numbers(self._comparison.records)
        terms = self._numbers(self._comparison.terms)
        if self._language == "zh":
            parts = [f"记录{records}" if records else "", f"术语{terms}" if terms else ""]
            said = "；".join(filter(None, parts)) + "。" if any(parts) else _NOTHING.zh
            return f"{old} → {new}：{said}"
        parts = [f"records {records}" if records else "", f"terms {terms}" if terms else ""]
        said = "; ".join(filter(None, parts)) + "." if any(parts) else _NOTHING.en
        return f"{old} → {new}: {said}"

    def _numbers(self, items: Iterable[Item]) -> str:
        counts = Counter(item.change for item in items)
        joint = "、" if self._language == "zh" else ", "
        return joint.join(
            f"{NAMES[change].zh} {counts[change]:,}"
            if self._language == "zh"
            else f"{counts[change]:,} {NAMES[change].en}"
            for change in Change
            if counts[change]
        )

    def _counts(self, items: Iterable[Item]) -> str:
        counts: Counter[tuple[str, Change]] = Counter()
        for item in items:
            counts[self._kind(item), item.change] += 1
        found: dict[str, list[str]] = {}
        for (kind, change), number in counts.items():
            said = (
                f"{MARKS[change]}{number}"
                if change in (Change.NEW, Change.REMOVED)
                else self._text(NAMES[change]) + f" {number}"
            )
            found.setdefault(kind, []).append(said)
        joint = "，" if self._language == "zh" else ", "
        return joint.join(f"{kind} {joint.join(said)}" for kind, said in found.items())

    def _item(self, item: Item) -> ToldItem:
        whole = item.change in (Change.NEW, Change.REMOVED)
        cells = tuple(self._cell(cell, whole) for cell in item.cells)
        replacement = self._title(item.replacement) if item.replacement else ""
        return ToldItem(item, self._kind(item), self._title(item.iri), cells, replacement)

    def _cell(self, cell: Cell, whole: bool) -> ToldCell:
        heading = self._text(cell.column.heading) if cell.column else self._name(cell.path)
        kept = set(cell.old) & set(cell.new)
        return ToldCell(
            heading,
            tuple(self._value(term) for term in cell.old if term not in kept),
            tuple(self._value(term) for term in cell.new if term not in kept),
            whole,
        )

    def _value(self, term: Term) -> str:
        if is_expression(term):
            return self._text(_EXPRESSION)
        if is_iri(term):
            return self._title(iri_value(term))
        text, _, language = literal_parts(term)
        return f"{text}（{language}）" if language not in ("", self._language, "zh") else text

    def _kind(self, item: Item) -> str:
        if item.table:
            return self._text(item.table.label)
        types = [c for c in item.cells if c.path == RDF + "type"]
        values = [v for c in types for v in (*c.new, *c.old) if is_iri(v)]
        known = sorted(values or self._types(item.iri))
        new = self._voices[0].names
        named = [label for term in known if (label := new.label(iri_value(term)))]
        return next(iter(named), self._name(iri_value(known[0])) if known else self._text(_TERMS))

    def _types(self, iri: str) -> list[Term]:
        match = ClosedGraph(self._comparison.new.store).match(f"<{iri}>", f"<{RDF}type>", None)
        return [obj for _, _, obj in match if is_iri(obj)]

    def _title(self, iri: str) -> str:
        new, old = self._voices
        for voice in (new, old):
            if label := voice.names.label(iri):
                return label
        known = any(
            self._comparison.new.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        )
        return (new if known else old).title(iri)

    def _name(self, iri: str) -> str:
        new, old = self._voices
        return new.names.label(iri) or old.names.label(iri) or short_id(iri)

    def _text(self, message: Message) -> str:
        return message.text(self._language)
