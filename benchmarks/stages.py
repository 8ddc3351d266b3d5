"""The stages of a build with our engines and with the reference engines, side by side."""

import time

from zsgraph.build import Silence
from zsgraph.knowledge import locate
from zsgraph.pipeline import run
from zsgraph.reasoning import close, owlrl_reference
from zsgraph.terms import Triple
from zsgraph.validation import shacl


def report() -> list[str]:
    """Return the measurements as the lines of a Markdown table."""
    knowledge = locate()
    asserted: list[Triple] = []

    def keep(triples: list[Triple]):  # type: ignore[no-untyped-def]
        asserted.extend(triples)
        return close(triples)

    graphs = run(knowledge, keep, shacl.ENGINES["default"], Silence())
    data = [t for triples in graphs.asserted.values() for t in triples] + graphs.inferred
    rows = []
    for stage, ours, theirs, name in (
        ("closure", lambda: close(asserted), lambda: owlrl_reference.close(asserted), "owlrl"),
        (
            "validation",
            lambda: shacl.validate(knowledge.shapes, data, shacl.ENGINES["default"]),
            lambda: shacl.validate(knowledge.shapes, data, shacl.ENGINES["pyshacl"]),
            "pyshacl",
        ),
    ):
        mine, reference = _seconds(ours), _seconds(theirs)
        rows.append(f"| {stage} | {mine:.3f} | {name} {reference:.2f} | {reference / mine:.0f} |")
    head = ["| stage | ours, s | reference, s | ratio |", "|---|---:|---:|---:|"]
    return head + rows


def _seconds(work) -> float:  # type: ignore[no-untyped-def]
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
