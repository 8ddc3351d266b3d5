"""What validation finds, whichever engine does it.

Standard: Shapes Constraint Language, https://www.w3.org/TR/shacl/#validation-report
"""

from dataclasses import dataclass

from zsgraph.namespaces import SH


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One validation result.

    Attributes
    ----------
    shape, component
        IRIs of the source shape and of the constraint component.
    focus, path, value
        Focus node, result path and value as IRIs or lexical forms; empty where there is none.
    severity
        IRI of the severity.
    """

    focus: str
    shape: str
    component: str
    path: str = ""
    value: str = ""
    severity: str = SH + "Violation"
