"""What a query of others may not do: reach the network, or read what is no graph of ours.

The engine has an HTTP client for SERVICE and no switch against it.  So the text is read token by
token, and where a SERVICE could hide it is written anew, such that the engine cannot read it in
another way than it was read here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from zsgraph.errors import QueryError, QueryRefusedError
from zsgraph.sparql.faults import fault, open_quote, undeclared_prefix
from zsgraph.sparql.tokens import Token, declared_prefixes, prefixed, tokens

_REMOTE: Final = "service"
_NUMBER_SIGN: Final = r"\u0023"


@dataclass(frozen=True, slots=True)
class Examined:
    """A query that may be run.

    Attributes
    ----------
    text
        The query; it means what the query that was examined means.
    has_dataset
        Whether it names the graphs that it reads (``FROM``).
    """

    text: str
    has_dataset: bool


def examine(text: str, prefixes: dict[str, str], graphs: Collection[str]) -> Examined:
    """Return a query as it may be run.

    Parameters
    ----------
    text
        The query.
    prefixes
        Prefixes that are known without being declared.
    graphs
        IRIs of the graphs that it may read.

    Raises
    ------
    QueryRefusedError
        If it asks another service, or a graph that is not among ``graphs``.
    QuerySyntaxError
        If its tokens cannot be told apart.
    """
    if _REMOTE not in text.lower() and "from" not in text.lower():
        return Examined(text, False)
    found = list(tokens(text))
    written = text
    if _REMOTE in text.lower():
        _refuse_remote(found, text)
        written = _unmistakable(found)
    return Examined(written, _check_dataset(found, text, prefixes, graphs))


def _refuse_remote(found: list[Token], text: str) -> None:
    """Refuse whatever an engine could take for SERVICE, also where no blank sets it apart."""
    stray = open_quote(found, text)
    if stray is not None:
        raise stray
    for token in found:
        hidden = (
            (token.kind == "word" and _REMOTE in token.text.lower())
            or (token.kind == "name" and _REMOTE in token.prefix.lower())
            or (token.kind in ("name", "blank") and f".{_REMOTE}" in token.text.lower())
        )
        if hidden:
            raise fault(
                QueryRefusedError,
                text,
                token.start,
                "不能用 SERVICE 查询别的服务，只能查询本图",
                "SERVICE is not allowed; only this graph can be queried",
            )


def _unmistakable(found: list[Token]) -> str:
    """Return the text with blanks for comments and no ``#`` left that could begin one."""
    return "".join(_written(token) for token in found)


def _written(token: Token) -> str:
    if token.kind == "comment":
        return " " * len(token.text)
    return token.text.replace("#", _NUMBER_SIGN) if token.kind == "iri" else token.text


def _check_dataset(
    found: list[Token], text: str, prefixes: dict[str, str], graphs: Collection[str]
) -> bool:
    parts = [token for token in found if token.kind not in ("comment", "space")]
    known = prefixes | declared_prefixes(text)
    has_dataset = False
    for place, token in enumerate(parts[:-1]):
        if token.keyword != "FROM":
            continue
        has_dataset = True
        named = parts[place + 1].keyword == "NAMED" and place + 2 < len(parts)
        graph = parts[place + 2 if named else place + 1]
        if graph.kind == "name" and graph.prefix not in known:
            raise undeclared_prefix([graph], text, prefixes) or AssertionError
        iri = known[graph.prefix] + graph.local if graph.kind == "name" else graph.text[1:-1]
        if iri not in graphs:
            raise _unknown_graph(graph, iri, text, graphs)
    return has_dataset


def _unknown_graph(token: Token, iri: str, text: str, graphs: Collection[str]) -> QueryError:
    near = get_close_matches(iri, graphs, 2, 0.6)
    return fault(
        QueryRefusedError,
        text,
        token.start,
        f"没有图 {token.text}；FROM 只能用本图谱的图，如 {prefixed(min(graphs, default=''))}",
        f"there is no graph {token.text}; FROM takes the graphs of ours, such as "
        f"{prefixed(min(graphs, default=''))}",
        [prefixed(name) for name in near],
    )
