"""Failures that a person can mend: each says what, where, and the way out, in two languages."""

from pathlib import Path

from zsgraph.findings import Message


class ZsgraphError(Exception):
    """A failure shown to people as one sentence, without a traceback.

    Parameters
    ----------
    zh, en
        The sentence in Chinese and in English.  It names the file, row, column or query
        concerned and says what to do.
    nearest
        What may have been meant.
    """

    def __init__(self, zh: str, en: str, *, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(en)
        self.add_note(zh)  # whoever reads a traceback sees both
        self.message = Message(zh, en)
        self.nearest = nearest


class UsageError(ZsgraphError):
    """A wrong argument, option or parameter."""


class UnknownNameError(UsageError):
    """A value that names nothing in the graph, or more than one thing."""


class KnowledgeError(ZsgraphError):
    """A file of the ontology, the shapes, the queries or the records cannot be used."""


class GraphMissingError(ZsgraphError):
    """There is no built graph where one is needed."""


class QueryError(ZsgraphError):
    """A query is not SPARQL, or asks for what is not allowed.

    Attributes
    ----------
    line, column
        Where, counted from 1.
    shown
        The line of the query.
    path
        The file of the query, if it is in one.
    """

    def __init__(
        self,
        zh: str,
        en: str,
        *,
        line: int = 1,
        column: int = 1,
        shown: str = "",
        nearest: tuple[str, ...] = (),
    ) -> None:
        super().__init__(zh, en, nearest=nearest)
        self.line = line
        self.column = column
        self.shown = shown
        self.path: Path | None = None


class QuerySyntaxError(QueryError):
    """A query is not SPARQL 1.1."""


class QueryRefusedError(QueryError):
    """A query asks for another service, for an update or for a graph that is not ours."""


class QueryFileError(QueryError, KnowledgeError):
    """The query in a file is not SPARQL, or asks for what is not allowed."""


class QueryTimeoutError(ZsgraphError):
    """A query took longer than it may.

    Attributes
    ----------
    seconds
        The limit.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"查询超过 {seconds:g} 秒，已停止。请把已知的一端写在前面、加上限定条件，或放宽时限。",
            f"The query took more than {seconds:g} s and was stopped. Put what is known first, "
            "restrict it, or allow more time.",
        )
        self.seconds = seconds


class QueryMemoryError(ZsgraphError):
    """A query needed more memory than it may.

    Attributes
    ----------
    size
        The limit in bytes.
    """

    def __init__(self, size: int) -> None:
        megabytes = size >> 20
        super().__init__(
            f"查询所需内存超过 {megabytes} MB，已停止。请加上限定条件，或少用排序、去重和分组。",
            f"The query needed more than {megabytes} MB of memory and was stopped. Restrict it, or "
            "sort, group and deduplicate less.",
        )
        self.size = size


class QueryFailedError(ZsgraphError):
    """The engine failed at a query."""


class ChartError(ZsgraphError):
    """A chart cannot be rendered or written."""
