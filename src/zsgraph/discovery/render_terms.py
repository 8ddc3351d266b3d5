"""Classes and properties as a page for a terminal, or as JSON."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from zsgraph.discovery.render_why import source_text
from zsgraph.discovery.styles import Styles
from zsgraph.discovery.terminal import hanging, padded, wrapped
from zsgraph.discovery.terms import Count, TermDetail, TermSummary, Written
from zsgraph.formats import display_width, shortened
from zsgraph.namespaces import shorten

_NUMBER = 7


def terms_json(terms: Iterable[TermSummary] | TermDetail) -> str:
    """Return terms, or one term in detail, as JSON."""
    document = asdict(terms) if isinstance(terms, TermDetail) else [asdict(term) for term in terms]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def terms_text(terms: list[TermSummary], language: str, width: int, styles: Styles) -> str:
    """Return a tree of classes and a list of properties for a terminal of ``width`` columns."""
    return "\n".join(_Overview(terms, language, width, styles).lines()) + "\n"


def term_text(detail: TermDetail, language: str, width: int, styles: Styles) -> str:
    """Return one term in detail for a terminal of ``width`` columns."""
    return "\n".join(_Detail(detail, language, width, styles).lines()) + "\n"


class _Overview:
    def __init__(self, terms: list[TermSummary], language: str, width: int, styles: Styles) -> None:
        self._terms = terms
        self._zh = language == "zh"
        self._width = width
        self._styles = styles

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        classes = [term for term in self._terms if term.kind == "class"]
        properties = [term for term in self._terms if term.kind == "property"]
        yield self._styles.strong(
            f"类 {len(classes)} 个（成员数、一例）"
            if self._zh
            else f"{len(classes)} classes (members, an example)"
        )
        rows = list(self._tree(classes))
        yield from self._table(rows)
        yield ""
        yield self._styles.strong(
            f"属性 {len(properties)} 个（陈述数、一例）"
            if self._zh
            else f"{len(properties)} properties (statements, an example)"
        )
        for module, members in groupby(properties, key=lambda term: term.module):
            if module:
                yield self._styles.faint(module)
            yield from self._table([(f"  {t.label}", t) for t in members])
        yield ""
        hint = (
            "一个类或属性的全部：zsgraph schema 名称"
            if self._zh
            else "All about one of them: zsgraph schema TERM"
        )
        yield self._styles.faint(hint)

    def _tree(self, classes: list[TermSummary]) -> Iterator[tuple[str, TermSummary]]:
        known = {term.iri for term in classes}
        children: dict[str, list[TermSummary]] = defaultdict(list)
        for term in classes:
            above = [parent for parent in term.parents if parent in known]
            for parent in above or [""]:
                children[parent].append(term)

        def walk(parent: str, depth: int) -> Iterator[tuple[str, TermSummary]]:
            for term in sorted(children[parent], key=lambda term: term.label):
                yield "  " * (depth + 1) + term.label, term
                if depth < len(classes):
                    yield from walk(term.iri, depth + 1)

        return walk("", 0)

    def _table(self, rows: list[tuple[str, TermSummary]]) -> Iterator[str]:
        """Yield label, id, count and example of terms in columns."""
        if not rows:
            return
        label = min(max(display_width(text) for text, _ in rows), self._width // 3)
        name = min(max(len(term.id) for _, term in rows), self._width // 3)
        rest = self._width - label - name - _NUMBER - 6
        for text, term in rows:
            cells = [
                padded(shortened_tree(text, label), label),
                self._styles.faint(padded(shortened(term.id, name), name)),
                f"{term.asserted + term.inferred:>{_NUMBER},}",
                shortened(term.example, rest) if rest > _NUMBER else "",
            ]
            yield "  ".join(cells).rstrip()


def shortened_tree(text: str, width: int) -> str:
    """Return a text cut to ``width`` columns that keeps its indentation."""
    indent = len(text) - len(text.lstrip())
    return " " * indent + shortened(text.strip(), width - indent)


class _Detail:
    def __init__(self, detail: TermDetail, language: str, width: int, styles: Styles) -> None:
        self._detail = detail
        self._zh = language == "zh"
        self._width = width
        self._styles = styles

    def _say(self, zh: str, en: str) -> str:
        return zh if self._zh else en

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        summary = self._detail.summary
        kind = {"class": self._say("类", "class"), "property": self._say("属性", "property")}
        yield self._styles.strong(summary.label)
        told = filter(None, [summary.id, kind[summary.kind], summary.module])
        for line in wrapped(" · ".join(told), self._width):
            yield self._styles.faint(line)
        yield from wrapped(summary.definition, self._width) if summary.definition else ()
        yield from self._list(self._say("公理", "Axioms"), self._detail.axioms)
        yield from self._rows()
        yield from self._list(
            self._say("写入它的表和列", "Written by"), map(self._writes, self._detail.written)
        )
        yield from self._list(self._say("例", "Examples"), self._detail.examples, cut=True)
        yield from self._list(self._say("来源", "Sources"), map(source_text, self._detail.sources))

    def _rows(self) -> Iterator[str]:
        detail, summary = self._detail, self._detail.summary
        numbers = self._say(
            f"断言 {summary.asserted:,}，推出 {summary.inferred:,}",
            f"{summary.asserted:,} asserted, {summary.inferred:,} inferred",
        )
        used = self._say(
            "成员" if summary.kind == "class" else "陈述",
            "Members" if summary.kind == "class" else "Statements",
        )
        rows = [
            (used, numbers),
            (self._say("上位", "Above"), self._counts(detail.above)),
            (self._say("下位", "Below"), self._counts(detail.below)),
            (self._say("成员所用的属性", "Used with"), self._counts(detail.used_with)),
            (self._say("主体（实际）", "Subjects in use"), self._counts(detail.subjects)),
            (self._say("值（实际）", "Values in use"), self._counts(detail.objects)),
        ]
        indent = max(display_width(head) for head, text in rows if text) + 2
        yield ""
        for head, text in rows:
            if text:
                yield from hanging(head, text, indent, self._width, self._styles.strong)

    def _counts(self, counts: Iterable[Count]) -> str:
        texts = [
            f"{count.label} ({shorten(count.iri)})"
            if not count.count
            else f"{count.label} {count.count:,}"
            for count in counts
        ]
        return self._say("；", "; ").join(texts)

    def _writes(self, written: Written) -> str:
        if not written.column:
            return f"{written.table}.csv" + self._say("：每行一个成员", ": a member each row")
        column = self._say(
            f"“{written.heading}”列（{written.column}）",
            f"column “{written.heading}” ({written.column})",
        )
        chosen = self._say("，可选它", ", which offers it") if written.chosen else ""
        return f"{written.table}.csv {column}{chosen}"

    def _list(self, title: str, texts: Iterable[str], *, cut: bool = False) -> Iterator[str]:
        known = list(texts)
        if not known:
            return
        yield ""
        yield self._styles.strong(title)
        for text in known:
            if cut:
                yield "  · " + shortened(text, self._width - 4)
            else:
                yield from hanging("  ·", text, 4, self._width)
