"""A report of all named queries: one page that opens anywhere, with charts and tables beside it."""

from zsgraph.report.writing import write_report

__all__ = ["write_report"]
