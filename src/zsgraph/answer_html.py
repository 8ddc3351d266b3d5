"""An answer as a table of HTML, as notebooks show it.

Standard: HTML Living Standard (https://html.spec.whatwg.org/)
"""

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pyoxigraph as ox

if TYPE_CHECKING:
    from zsgraph.answers import Answer, Row, Value
    from zsgraph.queries import ColumnHead

MOST_ROWS: Final = 50
_STYLE: Final = """
.zsgraph{border-collapse:collapse;margin:.4em 0}
.zsgraph caption{text-align:start;padding:.2em 0 .5em;caption-side:top}
.zsgraph th,.zsgraph td{text-align:start;vertical-align:top;padding:.3em .7em;
border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}
.zsgraph td.number{text-align:end;font-variant-numeric:tabular-nums}
"""


def to_html(answer: "Answer") -> str:
    """Return a table of at most :data:`MOST_ROWS` rows with its title and the answer's sentence."""
    language = answer.language
    heads = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in answer.headings)
    rows = "".join(_row(answer, row) for row in answer.terms[:MOST_ROWS])
    return (
        f"<style>{_STYLE}</style>"
        f'<table class="zsgraph" lang="{"zh-CN" if language == "zh" else "en"}">'
        f"<caption><b>{escape(answer.query.summary.text(language))}</b><br>"
        f"{escape(answer.sentence())}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{_rest(answer)}"
    )


def _row(answer: "Answer", row: "Row") -> str:
    cells = zip(answer.columns, row, strict=True)
    return f"<tr>{''.join(_cell(answer, *cell) for cell in cells)}</tr>"


def _cell(answer: "Answer", column: "ColumnHead", term: "Value") -> str:
    """Return a cell; a resource links to its page."""
    text = escape(answer.text(column, term))
    if isinstance(term, ox.NamedNode) and urlsplit(term.value).scheme in ("http", "https"):
        return f'<td><a href="{escape(term.value)}">{text}</a></td>'
    number = isinstance(term, ox.Literal) and text.replace(".", "", 1).lstrip("-").isdigit()
    return f'<td class="number">{text}</td>' if number else f"<td>{text}</td>"


def _rest(answer: "Answer") -> str:
    left = len(answer.terms) - MOST_ROWS
    if left <= 0:
        return ""
    zh, en = f"还有 {left} 行；to_pandas() 给出全部。", f"{left} more rows; to_pandas() gives all."
    return f"<p>{zh if answer.language == 'zh' else en}</p>"
