"""Recording that something has ended: its date and its source, never by removing the record.

Which records can end, and in which columns that is written, their shapes say.
"""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from zsgraph.cells import right_form, to_literal
from zsgraph.editing.changes import Alteration, Registered, alter, open_table, registered
from zsgraph.errors import UsageError
from zsgraph.findings import Finding, Message, Severity
from zsgraph.records import path_of
from zsgraph.resolve import Resolver, qualified
from zsgraph.schema import Column, Ending, Schema, Table
from zsgraph.sheets import rule
from zsgraph.terms import Term, iri_value, literal_parts

_LISTED = 5
Tell = Callable[[Finding], None]


def find_record(schema: Schema, folder: Path, text: str, resolver: Resolver) -> tuple[Table, str]:
    """Return table and id of the record that can end and that a text names.

    Parameters
    ----------
    schema
        All tables.
    folder
        The folder of the records.
    text
        An id, a qualified id or an exact name.
    resolver
        Knows all records.

    Raises
    ------
    UsageError
        If there is no such record, several are called so, or it is not of a kind that ends; the
        message offers what may be meant.
    """
    ending = [table for table in schema.tables.values() if table.ending]
    found = [(t, iri) for t in ending for iri in resolver.resolve(text, t.target)]
    if len(found) == 1:
        table, iri = found[0]
        return table, iri.removeprefix(table.base)
    if found:
        listed = [f"{qualified(iri)}（{resolver.name(iri)}）" for _, iri in found[:_LISTED]]
        raise UsageError(
            f"“{text}”可以指{len(found)}条记录：{'、'.join(listed)}。请改写编号。",
            f"“{text}” may mean {len(found)} records: {', '.join(listed)}. Write the id.",
        )
    other = resolver.resolve(text, "")
    if other:
        raise _does_not_end(text, ending, _about(ending, folder, other, resolver))
    raise _unknown(text, ending, folder, resolver)


def end_record(
    table: Table,
    folder: Path,
    identifier: str,
    date: str,
    sources: list[str],
    resolver: Resolver,
    report: Tell,
) -> Alteration | None:
    """Work out how a record changes when what it tells of ends.

    Parameters
    ----------
    table
        A table with an ending.
    folder
        The folder of the records.
    identifier
        The record's id.
    date
        When it ended, in a form of the column of the end.
    sources
        What says so: ids or names, each registered.
    resolver
        Knows all records.
    report
        Called with each finding; with an error there is no change.

    Returns
    -------
    Alteration or None
        None where there was an error.  It has no cell where the records hold just that already.
    """
    ending = table.ending
    assert ending is not None
    old = registered(table, folder, [identifier], resolver).get(identifier)
    file = path_of(table, folder).name
    if old is None:
        report(_unreadable(file, identifier))
        return None
    values = dict(zip([c.name for c in table.columns], old.record.values, strict=True))
    end = to_literal(date, ending.end.datatypes)
    if end is None:
        report(
            _fault(
                file, old, ending.end, date, ending.end.message, right_form(ending.end.datatypes)
            )
        )
        return None
    found = [_source(ending, file, old, text, resolver, report) for text in sources]
    start = values[ending.start.name] if ending.start else ()
    if start and _is_before(date, literal_parts(start[0])[0]):
        report(_too_early(file, old, ending, date, literal_parts(start[0])[0]))
        return None
    if None in found:
        return None
    told = [term for term in found if term]
    new = {
        ending.end.name: (end,),
        ending.sources.name: tuple(dict.fromkeys([*values[ending.sources.name], *told])),
    }
    return alter(old, table, new, resolver)


def ended(table: Table, alteration: Alteration) -> str:
    """Return the end that is registered already and would be replaced; empty if there is none."""
    assert table.ending is not None
    end = table.ending.end
    return next((change.old for change in alteration.cells if change.column == end), "")


