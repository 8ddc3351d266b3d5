"""Charts written to files, whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from zsgraph.errors import UsageError
from zsgraph.writing import write_file

if TYPE_CHECKING:
    from zsgraph.charts.chart import Chart

ENDINGS: Final = (".svg", ".png", ".html")


def check_ending(path: Path) -> None:
    """Refuse a file whose name does not say what kind of picture it is.

    Raises
    ------
    UsageError
        If its name does not end in one of :data:`ENDINGS`.
    """
    if path.suffix.lower() not in ENDINGS:
        zh, en = "、".join(ENDINGS), ", ".join(ENDINGS)
        raise UsageError(
            f"不知道“{path.name}”是哪种图片；文件名应以 {zh} 之一结尾。",
            f"“{path.name}” does not say what kind of picture it is; end it in one of {en}.",
        )


def write(chart: "Chart", path: Path) -> None:
    """Write a chart to a file, in the form that the end of its name says.

    Raises
    ------
    UsageError
        If the end of its name is not known.
    ChartError
        If the chart cannot be rendered.
    ZsgraphError
        If the file cannot be written; what was there before stays.
    """
    check_ending(path)
    ending = path.suffix.lower()
    if ending == ".png":
        content = chart.to_png()
    else:
        content = (chart.to_svg() if ending == ".svg" else chart.to_html()).encode()
    write_file(path, [content])
