"""zsgraph: an open, sourced, checkable knowledge graph of China's pilot platforms."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("zsgraph")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.0.0"
