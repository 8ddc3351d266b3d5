"""Specifications made into pictures, by vl-convert, without a browser and without a network."""

from types import ModuleType
from typing import Any, Final

from zsgraph.charts.fonts import chinese_fonts_missing, extra_fonts, has_chinese
from zsgraph.errors import ChartError

#: The version of Vega-Lite that specifications are written for.
VEGA_LITE: Final = "6.4"


def svg(spec: dict[str, Any]) -> str:
    """Return a specification as SVG.

    Raises
    ------
    ChartError
        If the renderer or a font is missing.
    """
    return str(_ready(spec).vegalite_to_svg(spec, vl_version=VEGA_LITE))


def png(spec: dict[str, Any], scale: float) -> bytes:
    """Return a specification as PNG.

    Raises
    ------
    ChartError
        If the renderer or a font is missing.
    """
    return bytes(_ready(spec).vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale))


def renderer() -> ModuleType:
    """Return vl-convert.

    Raises
    ------
    ChartError
        If it is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise ChartError(
            "画图需要 vl-convert-python。请运行：pip install 'zsgraph[charts]'。",
            "Charts need vl-convert-python. Run: pip install 'zsgraph[charts]'.",
        ) from None
    module: ModuleType = vl_convert
    return module


def _ready(spec: dict[str, Any]) -> ModuleType:
    module = renderer()
    folder = extra_fonts()
    if folder:
        module.register_font_directory(str(folder))
    elif has_chinese(spec) and chinese_fonts_missing():
        raise ChartError(
            "没有中文字体，图中的汉字会变成方框。请安装一种，例如 Debian/Ubuntu："
            "sudo apt install fonts-noto-cjk；Fedora：sudo dnf install google-noto-sans-cjk-fonts；"
            "或用 ZSGRAPH_FONTS=文件夹 指明字体所在。",
            "There is no font for Chinese; its characters would come out as boxes. Install one, on "
            "Debian/Ubuntu: sudo apt install fonts-noto-cjk; on Fedora: sudo dnf install "
            "google-noto-sans-cjk-fonts; or name a folder of fonts with ZSGRAPH_FONTS=FOLDER.",
        )
    return module
