"""Running queries of others: in a child process that can be stopped, with bounds on all it uses.

The engine knows no limits of its own.  :mod:`zsgraph.execution.worker` is what callers use.
"""
