"""Reasoning: what follows from the graph by OWL 2 RL."""

from zsgraph.reasoning.clashes import Clash
from zsgraph.reasoning.closure import Closure, close

__all__ = ["Clash", "Closure", "close"]
