"""How the parts of a text look on a terminal; click leaves colours out where there is none."""

import click

from zsgraph.discovery.styles import Styles


def terminal_styles() -> Styles:
    """Return bold for what is told, dim for what goes beside it, blue for marks."""
    return Styles(
        strong=lambda text: click.style(text, bold=True),
        faint=lambda text: click.style(text, dim=True),
        mark=lambda text: click.style(text, fg="blue"),
    )
