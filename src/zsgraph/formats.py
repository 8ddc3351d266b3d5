"""Answers as text: table, CSV, TSV, Markdown, SPARQL results in JSON and XML.

Standards: RFC 4180; SPARQL 1.1 Query Results JSON Format
(https://www.w3.org/TR/sparql11-results-json/); SPARQL Query Results XML Format
(https://www.w3.org/TR/rdf-sparql-XMLres/)
"""

import csv
import json
from collections.abc import Callable
from typing import Any, Final
from unicodedata import east_asian_width

import pyoxigraph as ox

from zsgraph.answers import LIST_SEPARATOR, Answer, Value
from zsgraph.queries import ColumnHead

_WIDE: Final = "WF"
_RFC_4180_END: Final = "\r\n"
_LEAST_WIDTH: Final = 8


def to_csv(answer: Answer) -> str:
    """Return the answer as CSV, with headings and labels in its language."""
    return _separated(answer, ",")


def to_tsv(answer: Answer) -> str:
    """Return the answer as tab-separated text."""
    return _separated(answer, "\t")


def to_markdown(answer: Answer) -> str:
    """Return the answer as a Markdown table."""
    lines = [answer.headings, ["---"] * len(answer.headings), *answer.texts()]
    return "".join(
        f"| {' | '.join(' '.join(cell.replace('|', '∣').split()) for cell in line)} |\n"
        for line in lines
    )


def to_json(answer: Answer) -> str:
    """Return SPARQL 1.1 results JSON.

    Beside each resource stands its label, as the variable named after it with ``Label``.
    """
    names = [column.name for column in answer.columns]
    labelled = {
        name
        for place, name in enumerate(names)
        if any(isinstance(row[place], ox.NamedNode) for row in answer.terms)
    }
    variables = [v for n in names for v in ([n, f"{n}Label"] if n in labelled else [n])]
    bindings = []
    for row in answer.terms:
        binding: dict[str, Any] = {}
        for column, value in zip(answer.columns, row, strict=True):
            if value is None:
                continue
            name = column.name
            binding[name] = _json_term(column, value)
            if isinstance(value, ox.NamedNode):
                binding[f"{name}Label"] = {
                    "type": "literal",
                    "value": answer.label(value.value),
                    "xml:lang": answer.language,
                }
        bindings.append(binding)
    document = {"head": {"vars": variables}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def to_xml(answer: Answer) -> str:
    """Return SPARQL results XML, with the same variables as :func:`to_json`."""
    same = to_json(answer).encode()
    results = ox.parse_query_results(same, ox.QueryResultsFormat.JSON)
    assert isinstance(results, ox.QuerySolutions)
    content = results.serialize(format=ox.QueryResultsFormat.XML)
    assert content is not None
    return content.decode() + "\n"


def to_table(answer: Answer, width: int = 100) -> str:
    """Return the answer as a table of aligned columns.

    Parameters
    ----------
    answer
        What to show.
    width
        Columns of the terminal; a Chinese character takes two.
    """
    rows = [answer.headings, *answer.texts()]
    natural = [max(display_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    places = _shown(answer, natural, width)
    widths = _fitted([natural[place] for place in places], width)
    lines = [
        "  ".join(_padded(row[i], w) for i, w in zip(places, widths, strict=True)) for row in rows
    ]
    lines.insert(1, "  ".join("─" * w for w in widths))
    lines += _left_out(answer, places, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown(answer: Answer, natural: list[int], width: int) -> list[int]:
    """Return the columns that are shown: all where they have room, else the brief ones."""
    everything = list(range(len(natural)))
    if not natural:  # SELECT * of a pattern without variables
        return everything
    fair = width // len(natural) - 2
    if sum(min(w, 2 * fair) for w in natural) + 2 * len(natural) <= width:
        return everything
    names = [column.name for column in answer.columns]
    return [place for place in everything if names[place] in answer.query.brief] or everything


def _left_out(answer: Answer, places: list[int], width: int) -> list[str]:
    left = [heading for i, heading in enumerate(answer.headings) if i not in places]
    if not left:
        return []
    if answer.language == "zh":
        words = ["未显示的列：", *_joined(left, "、"), "（--format csv 给出全部）"]
    else:
        words = ["Columns not shown: ", *_joined(left, ", "), " (--format csv gives all)"]
    return ["", *_wrapped(words, width)]


def _joined(words: list[str], joint: str) -> list[str]:
    return [word + joint for word in words[:-1]] + words[-1:]


def _wrapped(words: list[str], width: int) -> list[str]:
    """Put words on lines that are no wider than ``width``, where a single word is not."""
    lines = [""]
    for word in words:
        if lines[-1] and display_width((lines[-1] + word).rstrip()) > width:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return lines


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(char) in _WIDE else 1 for char in text)


def shortened(text: str, width: int) -> str:
    """Return a text cut to ``width`` columns, with an ellipsis where something is left out."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if display_width(text) <= width:
        return text
    used, kept = 1, ""
    for char in text:
        used += 2 if east_asian_width(char) in _WIDE else 1
        if used > width:
            break
        kept += char
    return kept + "…"


FORMATS: Final[dict[str, Callable[[Answer], str]]] = {
    "table": to_table,
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "xml": to_xml,
    "md": to_markdown,
}


def _separated(answer: Answer, separator: str) -> str:
    lines = _Lines()
    writer = csv.writer(lines, delimiter=separator, lineterminator=_RFC_4180_END)
    writer.writerow(answer.headings)
    writer.writerows(answer.texts())
    return "".join(lines)


class _Lines(list[str]):
    """Takes lines as RFC 4180 ends them, so that a lone CR in a cell is quoted; ends them by LF."""

    def write(self, line: str) -> None:
        self.append(line.removesuffix(_RFC_4180_END) + "\n")


def _json_term(column: ColumnHead, value: Value) -> dict[str, str]:
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.Literal):
        text = value.value
        if column.list_of:  # engines gather members in any order
            text = LIST_SEPARATOR.join(sorted(set(filter(None, text.split(LIST_SEPARATOR)))))
        term = {"type": "literal", "value": text}
        if value.language:
            return term | {"xml:lang": value.language}
        if not value.datatype.value.endswith("#string"):
            return term | {"datatype": value.datatype.value}
        return term
    return {"type": "bnode", "value": str(value)}


def _fitted(widths: list[int], total: int) -> list[int]:
    """Narrow the widest columns until the table fits."""
    room = total - 2 * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _LEAST_WIDTH:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _padded(cell: str, width: int) -> str:
    cut = shortened(cell, width)
    return cut + " " * (width - display_width(cut))
