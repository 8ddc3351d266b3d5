"""Ids of records that were changed: ``redirects.csv`` beside the records, read and checked.

A row says which id, as ``table/id``, was replaced by which.  The old one stays known, so that what
was published once still leads somewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zsgraph.deprecation import redirect
from zsgraph.findings import Finding
from zsgraph.resolve import Resolver
from zsgraph.schema import Schema
from zsgraph.sheets import Report, error, read_rows
from zsgraph.terms import Triple

FILE: Final = "redirects.csv"
OLD, NEW, SINCE, NOTE = "old", "new", "since", "note"
_HEADER: Final = [OLD, NEW, SINCE, NOTE]
_RULE: Final = "redirect"


@dataclass(frozen=True, slots=True)
class Redirect:
    """An id that was changed.

    Attributes
    ----------
    row
        Spreadsheet row.
    old, new
        IRIs of the record before and after.
    """

    row: int
    old: str
    new: str


def read_redirects(folder: Path, schema: Schema, report: Report) -> list[Redirect]:
    """Read the changed ids of a folder of records; none where it has no such file.

    Parameters
    ----------
    folder
        The folder.
    schema
        Knows the tables and the form of their ids.
    report
        Called with each finding; a faulty row is not returned.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    rows = read_rows(path, report)
    header = next(rows, None)
    if header is None or header.cells != _HEADER:
        listed = ",".join(_HEADER)
        report(
            error(
                FILE, _RULE, f"标题行须是 {listed}。", f"The header must be {listed}.", 1
            )
        )  # fmt: skip
        return []
    found: list[Redirect] = []
    for row in rows:
        cells = dict(zip(_HEADER, map(str.strip, row.cells), strict=True))
        old, new = (_iri(cells[name], schema) for name in (OLD, NEW))
        for name, iri in ((OLD, old), (NEW, new)):
            if not iri:
                report(
                    error(
                        FILE,
                        _RULE,
                        "编号须写作 表名/编号，并合乎该表编号的写法。",
                        "An id is written as table/id, in the form of the ids of that table.",
                        row.number,
                        name,
                        cells[name],
                    )
                )
        if old and new:
            found.append(Redirect(row.number, old, new))
    return found


def check_redirects(redirects: list[Redirect], resolver: Resolver) -> Iterator[Finding]:
    """Yield what is wrong with changed ids among the records.

    Parameters
    ----------
    redirects
        The changed ids.
    resolver
        Knows all records.
    """
    leads = {redirect.old: redirect.new for redirect in redirects}
    seen: set[str] = set()
    for one in redirects:
        if resolver.resolve(one.old, ""):
            yield _fault(
                one, OLD, "旧编号还在表里；请删去那一行，或删去这一行。",
                "The old id is still in its table; remove that row, or this one.",
            )  # fmt: skip
        if one.old in seen:
            yield _fault(one, OLD, "这个旧编号已经写过。", "This old id stands here already.")
        seen.add(one.old)
        if _leads_back(one.old, leads):
            yield _fault(
                one, NEW, "转来转去又回到自己。", "It leads back to itself over the others."
            )
        elif one.new not in leads and not resolver.resolve(one.new, ""):
            yield _fault(one, NEW, "新编号没有登记。", "The new id is not registered.")


def triples_of(redirects: list[Redirect]) -> list[Triple]:
    """Return what says that the old ids are deprecated and what replaces them."""
    return [t for one in redirects for t in redirect(f"<{one.old}>", f"<{one.new}>")]


def _leads_back(start: str, leads: dict[str, str]) -> bool:
    iri, passed = leads.get(start, ""), {start}
    while iri and iri not in passed:
        passed.add(iri)
        iri = leads.get(iri, "")
    return bool(iri)


def _iri(text: str, schema: Schema) -> str:
    name, _, identifier = text.partition("/")
    table = schema.tables.get(name)
    if table is None or not re.fullmatch(table.id_pattern, identifier):
        return ""
    return table.base + identifier


def _fault(one: Redirect, column: str, zh: str, en: str) -> Finding:
    value = one.old if column == OLD else one.new
    return error(FILE, _RULE, zh, en, one.row, column, "/".join(value.rsplit("/", 2)[1:]))
