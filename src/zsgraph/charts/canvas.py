"""Drawing by pixels, for charts whose layout is computed here."""

from typing import Any


def across(field: str, width: float) -> dict[str, Any]:
    """Return the horizontal channel of a field that holds pixels from the left."""
    return _channel(field, [0, width])


def down(field: str, height: float) -> dict[str, Any]:
    """Return the vertical channel of a field that holds pixels from the top."""
    return _channel(field, [height, 0])


def _channel(field: str, domain: list[float]) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": None,
    }
