"""An explanation as a tree for a terminal, or as JSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from zsgraph.discovery.provenance import Source, Statement
from zsgraph.discovery.styles import Styles
from zsgraph.discovery.terminal import wrapped
from zsgraph.discovery.why import Explanation, Reason
from zsgraph.discovery.wording import defines_expression
from zsgraph.formats import display_width
from zsgraph.reasoning.specification import is_list_part

_TRANSITIVE = "prp-trp"


def explanation_json(explanation: Explanation) -> str:
    """Return an explanation as JSON, every cited triple included."""
    return json.dumps(asdict(explanation), ensure_ascii=False, indent=1) + "\n"


def explanation_text(explanation: Explanation, language: str, width: int, styles: Styles) -> str:
    """Return an explanation as text for a terminal of ``width`` columns."""
    return "\n".join(_Page(language, width, styles).lines(explanation)) + "\n"


class _Page:
    """Lays out one explanation; sources are numbered as they are met."""

    def __init__(self, language: str, width: int, styles: Styles) -> None:
        self._zh = language == "zh"
        self._width = width
        self._styles = styles
        self._sources: dict[Source, int] = {}

    def lines(self, explanation: Explanation) -> Iterator[str]:
        """Yield all lines."""
        reasons = explanation.reasons
        for number, reason in enumerate(reasons):
            if number:
                yield ""
                yield self._styles.strong(
                    self._say(f"另一种理由（{number}）", f"Another reason ({number})")
                )
            told: set[tuple[str, str, str]] = set()
            yield from self._tree(reason, "", "", told)
        if self._sources:
            yield ""
            yield self._styles.strong(self._say("来源", "Sources"))
            for source, number in self._sources.items():
                yield from self._wrapped(
                    f"[{number}]".rjust(5) + " ", " " * 6, source_text(source), str
                )

    def _say(self, zh: str, en: str) -> str:
        return zh if self._zh else en

    def _tree(
        self, reason: Reason, first: str, rest: str, told: set[tuple[str, str, str]]
    ) -> Iterator[str]:
        """Yield the lines of a reason; ``first`` and ``rest`` are drawn before its lines."""
        again = reason.triple in told and reason.rule
        told.add(reason.triple)
        mark = self._mark(reason) + (self._say("，见上文", ", see above") if again else "")
        style = self._styles.strong if not first else str
        yield from self._wrapped(first, rest, reason.sentence, style, mark)
        if again or not reason.rule:
            return
        children = [*(a for a in reason.axioms if a.rule), *steps(reason)]
        bar = "│ " if children else "  "
        ground = because(reason, "zh" if self._zh else "en")
        yield from self._wrapped(rest + bar, rest + bar, ground, self._styles.faint)
        for place, child in enumerate(children):
            last = place == len(children) - 1
            yield from self._tree(
                child, rest + ("└ " if last else "├ "), rest + ("  " if last else "│ "), told
            )

    def _mark(self, reason: Reason) -> str:
        if reason.rule:
            return self._say("推出", "inferred")
        places = [self._statement(statement) for statement in reason.statements]
        return self._say("断言：", "asserted: ") + self._say("；", "; ").join(places)

    def _statement(self, statement: Statement) -> str:
        row = statement.row
        place = statement.place_label or statement.place
        if not is_table(statement):
            place = self._say(f"“{place}”中的", f"“{place}”,")
        if row:
            where = self._say(
                f"{place} {statement.id}（第{row}行）", f"{place} {statement.id} (row {row})"
            )
        else:
            where = f"{place} {statement.id}"
        numbers = [self._sources.setdefault(s, len(self._sources) + 1) for s in statement.sources]
        return where + "".join(f" [{number}]" for number in numbers)

    def _wrapped(
        self, first: str, rest: str, text: str, style: Callable[[str], str], mark: str = ""
    ) -> Iterator[str]:
        room = max(20, self._width - display_width(first))
        lines = wrapped(text, room)
        faint = self._styles.faint
        for place, line in enumerate(lines):
            end = ""
            if (
                mark
                and place == len(lines) - 1
                and display_width(line) + 2 + display_width(mark) <= room
            ):
                end, mark = "  " + self._styles.mark(mark), ""
            yield faint(first if place == 0 else rest) + style(line) + end
        for line in wrapped(mark, room - 4) if mark else ():
            yield faint(rest) + "    " + self._styles.mark(line)


def because(reason: Reason, language: str) -> str:
    """Return the axioms by which something follows, in words, with the rule.

    Parameters
    ----------
    reason
        Why something holds; it follows by a rule.
    language
        ``zh`` or ``en``.
    """
    zh = language == "zh"
    axioms = [
        a.sentence
        for a in reason.axioms
        if not a.rule and not is_list_part(a.triple) and not defines_expression(a.triple)
    ]
    joined = ("；" if zh else "; ").join(axioms)
    if not joined and any(not a.rule for a in reason.axioms):
        joined = "这类事物就是这样定义的" if zh else "that is how these things are defined"
    joined = joined or ("有下列各条" if zh else "of the following")
    homes = dict.fromkeys(
        s.place_label for a in reason.axioms for s in a.statements if s.place_label
    )
    home = ("、" if zh else ", ").join(homes)
    if zh:
        where = f"（本体“{home}”，{reason.rule}）"
        return f"因为{joined}" + (where if home else f" ({reason.rule})")
    where = f" (ontology “{home}”, {reason.rule})"
    return f"because {joined}" + (where if home else f" ({reason.rule})")


def steps(reason: Reason) -> Iterator[Reason]:
    """Yield the facts of a reason; a chain of transitive steps is told link by link."""
    for fact in reason.facts:
        same = fact.rule == _TRANSITIVE == reason.rule and fact.axioms == reason.axioms
        yield from steps(fact) if same else (fact,)


def is_table(statement: Statement) -> bool:
    """Tell whether a table states it, rather than an ontology module or concept scheme."""
    return "://" not in statement.place


def source_text(source: Source) -> str:
    """Return all that is known of a source in one line."""
    head = f"{source.id} {source.label}".strip()
    details = (v if v.startswith(h) else f"{h} {v}" for h, v in source.details)
    return " · ".join(filter(None, [head, *details, *source.addresses]))