def _source(
    ending: Ending, file: str, old: Registered, text: str, resolver: Resolver, report: Tell
) -> Term | None:
    meant = resolver.meant(ending.sources, text)
    if len(meant) == 1:
        return f"<{meant[0]}>"
    near = resolver.nearest(text, ending.sources.reference)
    message = Message(f"来源“{text}”没有登记。", f"The source “{text}” is not registered.")
    advice = Message(
        "请先登记这个来源。" + (f"最接近的是：{'、'.join(near)}。" if near else ""),
        "Register it first." + (f" Nearest: {', '.join(near)}." if near else ""),
    )
    report(_fault(file, old, ending.sources, text, message, advice))
    return None


def _is_before(date: str, start: str) -> bool:
    """Compare two dates as far as both are known: 2024 is not before 2024-05."""
    known = min(len(date), len(start))
    return date[:known] < start[:known]


def _about(
    tables: list[Table], folder: Path, iris: list[str], resolver: Resolver
) -> list[tuple[Table, str]]:
    """Return the records that can end and that refer to one of some resources."""
    terms = {f"<{iri}>" for iri in iris}
    found = []
    for table in tables:
        text, header = open_table(table, folder)
        if header is None or header.id_place is None:
            continue
        ids = [cells[header.id_place] for _, cells in list(text.rows())[1:]]
        for identifier, old in registered(table, folder, ids, resolver).items():
            if any(not terms.isdisjoint(values) for values in old.record.values):
                found.append((table, identifier))
    return found


def _does_not_end(text: str, tables: list[Table], about: list[tuple[Table, str]]) -> UsageError:
    kinds_zh = "、".join(table.label.zh for table in tables)
    kinds_en = ", ".join(table.label.en for table in tables)
    zh = f"“{text}”不是会结束的记录；会结束的是：{kinds_zh}。"
    en = f"“{text}” is not a record that ends; those that end are: {kinds_en}."
    if about:
        listed = [f"{identifier}（{table.label.zh}）" for table, identifier in about[:_LISTED]]
        zh += f"与它有关的有：{'、'.join(listed)}。"
        listed = [f"{identifier} ({table.label.en})" for table, identifier in about[:_LISTED]]
        en += f" About it there are: {', '.join(listed)}."
    return UsageError(zh, en)


def _unknown(text: str, tables: list[Table], folder: Path, resolver: Resolver) -> UsageError:
    ids = []
    for table in tables:
        lines, header = open_table(table, folder)
        if header and header.id_place is not None:
            ids += [cells[header.id_place] for _, cells in list(lines.rows())[1:]]
    near = get_close_matches(text, ids, 3, 0.6)
    named = [name for table in tables for name in resolver.nearest(text, table.target, 1)]
    near = (near + named)[:3]
    zh, en = f"没有叫“{text}”的记录。", f"There is no record “{text}”."
    if near:
        zh, en = zh + f"最接近的是：{'、'.join(near)}。", en + f" Nearest: {', '.join(near)}."
    return UsageError(zh, en)


def _too_early(file: str, old: Registered, ending: Ending, date: str, start: str) -> Finding:
    message = Message(
        f"结束时间早于开始时间 {start}。", f"The end is before the beginning, {start}."
    )
    advice = Message("请核对两个时间。", "Check both dates.")
    return _fault(file, old, ending.end, date, message, advice)


def _fault(
    file: str,
    old: Registered,
    column: Column,
    value: str,
    message: Message,
    advice: Message | None,
) -> Finding:
    return Finding(
        Severity.ERROR,
        column.shape,
        message,
        file,
        old.record.row,
        column.name,
        value,
        advice,
        iri_value(old.record.subject),
    )


def _unreadable(file: str, identifier: str) -> Finding:
    message = Message(
        f"记录 {identifier} 本身有错误，不能改动。", f"The record {identifier} itself is faulty."
    )
    advice = Message("请先运行 zsgraph build 查看。", "Run zsgraph build to see how.")
    return Finding(Severity.ERROR, rule("registered"), message, file, advice=advice)
