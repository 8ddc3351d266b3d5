"""Binding of variables of any query: a ``VALUES`` block is put in, with the terms and nothing else.

Standard: SPARQL 1.1 Query Language, 10.2 VALUES
"""

from collections.abc import Mapping
from difflib import get_close_matches

from zsgraph.errors import UsageError
from zsgraph.query_binding import sparql
from zsgraph.sparql.tokens import Token, tokens
from zsgraph.terms import Term


def bound(text: str, terms: Mapping[str, Term]) -> str:
    """Return a query that has only the solutions in which variables are the given terms.

    The block stands first in the pattern, so that the engine begins with what is known; where
    none can stand there, it stands at the end of the query, which says the same.

    Parameters
    ----------
    text
        A query.
    terms
        Terms in N-Triples syntax by variable.

    Raises
    ------
    UsageError
        If the query lacks a variable; the message offers the nearest.
    """
    parts = [token for token in tokens(text) if token.kind not in ("comment", "space")]
    _check(parts, terms)
    if not terms:
        return text
    heads = " ".join(f"?{name}" for name in terms)
    block = f"VALUES ({heads}) {{ ({' '.join(map(sparql, terms.values()))}) }}"
    start = _pattern(parts)
    if start is None:
        return f"{text}\n{block}"
    return f"{text[:start]} {block} {text[start:]}"


def _check(parts: list[Token], terms: Mapping[str, Term]) -> None:
    known = sorted({token.text[1:] for token in parts if token.kind == "variable"})
    for name in terms:
        if name not in known:
            near = tuple(get_close_matches(name, known, 1, 0.5))
            raise UsageError(
                f"查询中没有变量 ?{name}。" + (f"是不是 ?{near[0]}？" if near else ""),
                f"The query has no variable ?{name}."
                + (f" Did you mean ?{near[0]}?" if near else ""),
                nearest=near,
            )


def _pattern(parts: list[Token]) -> int | None:
    """Return where the outermost pattern begins, None if no block can stand in it."""
    depth = 0
    templates = 0
    for place, token in enumerate(parts):
        if token.keyword == "CONSTRUCT" and not depth:
            if parts[place + 1].text != "{":  # the short form, whose pattern is the template
                return None
            templates = 1
        elif token.kind == "sign" and token.text in "{}":
            if token.text == "{" and not depth and not templates:
                inner = parts[place + 1] if place + 1 < len(parts) else token
                return None if inner.keyword == "SELECT" else token.start + 1
            depth += 1 if token.text == "{" else -1
            templates = templates if depth else 0
    return None
