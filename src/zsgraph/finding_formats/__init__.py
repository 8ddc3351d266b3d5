"""Findings in the forms that people and programs read.

Each form is a module with a function ``render``, imported when it is used.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Final

from zsgraph.namespaces import BASE
from zsgraph.validation.files import Report

#: The forms by name, each with the module that renders it.
FORMS: Final = {
    name: f"zsgraph.finding_formats.{name}_form"
    for name in ("text", "json", "csv", "github", "sarif", "html")
}
#: What a severity is called in Chinese and English, and in the plural of English.
SEVERITIES: Final = {
    "error": ("错误", "error", "errors"),
    "warning": ("提醒", "warning", "warnings"),
    "info": ("说明", "note", "notes"),
}


def render(report: Report, form: str, language: str) -> str:
    """Return a report in one of the forms.

    Parameters
    ----------
    report
        What was found out.
    form
        One of :data:`FORMS`.
    language
        ``zh`` or ``en``.
    """
    function: Callable[[Report, str], str] = import_module(FORMS[form]).render
    return function(report, language)


def rule_iri(rule: str) -> str:
    """Return the IRI of a rule; checks of the reader and of the reasoner have one too."""
    return rule if "://" in rule else f"{BASE}rule/{rule}"


def shortened(value: str, length: int = 60) -> str:
    """Return a value on one line, cut where it is longer than ``length`` characters."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[: length - 1] + "…"
