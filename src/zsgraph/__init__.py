"""zsgraph: an open, sourced, checkable knowledge graph of China's pilot platforms."""

from typing import Any

__version__: str


def __getattr__(name: str) -> Any:
    """Look up what is costly to have at hand only when it is asked for (PEP 562)."""
    if name == "__version__":
        return _version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("zsgraph")
    except PackageNotFoundError:  # run from a source tree that was never installed
        found = "0.0.0"
    globals()["__version__"] = found
    return found
