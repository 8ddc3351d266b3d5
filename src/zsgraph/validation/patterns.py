"""Triple patterns of a query."""

from dataclasses import dataclass

from zsgraph.terms import Term


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern.

    Attributes
    ----------
    subject, obj
        A variable (``?name``) or a term.
    predicates
        Terms of the predicates that may stand between; empty for any.
    repeated
        Whether it is a path of one or more such steps.
    required
        Whether there is no answer without it.
    """

    subject: str
    predicates: tuple[Term, ...]
    obj: str
    repeated: bool = False
    required: bool = True


Alternatives = list[list[Pattern]]
