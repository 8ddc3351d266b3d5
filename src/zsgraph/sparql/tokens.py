"""Tokens of a SPARQL query with their places.

Standard: SPARQL 1.1 Query Language, 19.8 Grammar (https://www.w3.org/TR/sparql11-query/#grammar).
A character class may be wider here than there; the engine has the last word on what is SPARQL.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zsgraph.namespaces import shorten

_ESCAPED: Final = re.compile(r"[/~!$&'()*+,;=?#@%]")
_LOCAL: Final = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)"
_LOCAL_MORE: Final = r"(?:[\w:.·‿⁀-]|%[0-9A-Fa-f]{2}|\\.)"
_TOKEN: Final = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]{{4,8}}[^<>"{{}}|^`\\\x00-\x20]*)*>)
  | (?P<string>
        "{{3}}(?:[^"\\]|\\.|"{{1,2}}(?!"))*"{{3}} | '{{3}}(?:[^'\\]|\\.|'{{1,2}}(?!'))*'{{3}}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.·‿⁀-]*[\w·‿⁀-])?)
  | (?P<name>(?P<prefix>(?:[^\W\d_](?:[\w.·‿⁀-]*[\w·‿⁀-])?)?)
      :(?P<local>{_LOCAL}(?:{_LOCAL_MORE}*(?<!\.))?)?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<space>\s+)
  | (?P<sign>[^"'\\`])
  | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query.

    Attributes
    ----------
    kind
        ``comment``, ``iri``, ``string``, ``variable``, ``blank``, ``name`` (a prefixed one),
        ``language``, ``number``, ``word``, ``space``, ``sign``, or ``stray`` for a quote or
        backslash that begins nothing.
    text
        As it is written.
    start
        Characters of the query before it.
    prefix, local
        The parts of a prefixed name.
    """

    kind: str
    text: str
    start: int
    prefix: str = ""
    local: str = ""

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for another kind of token."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield all tokens of a query; together they are its whole text."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        yield Token(kind, match[0], match.start(), match["prefix"] or "", match["local"] or "")


def place(text: str, start: int) -> tuple[int, int]:
    """Return line and column, both counted from 1, of a character of a text."""
    before = text[:start]
    line = before.count("\n") + 1
    return line, start - (before.rfind("\n") + 1) + 1


def prefixed(iri: str) -> str:
    """Return an IRI as a query may write it: a prefixed name where a prefix is known."""
    name = shorten(iri)
    if name == iri:
        return f"<{iri}>"
    prefix, _, local = name.partition(":")
    return f"{prefix}:{_ESCAPED.sub(lambda sign: chr(92) + sign[0], local)}"


def declared_prefixes(text: str) -> dict[str, str]:
    """Return the prefixes that a query declares itself."""
    found: dict[str, str] = {}
    parts = [token for token in tokens(text) if token.kind not in ("comment", "space")]
    for word, name, base in zip(parts, parts[1:], parts[2:], strict=False):
        if word.keyword == "PREFIX" and name.kind == "name" and base.kind == "iri":
            found[name.prefix] = base.text[1:-1]
    return found
