"""Charts of answers: one Vega-Lite specification for the command line, Python and the web.

Standard: Vega-Lite 6 (https://vega.github.io/vega-lite/)
"""

from zsgraph.charts.chart import Chart, chart

__all__ = ["Chart", "chart"]
