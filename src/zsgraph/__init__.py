"""zsgraph: an open, sourced, checkable knowledge graph of China's pilot platforms.

>>> import zsgraph
>>> graph = zsgraph.open()
>>> answer = graph.ask_named("q6-platforms", region="四川省")

Importing the package is cheap: what is named here is looked up when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zsgraph.answers import Answer
    from zsgraph.api import open
    from zsgraph.errors import ZsgraphError
    from zsgraph.knowledge_graph import KnowledgeGraph, UnknownTermWarning
    from zsgraph.values import Resource

__version__: str
__all__ = [
    "Answer",
    "KnowledgeGraph",
    "Resource",
    "UnknownTermWarning",
    "ZsgraphError",
    "__version__",
    "open",
]

_PLACES = {
    "Answer": "zsgraph.answers",
    "KnowledgeGraph": "zsgraph.knowledge_graph",
    "Resource": "zsgraph.values",
    "UnknownTermWarning": "zsgraph.knowledge_graph",
    "ZsgraphError": "zsgraph.errors",
    "open": "zsgraph.api",
}


def __getattr__(name: str) -> Any:
    """Look up a name of the interface when it is first used (PEP 562)."""
    if name == "__version__":
        found: Any = _version()
    elif name in _PLACES:
        found = getattr(import_module(_PLACES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zsgraph")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0.0.0"
