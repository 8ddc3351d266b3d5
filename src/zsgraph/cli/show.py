"""How findings and progress are shown on a terminal."""

import sys
from collections.abc import Iterable
from itertools import groupby
from typing import Any

import click

from zsgraph.cli.language import text
from zsgraph.findings import Finding, Message, Severity

#: How a severity is called.
SEVERITY_NAMES = {
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("提醒", "warning"),
    Severity.INFO: Message("说明", "note"),
}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_EXAMPLES = 3


class Bars:
    """Progress bars on a terminal, plain lines elsewhere, all on standard error."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._bar: Any = None
        self._stage = Message("", "")

    def start(self, stage: Message, length: int) -> None:
        """Show that a stage begins."""
        self._stage = stage
        if sys.stderr.isatty():
            label = stage.text(self._language)
            self._bar = click.progressbar(length=length, label=label, file=sys.stderr)
            self._bar.__enter__()

    def step(self) -> None:
        """Move the bar on."""
        if self._bar is not None:
            self._bar.update(1)

    def finish(self, seconds: float) -> None:
        """Show that the stage is done."""
        if self._bar is not None:
            self._bar.update(max(0, self._bar.length - self._bar.pos))
            self._bar.__exit__(None, None, None)
            self._bar = None
        else:
            click.echo(f"{self._stage.text(self._language)} {seconds:.2f} s", err=True)


def show_findings(findings: Iterable[Finding], language: str) -> None:
    """Print findings, the gravest first; equal ones are told once with their places."""
    order = list(Severity)
    ranked = sorted(
        findings,
        # What is wrong with a file or a row as a whole comes first, since much of the rest may
        # follow from it.
        key=lambda f: (
            order.index(f.severity), f.column is not None, f.rule, f.file or "", f.row or 0
        ),
    )  # fmt: skip
    for (severity, *_), group in groupby(ranked, key=_alike):
        members = list(group)
        head = click.style(
            SEVERITY_NAMES[severity].text(language), fg=_COLOURS[severity], bold=True
        )
        for finding in members[:_EXAMPLES]:
            click.echo(f"{head} {_sentence(finding, language)}", err=True)
        more = len(members) - _EXAMPLES
        if more > 0:
            zh, en = f"  同样的还有 {more} 处。", f"  {more} more of the same."
            click.echo(text(language, zh, en), err=True)


def _alike(finding: Finding) -> tuple[Severity, bool, str, str]:
    return finding.severity, finding.column is not None, finding.rule, finding.file or ""


def _sentence(finding: Finding, language: str) -> str:
    place = finding.file or ""
    if finding.row:
        place += text(language, f" 第{finding.row}行", f" row {finding.row}")
    if finding.column:
        place += text(language, f" “{finding.column}”列", f" column {finding.column}")
    parts = [finding.message.text(language)]
    if finding.value:
        parts.insert(0, f"“{finding.value}”")
    if finding.advice:
        parts.append(finding.advice.text(language))
    sentence = " ".join(parts)
    if not place:
        return sentence
    return f"{place}：{sentence}" if language == "zh" else f"{place}: {sentence}"
