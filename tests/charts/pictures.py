"""Pictures of charts, made small, and how far two of them differ."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from tests.conftest import GOLDEN
from zsgraph.answers import answer
from zsgraph.charts import Chart, chart
from zsgraph.queries import NamedQuery
from zsgraph.store import Graph

FOLDER = GOLDEN / "charts"
SCALE = 0.5
_BLOCK = 6  # pixels; letters drawn by another version of a font differ within it
#: How far a block may differ, from 0 to 255, and the share of blocks that may differ further.
TOLERANCE, SHARE = 24, 0.004
#: By how much width and height may differ.
STRETCH = 0.02


def drawn(graph: Graph, query: NamedQuery, language: str, **values: str) -> Chart:
    """Return the chart of an answer, as of a graph that was built on a fixed day."""
    dated = Graph(graph.store, {"version": "0.1.0", "built": "2026-01-01"})
    return chart(answer(dated, query, values, language))


def reference_path(name: str, language: str) -> Path:
    """Return the file of the stored picture of a chart."""
    return FOLDER / f"{name}.{language}.png"


def small(png: bytes) -> bytes:
    """Return a picture in few colours, as it is stored."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(24, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def differ(first: bytes, second: bytes) -> str:
    """Return how two pictures differ; empty where they are alike within the tolerance."""
    one, two = (Image.open(io.BytesIO(png)).convert("RGB") for png in (first, second))
    for a, b in zip(one.size, two.size, strict=True):
        if abs(a - b) > max(3, STRETCH * max(a, b)):
            return f"size {one.size} against {two.size}"
    blocks = (max(1, two.width // _BLOCK), max(1, two.height // _BLOCK))
    left, right = (
        np.asarray(picture.resize(blocks, Image.Resampling.BOX), dtype=float)
        for picture in (one.resize(two.size), two)
    )
    share = float((np.abs(left - right).max(axis=2) > TOLERANCE).mean())
    return f"{share:.1%} of the picture" if share > SHARE else ""
