"""Which language people are spoken to in: ``--lang``, else ``ZSGRAPH_LANG``, else the locale."""

import os

import click


def chosen_language(ctx: click.Context | None) -> str:
    """Return ``zh`` or ``en``; Chinese unless the locale is an English one."""
    while ctx is not None:
        named = ctx.params.get("lang") or (ctx.obj or {}).get("lang")
        if named:
            return str(named)
        ctx = ctx.parent
    setting = os.environ.get("ZSGRAPH_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    return "en" if (setting or "").lower().startswith("en") else "zh"


def text(language: str, zh: str, en: str) -> str:
    """Return the one of two texts that is in ``language``."""
    return zh if language == "zh" else en


lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="语言 / language", default=None
)
