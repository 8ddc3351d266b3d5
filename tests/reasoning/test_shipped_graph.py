"""On everything that is shipped, our closure is owlrl's."""

import pytest

from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import run
from zsgraph.reasoning import Closure, close, owlrl_reference
from zsgraph.terms import Triple
from zsgraph.validation import shacl


class _StopHereError(Exception):
    """Ends the pipeline once the asserted triples are known."""


@pytest.fixture(scope="module")
def asserted(knowledge: Knowledge) -> list[Triple]:
    """Return all triples that the shipped knowledge asserts, as the reasoner gets them."""
    found: list[Triple] = []

    def keep(triples: list[Triple]) -> Closure:
        found.extend(triples)
        raise _StopHereError

    with pytest.raises(_StopHereError):
        run(knowledge, keep, shacl.ENGINES["default"], Silence())
    return found


def test_it_contradicts_nothing_and_much_follows(asserted: list[Triple]) -> None:
    closure = close(asserted)
    assert closure.clashes == []
    assert len(closure.inferred) > len(asserted) / 10
    assert not set(closure.inferred) & set(asserted)


@pytest.mark.slow
def test_our_closure_is_owlrls(asserted: list[Triple]) -> None:
    ours, theirs = close(asserted), owlrl_reference.close(asserted)
    assert ours.inferred == theirs.inferred
    assert ours.clashes == theirs.clashes == []
