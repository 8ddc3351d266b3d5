"""Failures that a person can mend: each says what, where, and the way out, in two languages."""

from zsgraph.findings import Message


class ZsgraphError(Exception):
    """A failure shown to people as one sentence, without a traceback.

    Parameters
    ----------
    zh, en
        The sentence in Chinese and in English.  It names the file, row, column or query
        concerned and says what to do.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(zh, en)


class UsageError(ZsgraphError):
    """A wrong argument, option or parameter."""


class KnowledgeError(ZsgraphError):
    """A file of the ontology, the shapes, the queries or the records cannot be used."""


class GraphMissingError(ZsgraphError):
    """There is no built graph where one is needed."""
