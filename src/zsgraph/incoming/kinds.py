"""Which kind of record a sheet holds, recognised by its headings."""

from typing import Final

from zsgraph.findings import Finding, Message, Severity
from zsgraph.headings import known_headings
from zsgraph.incoming.sheet import Sheet
from zsgraph.schema import ID_COLUMN, Schema, Table
from zsgraph.sheets import Report, rule

#: So much of the headings must be a kind's, and so much more than of the next kind.
_ENOUGH: Final = 0.5
_AHEAD: Final = 0.05
_NEAREST: Final = 3


def recognise(sheet: Sheet, schema: Schema, report: Report) -> Table | None:
    """Return the table whose records a sheet holds; None, and told, if that is not clear.

    The headings decide; where they fit several tables alike, the name of sheet or file does.

    Parameters
    ----------
    sheet
        A sheet with at least its headings.
    schema
        All tables.
    report
        Called with the finding if no table or several fit.
    """
    if sheet.kind is not None:
        return schema.tables[sheet.kind]
    headings = [heading.strip() for heading in sheet.rows[0].cells]
    fits = {table.name: _fit(table, headings) for table in schema.tables.values()}
    ranked = sorted(fits, key=lambda name: -fits[name])
    best = fits[ranked[0]]
    close = [name for name in ranked if fits[name] > best - _AHEAD]
    if best < _ENOUGH:
        report(_unknown(sheet, [schema.tables[name] for name in ranked if fits[name] > 0]))
        return None
    if len(close) > 1:
        named = [name for name in close if _is_named(schema.tables[name], sheet)]
        if len(named) != 1:
            report(_unclear(sheet, [schema.tables[name] for name in close]))
            return None
        close = named
    return schema.tables[close[0]]


def _fit(table: Table, headings: list[str]) -> float:
    """Return how much of the headings and of what is required is there, between 0 and 1."""
    known = known_headings(table)
    found = {known[heading] for heading in headings if heading in known}
    needed = {ID_COLUMN} | {column.name for column in table.columns if column.required}
    written = sum(1 for heading in headings if heading)
    return len(found) / max(1, written + len(needed - found))


def _is_named(table: Table, sheet: Sheet) -> bool:
    names = {name.casefold() for name in (table.name, table.label.zh, table.label.en)}
    stem = sheet.file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return bool(names & {(sheet.name or "").casefold(), stem.casefold()})


def _listed(tables: list[Table]) -> tuple[str, str]:
    return (
        "、".join(f"{table.label.zh}（{table.name}）" for table in tables),
        ", ".join(f"{table.label.en} ({table.name})" for table in tables),
    )


def _unknown(sheet: Sheet, near: list[Table]) -> Finding:
    zh, en = _listed(near[:_NEAREST])
    way = Message(
        "用 zsgraph template 种类 可得到带标题的空表；标题没错时，用 --kind 说明种类。",
        "zsgraph template KIND makes a sheet with the right headings; if the headings are right, "
        "name the kind with --kind.",
    )
    if near:
        way = Message(f"最接近的是：{zh}。{way.zh}", f"Nearest: {en}. {way.en}")
    return _about(
        sheet,
        "kind-unknown",
        Message(
            "从标题行看不出这是哪种记录。", "The headings do not tell which kind of record this is."
        ),
        way,
    )


def _unclear(sheet: Sheet, close: list[Table]) -> Finding:
    zh, en = _listed(close)
    return _about(
        sheet,
        "kind-unclear",
        Message(f"从标题行看，这可能是：{zh}。", f"By its headings this may be: {en}."),
        Message("请用 --kind 说明是哪一种。", "Say which with --kind."),
    )


def _about(sheet: Sheet, name: str, message: Message, advice: Message) -> Finding:
    row = sheet.rows[0].number
    return Finding(
        Severity.ERROR,
        rule(name),
        message,
        sheet.file,
        row,
        value="、".join(filter(None, sheet.rows[0].cells)) or None,
        advice=advice,
        sheet=sheet.name,
    )
