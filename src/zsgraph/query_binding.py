"""Binding of parameters: terms put into the ``VALUES`` blocks of a query, in one pass.

The text is walked token by token, so a block inside a comment, a string or an IRI is none, and
what was put in for one parameter is never read again for another.

Standard: SPARQL 1.1 Query Language, 10.2 VALUES, 19.2 codepoint escapes, 19.8 grammar
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from zsgraph.terms import Term

_TOKEN: Final = re.compile(
    r"""
    \#[^\n]*                                                    # comment
  | <[^<>"{}|^`\\\x00-\x20]*>                                   # IRI
  | \"{3}(?:[^"\\]|\\.|\"{1,2}(?!"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
  | \b(?i:VALUES)\s+[?$](?P<name>\w+)\s*\{(?P<content>[^{}]*)\}
  | [?$](?P<variable>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\\\([uU])|\\u([0-9A-Fa-f]{4})|\\.", re.DOTALL)
_UNBOUND: Final = "UNDEF"


def bind(text: str, terms: Mapping[str, Term]) -> str:
    """Return a query with terms in the ``VALUES`` blocks of their variables.

    Parameters
    ----------
    text
        A query with a block ``VALUES ?name { … }`` for each name.
    terms
        Terms in N-Triples syntax by variable name.
    """

    def filled(token: re.Match[str]) -> str:
        name = token["name"]
        if name not in terms:
            return token[0]
        return f"VALUES ?{name} {{ {sparql(terms[name])} }}"

    return _TOKEN.sub(filled, text)


def sparql(term: Term) -> str:
    r"""Return an N-Triples term as SPARQL that every engine reads alike.

    SPARQL resolves ``\uXXXX`` in the whole text, before it looks for strings; an engine that does
    so literally takes an escaped backslash before a ``u`` for such an escape.
    """
    return _ESCAPE.sub(_unmistakable, term)


def blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the variable of each ``VALUES`` block of one variable, and whether it is unbound."""
    for token in _TOKEN.finditer(text):
        if token["name"]:
            yield token["name"], token["content"].strip().upper() == _UNBOUND


def used_variables(text: str) -> set[str]:
    """Return the variables that stand outside the heads of ``VALUES`` blocks."""
    return {token["variable"] for token in _TOKEN.finditer(text) if token["variable"]}


def _unmistakable(match: re.Match[str]) -> str:
    letter, code = match.groups()
    if letter:
        return rf"\\\U{ord(letter):08X}"
    return rf"\U0000{code}" if code else match[0]
