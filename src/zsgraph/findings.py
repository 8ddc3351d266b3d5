"""Findings: what is wrong with which cell, why, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is; only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """Return the sentence in ``language`` (``zh`` or ``en``)."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, told to a person by file, row and column.

    Attributes
    ----------
    severity
        How grave it is.
    rule
        IRI of the shape, query or axiom that is broken, or a name of the reader's check.
    message
        What is wrong, a plain sentence.
    file, row, column
        Where: file name, spreadsheet row (the header is row 1), column heading.
    value
        The value as written.
    advice
        The nearest valid values or an example of the right form.
    focus
        IRI of the record concerned, if it has one.
    sheet
        Name of the sheet, where the file has several.
    fix
        What to write instead, where that is certain; the whole cell.
    """

    severity: Severity
    rule: str
    message: Message
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    advice: Message | None = None
    focus: str | None = None
    sheet: str | None = None
    fix: str | None = None
