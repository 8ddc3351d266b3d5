"""Completion of words by the shell, for the options that queries have of their own."""

from typing import Final

import click
from click.shell_completion import CompletionItem

from zsgraph.cli.language import chosen_language

#: The variable by which a shell asks for completions (see click's documentation).
VARIABLE: Final = "_ZSGRAPH_COMPLETE"
_FILES: Final = ("chart", "out", "report")
_WORDS: Final = {"lang": ("zh", "en"), "theme": ("light", "dark")}


def complete_query(
    ctx: click.Context, _: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """Return what may follow ``zsgraph query …``."""
    from zsgraph.completion import query_offers, value_offers
    from zsgraph.knowledge import locate

    given = [str(word) for word in ctx.params.get("arguments") or ()]
    language = chosen_language(ctx)
    if incomplete.startswith("-"):
        return [item for item in _options(given, language) if item.value.startswith(incomplete)]
    option = given[-1][2:] if given and given[-1].startswith("--") else ""
    if option in _FILES:
        return [CompletionItem(incomplete, type="file")]
    if option:
        words = _words(option)
        if words:
            return [CompletionItem(word) for word in words if word.startswith(incomplete)]
        name = _query_of(given)
        offers = value_offers(locate(), name, option, language, incomplete) if name else []
        return [CompletionItem(offer.text, help=offer.meaning or None) for offer in offers]
    if _query_of(given):
        return []
    return [
        CompletionItem(offer.text, help=offer.meaning)
        for offer in query_offers(locate(), language)
        if offer.text.startswith(incomplete)
    ]


def complete_format(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats that begin as what was typed."""
    from zsgraph.execution.request import TRIPLE_FORMATS

    known = (*_words("format"), *TRIPLE_FORMATS)
    return [CompletionItem(name) for name in known if name.startswith(incomplete)]


def complete_file(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the name of a file."""
    return [CompletionItem(incomplete, type="file")]


def _words(option: str) -> tuple[str, ...]:
    if option == "format":
        from zsgraph.result_formats import TABLES

        return TABLES
    return _WORDS.get(option, ())


def _options(given: list[str], language: str) -> list[CompletionItem]:
    from zsgraph.completion import option_offers
    from zsgraph.knowledge import locate
    from zsgraph.queries import find_query
    from zsgraph.query_checks import RESERVED

    name = _query_of(given)
    query = find_query(locate().queries, name) if name else None
    items = [
        CompletionItem(offer.text, help=offer.meaning)
        for offer in (option_offers(query, language) if query else ())
    ]
    items += [CompletionItem(f"--{option}") for option in RESERVED]
    return [item for item in items if item.value not in given]


def _query_of(given: list[str]) -> str:
    """Return the name of the query among the words before, empty if there is none yet."""
    before = ["", *given]
    named = [
        word
        for previous, word in zip(before, given, strict=False)
        if not word.startswith("-") and (not previous.startswith("--") or "=" in previous)
    ]
    return named[0] if named else ""
