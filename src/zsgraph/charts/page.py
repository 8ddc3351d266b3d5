"""A page of its own for a chart: script, specification and words, nothing from elsewhere."""

import json
from html import escape
from typing import Any

from zsgraph.charts.render import renderer
from zsgraph.charts.theme import DARK, LIGHT

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0; background: {light}; }}
@media (prefers-color-scheme: dark) {{ body {{ background: {dark}; }} }}
#chart {{ overflow-x: auto; }}
</style>
</head>
<body>
<div id="chart" role="img" aria-label="{words}"></div>
<script>{script}</script>
<script>
const drawing = {drawing};
const themes = {themes};
const dark = matchMedia("(prefers-color-scheme: dark)");
function draw() {{
  const config = themes[dark.matches ? "dark" : "light"];
  vegaEmbed("#chart", {{...drawing, config}}, {{renderer: "svg", actions: {actions}}});
}}
dark.addEventListener("change", draw);
draw();
</script>
</body>
</html>
"""
_ACTIONS = {"export": True, "source": False, "compiled": False, "editor": False}


def page(drawing: dict[str, Any], words: str, language: str) -> str:
    """Return a page that draws a chart in the reader's browser, without a network.

    Parameters
    ----------
    drawing
        A Vega-Lite specification without configuration.
    words
        The chart in words.
    language
        ``zh`` or ``en``.

    Raises
    ------
    ChartError
        If the renderer, which brings the script, is missing.
    """
    script = renderer().javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return _PAGE.format(
        language={"zh": "zh-CN", "en": "en"}[language],
        title=escape(" ".join(drawing["title"]["text"])),
        words=escape(words),
        light=LIGHT.page,
        dark=DARK.page,
        script=script.replace("</script", "<\\/script"),
        drawing=_within_script(drawing),
        themes=_within_script({theme.name: theme.config() for theme in (LIGHT, DARK)}),
        actions=json.dumps(_ACTIONS),
    )


def _within_script(value: dict[str, Any]) -> str:
    """Return a value as JSON that cannot end the script it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
