"""SHACL Core over sets: each constraint is checked for all its values at once.

The shapes are compiled to checks (``compiler``) of a few kinds (``constraints``), which work on the
triples grouped by predicate (``data``).  What shapes may say beyond that is left to a general
engine; see :class:`UnsupportedError`.

Standard: Shapes Constraint Language, https://www.w3.org/TR/shacl/
"""

from zsgraph.validation.core.compiler import compile_shapes
from zsgraph.validation.core.data import Data
from zsgraph.validation.core.shapes import Shape, UnsupportedError

__all__ = ["Data", "Shape", "UnsupportedError", "compile_shapes"]
