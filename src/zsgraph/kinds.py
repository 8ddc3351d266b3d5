"""Kinds of record by what people call them."""

from difflib import get_close_matches

from zsgraph.errors import UsageError
from zsgraph.schema import Schema, Table


def find_table(schema: Schema, kind: str) -> Table:
    """Return the table of a kind of record.

    Parameters
    ----------
    schema
        All tables.
    kind
        Name of the table, or what a record of it is called in Chinese or English.

    Raises
    ------
    UsageError
        If there is no such table; names the nearest ones.
    """
    names: dict[str, Table] = {}
    for table in schema.tables.values():
        for name in (table.name, table.label.zh, table.label.en):
            names.setdefault(name.casefold(), table)
    sought = kind.strip().casefold()
    if sought in names:
        return names[sought]
    holding = [name for name in names if sought and (sought in name or name in sought)]
    near = get_close_matches(sought, names, 3, 0.5) or holding[:3]
    tables = dict.fromkeys(names[name].name for name in near) or schema.tables
    known = [schema.tables[name] for name in tables]
    listed_zh = "、".join(f"{table.name}（{table.label.zh}）" for table in known)
    listed_en = ", ".join(table.name for table in known)
    zh = f"是不是 {listed_zh}？" if near else f"可用的是：{listed_zh}。"
    en = f"Did you mean {listed_en}?" if near else f"Known are: {listed_en}."
    raise UsageError(
        f"没有叫“{kind}”的记录种类。{zh}", f"There is no kind of record “{kind}”. {en}"
    )
