"""What was found, as a table, JSON or CSV."""

import csv
import io
import json
from dataclasses import asdict

from zsgraph.discovery.find import Found, Hit
from zsgraph.discovery.terminal import table
from zsgraph.formats import display_width
from zsgraph.namespaces import ID

_ID, _MATCHED = 2, 3


def found_table(found: Found, language: str, width: int) -> str:
    """Return the hits as a table for a terminal of ``width`` columns."""
    rows = [_cells(hit) for hit in found.hits]
    for row, hit in zip(rows, found.hits, strict=True):
        if hit.iri.startswith(ID):  # ids of records hardly ever need their folder
            row[_ID] = hit.id.rpartition("/")[2]
    natural = sum(max(map(display_width, column)) + 2 for column in zip(*rows, strict=True))
    kept = 4 if any(row[_MATCHED] for row in rows) and natural <= width else _MATCHED
    lines = table([row[:kept] for row in [_headings(language), *rows]], width, _ID)
    return "\n".join(lines) + "\n"


def found_csv(found: Found, language: str) -> str:
    """Return the hits as CSV (RFC 4180) with a line for headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_headings(language), "IRI"])
    writer.writerows([*_cells(hit), hit.iri] for hit in found.hits)
    return out.getvalue()


def found_json(found: Found) -> str:
    """Return the hits, whether there are more, and the nearest names, as JSON."""
    hits = [asdict(hit) | {"match": hit.match.name.lower()} for hit in found.hits]
    document = {"hits": hits, "more": found.more, "others": found.others, "near": found.near}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _headings(language: str) -> list[str]:
    if language == "zh":
        return ["名称", "种类", "编号", "匹配的名称"]
    return ["Name", "Kind", "Id", "Matched"]


def _cells(hit: Hit) -> list[str]:
    known = (hit.label, hit.id, hit.id.rpartition("/")[2])
    return [hit.label, hit.kind_label, hit.id, "" if hit.matched in known else hit.matched]
