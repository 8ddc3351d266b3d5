"""Faults of a query, told with line, column and the line itself."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar
from unicodedata import east_asian_width

from zsgraph.errors import QueryError, QueryFileError, QueryRefusedError, QuerySyntaxError
from zsgraph.sparql.failure import failing_token
from zsgraph.sparql.tokens import Token, declared_prefixes, place, tokens

_KEYWORDS: Final = (
    "AS", "ASC", "ASK", "AVG", "BIND", "BOUND", "BY", "COALESCE", "CONCAT", "CONSTRUCT", "CONTAINS",
    "COUNT", "DATATYPE", "DESC", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "FROM", "GRAPH",
    "GROUP", "GROUP_CONCAT", "HAVING", "IF", "IN", "LANG", "LANGMATCHES", "LCASE", "LIMIT", "MAX",
    "MIN", "MINUS", "MONTH", "NAMED", "NOT", "OFFSET", "OPTIONAL", "ORDER", "PREFIX", "REDUCED",
    "REGEX", "REPLACE", "SAMPLE", "SELECT", "STR", "STRAFTER", "STRBEFORE", "STRENDS", "STRLEN",
    "STRSTARTS", "SUBSTR", "SUM", "UCASE", "UNDEF", "UNION", "VALUES", "WHERE", "YEAR",
)  # fmt: skip
_FORMS: Final = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
Fault = TypeVar("Fault", bound=QueryError)


def fault(
    kind: type[Fault], text: str, start: int, zh: str, en: str, nearest: Iterable[str] = ()
) -> Fault:
    """Return an error that points at a character of a query.

    Parameters
    ----------
    kind
        The class of the error.
    text
        The query.
    start
        Characters before the place.
    zh, en
        What is wrong there, without a full stop.
    nearest
        What may have been meant.
    """
    line, column = place(text, start)
    shown = "".join(text.split("\n")[line - 1 : line]).rstrip("\r")
    near = tuple(nearest)
    hint_zh = f"，是不是 {'、'.join(near)}" if near else ""
    hint_en = f"; did you mean {', '.join(near)}" if near else ""
    pointer = f"\n  {shown}\n  {_blank(shown[: column - 1])}^"
    return kind(
        f"查询第{line}行第{column}列：{zh}{hint_zh}{'？' if near else '。'}{pointer}",
        f"The query, line {line}, column {column}: {en}{hint_en}{'?' if near else '.'}{pointer}",
        line=line,
        column=column,
        shown=shown,
        nearest=near,
    )


def in_file(path: Path, error: QueryError) -> QueryFileError:
    """Return the error of a query as one of the file that holds it."""
    told = QueryFileError(
        error.message.zh.replace("查询", f"查询 {path.name} ", 1),
        error.message.en.replace("The query", f"Query {path.name}", 1),
        line=error.line,
        column=error.column,
        shown=error.shown,
        nearest=error.nearest,
    )
    told.path = path
    return told


def syntax_error(text: str, detail: str, prefixes: dict[str, str]) -> QueryError:
    """Return the error of a query that the engine could not parse.

    Parameters
    ----------
    text
        The query.
    detail
        What the engine says.
    prefixes
        Prefixes that are known without being declared.
    """
    found = [token for token in tokens(text) if token.kind not in ("comment", "space")]
    known = _known(found, text, prefixes)
    if known is not None:
        return known
    everything = list(tokens(text))
    if "unbound" in detail:
        return _ungrouped(found, text)
    failing = failing_token(everything, prefixes)
    if failing is None:
        zh, en = "查询没有写完", "the query ends too early"
        return fault(QuerySyntaxError, text, len(text.rstrip()), zh, en)
    return _slash_in_name(found, text, failing) or _misplaced(text, failing)


def _ungrouped(found: list[Token], text: str) -> QuerySyntaxError:
    """Return the error of a variable that is selected and neither grouped nor aggregated."""
    words = [token.keyword for token in found]
    last = max((place for place, word in enumerate(words) if word == "GROUP"), default=len(found))
    grouped = {token.text for token in found[last:] if token.kind == "variable"}
    start = words.index("SELECT") if "SELECT" in words else 0
    variables = [token for token in found[start:] if token.kind == "variable"]
    selected = next((v for v in variables if v.text not in grouped), found[start])
    zh = f"{selected.text} 没有绑定：它既不在 GROUP BY 中，也不在聚合函数中"
    en = f"{selected.text} is neither in GROUP BY nor in an aggregate"
    return fault(QuerySyntaxError, text, selected.start, zh, en)


def _misplaced(text: str, token: Token) -> QuerySyntaxError:
    """Return the error of a token that cannot stand where it does."""
    zh, en = f"“{token.text}”不该在这里", f"“{token.text}” cannot stand here"
    if token.kind == "sign" and token.text in "})":
        zh, en = f"{zh}，它前面没有写完", f"{en}; what comes before it is not finished"
    near = get_close_matches(token.keyword, _KEYWORDS, 1, 0.7) if token.keyword else []
    return fault(
        QuerySyntaxError, text, token.start, zh, en, [w for w in near if w != token.keyword]
    )


def _slash_in_name(found: list[Token], text: str, failing: Token) -> QuerySyntaxError | None:
    """Return the error of an unescaped slash in a prefixed name, where it can be no path."""
    for before, slash, after in zip(found, found[1:], found[2:], strict=False):
        touching = before.start + len(before.text) == slash.start == after.start - 1
        in_name = before.kind == "name" and slash.text == "/" and after.kind in ("number", "word")
        if failing in (slash, after) and touching and in_name:
            name = f"{before.text}\\/{after.text}"
            zh = f"前缀名称中的“/”要写成“\\/”：{name}"
            en = f"a “/” in a prefixed name is written “\\/”: {name}"
            return fault(QuerySyntaxError, text, slash.start, zh, en)
    return None


def _known(found: list[Token], text: str, prefixes: dict[str, str]) -> QueryError | None:
    """Return the error of a mistake that is told apart from the text alone."""
    stray = open_quote(found, text)
    if stray is not None:
        return stray
    first = _first_word(found)
    if first is not None and first.keyword in UPDATES:
        return fault(
            QueryRefusedError,
            text,
            first.start,
            f"{first.keyword} 是更新，这里只接受查询；要改内容，请改记录后重新建图",
            f"{first.keyword} is an update, and only queries are taken; to change the graph, edit "
            "the records and build anew",
        )
    if first is not None and first.keyword not in _FORMS:
        near = get_close_matches(first.keyword, _FORMS, 1, 0.5)
        return fault(
            QuerySyntaxError,
            text,
            first.start,
            f"查询应以 {'、'.join(_FORMS)} 之一开头，不是“{first.text}”",
            f"a query begins with {', '.join(_FORMS)}, not with “{first.text}”",
            near,
        )
    prefix = undeclared_prefix(found, text, prefixes)
    return prefix or _unbalanced(found, text)


def undeclared_prefix(
    found: list[Token], text: str, prefixes: dict[str, str]
) -> QuerySyntaxError | None:
    """Return the error of the first prefix that is not known; offers the nearest."""
    known = prefixes | declared_prefixes(text)
    for token in found:
        if token.kind == "name" and token.prefix not in known:
            near = get_close_matches(token.prefix, known, 2, 0.5)
            return fault(
                QuerySyntaxError,
                text,
                token.start,
                f"前缀“{token.prefix}:”没有声明",
                f"prefix “{token.prefix}:” is not declared",
                [f"{name}:" for name in near],
            )
    return None


def open_quote(found: list[Token], text: str) -> QuerySyntaxError | None:
    """Return the error of a quote or backslash that begins nothing, if there is one."""
    for token in found:
        if token.kind == "stray":
            zh, en = "引号没有成对，或反斜杠多余", "a quote is not closed, or a backslash astray"
            return fault(QuerySyntaxError, text, token.start, zh, en)
    return None


def _first_word(found: list[Token]) -> Token | None:
    """Return the first word after the prologue, or what stands in its place."""
    place = 0
    while place < len(found) and found[place].keyword in ("PREFIX", "BASE", "VERSION"):
        place += 3 if found[place].keyword == "PREFIX" else 2
    return found[place] if place < len(found) else None


def _unbalanced(found: list[Token], text: str) -> QuerySyntaxError | None:
    closing = {"}": "{", ")": "(", "]": "["}
    open_: list[Token] = []
    for token in found:
        if token.text in closing.values() and token.kind == "sign":
            open_.append(token)
        elif token.text in closing and token.kind == "sign":
            if not open_ or open_[-1].text != closing[token.text]:
                zh, en = f"“{token.text}”多了一个", f"“{token.text}” closes nothing"
                return fault(QuerySyntaxError, text, token.start, zh, en)
            open_.pop()
    if open_:
        sign = open_[-1]
        zh, en = f"“{sign.text}”没有闭合", f"“{sign.text}” is not closed"
        return fault(QuerySyntaxError, text, sign.start, zh, en)
    return None


def _blank(text: str) -> str:
    """Return blanks as wide as a text."""
    return "".join("\u3000" if east_asian_width(char) in "WF" else " " for char in text)
