"""A comparison as JSON: terms for programs, words for people."""

import json
from typing import Any

from zsgraph.diff.words import Told, ToldItem


def write(told: Told) -> str:
    """Return the document."""
    comparison = told.comparison
    document = {
        "old": comparison.old.name,
        "new": comparison.new.name,
        "language": told.language,
        "headline": told.headline,
        "statements": {
            "removed": len(comparison.patch.removed),
            "added": len(comparison.patch.added),
        },
        "places": [
            {
                "iri": section.iri,
                "title": section.title,
                "counts": section.counts,
                "things": [
                    {
                        "iri": thing.iri,
                        "title": thing.title,
                        "counts": thing.counts,
                        "records": [_item(item) for item in thing.items],
                    }
                    for thing in section.things
                ],
            }
            for section in told.sections
        ],
        "terms": [_item(item) for item in told.terms],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _item(told: ToldItem) -> dict[str, Any]:
    item = told.item
    found: dict[str, Any] = {
        "iri": item.iri,
        "change": item.change.value,
        "kind": told.kind,
        "title": told.title,
    }
    if item.table:
        found["table"] = item.table.name
    if item.replacement:
        found["replacement"] = item.replacement
    found["cells"] = [
        {
            "heading": words.heading,
            **({"column": cell.column.name} if cell.column else {}),
            "property": cell.path,
            "old": list(words.old),
            "new": list(words.new),
        }
        for cell, words in told.pairs()
    ]
    return found
