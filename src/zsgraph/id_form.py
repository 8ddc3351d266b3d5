"""The form of an id, told in words where its pattern is a plain one."""

import re
from typing import Final

from zsgraph.findings import Message
from zsgraph.schema import Table

_ATOM: Final = re.compile(r"(\[[^\]]+\]|[^\[\]{}()+*?.|\\^$])(\+|\{\d+(?:,\d*)?\})?")
_CLASSES: Final = {
    "[0-9]": Message("数字", "digits"),
    "[a-z]": Message("小写字母", "small letters"),
    "[A-Z]": Message("大写字母", "capital letters"),
    "[a-z-]": Message("小写字母和连字符", "small letters and hyphens"),
    "[a-z0-9]": Message("小写字母和数字", "small letters and digits"),
    "[a-z0-9-]": Message("小写字母、数字和连字符", "small letters, digits and hyphens"),
}


def id_form(table: Table) -> Message:
    """Return how an id of the table is written, in words where its pattern is a plain one."""
    return _pattern_in_words(table.id_pattern) or Message(
        f"形式为 {table.id_pattern}", f"of the form {table.id_pattern}"
    )


def _pattern_in_words(pattern: str) -> Message | None:
    atoms = list(_ATOM.finditer(pattern))
    if "".join(atom.group() for atom in atoms) != pattern:
        return None
    start = ""
    while atoms and not atoms[0].group(1).startswith("[") and not atoms[0].group(2):
        start += atoms.pop(0).group(1)
    parts = [_atom_in_words(atom.group(1), atom.group(2)) for atom in atoms]
    known = [part for part in parts if part]
    if not known or len(known) != len(parts):
        return None
    parts_zh, parts_en = [part.zh for part in known], [part.en for part in known]
    zh, en = "后接".join(parts_zh), " followed by ".join(parts_en)
    return Message(f"{start} 后接{zh}", f"{start} followed by {en}") if start else Message(zh, en)


def _atom_in_words(name: str, times: str | None) -> Message | None:
    called = _CLASSES.get(name)
    if called is None:
        return None
    if times == "+":
        return called
    if times is None:
        return Message(f"1位{called.zh}", f"one of the {called.en}")
    least, _, most = times.strip("{}").partition(",")
    count = f"{least}–{most}" if most else least
    return Message(f"{count}位{called.zh}", f"{count} {called.en}")
