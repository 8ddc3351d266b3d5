"""Colours and type of all charts, for light and for dark surroundings.

Both palettes can be told apart by readers who are colour-blind.

References: Okabe & Ito, Color Universal Design (https://jfly.uni-koeln.de/color/);
ColorBrewer, Harrower & Brewer 2003 (https://colorbrewer2.org/)
"""

from dataclasses import dataclass
from typing import Any, Final

#: Families to look for, in this order; all but the last hold Chinese.
FONTS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
#: Okabe and Ito's colours, the black one left out, for it vanishes in the dark.
CATEGORIES: Final = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A90F",
)  # fmt: skip
#: For whatever is beyond the colours that can be told apart.
OTHERS: Final = "#9a9a9a"
#: From few to many, darker all the way: ColorBrewer's YlGnBu without its palest yellow.
SEQUENTIAL: Final = ("#e2f3cf", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84")
LIGHT_TEXT: Final = "#ffffff"
DARK_TEXT: Final = "#1c2024"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours that differ between light and dark surroundings."""

    name: str
    page: str
    ink: str
    muted: str
    line: str
    empty: str

    def config(self) -> dict[str, Any]:
        """Return the Vega-Lite configuration; specifications hold no other surroundings."""
        font = ", ".join(FONTS)
        return {
            "background": self.page,
            "font": font,
            "padding": 14,
            "view": {"stroke": None},
            "title": {
                "color": self.ink,
                "subtitleColor": self.muted,
                "fontSize": 17,
                "subtitleFontSize": 12.5,
                "subtitleLineHeight": 18,
                "subtitlePadding": 6,
                "anchor": "start",
                "frame": "bounds",
                "offset": 14,
            },
            "axis": {
                "labelColor": self.ink,
                "titleColor": self.muted,
                "titleFontWeight": "normal",
                "gridColor": self.line,
                "domainColor": self.line,
                "tickColor": self.line,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "labelLimit": 420,
                "labelLineHeight": 14,
            },
            "legend": {
                "labelColor": self.ink,
                "titleColor": self.muted,
                "titleFontWeight": "normal",
                "labelFontSize": 12,
                "titleFontSize": 12,
                "labelLimit": 220,
                "symbolStrokeWidth": 0,
            },
            "text": {"color": self.ink, "fontSize": 12},
            "range": {"category": list(CATEGORIES), "heatmap": list(SEQUENTIAL)},
            "style": {
                "muted": {"color": self.muted},
                "empty": {"color": self.empty},
                "box": {"color": self.muted},
                "connector": {"color": self.line},
                "foot": {"fill": self.muted, "font": font},
            },
        }


LIGHT: Final = Theme("light", "#ffffff", "#1f2328", "#59636e", "#d1d9e0", "#eef1f4")
DARK: Final = Theme("dark", "#15181c", "#e6e9ec", "#a3abb4", "#3b424a", "#262b31")
THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK)}
