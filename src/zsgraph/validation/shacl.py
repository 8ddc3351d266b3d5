"""SHACL validation by two engines that give the same results.

The default engine is compiled; pyshacl is the reference.

Standard: Shapes Constraint Language, https://www.w3.org/TR/shacl/#validation-report
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from zsgraph.namespaces import RDF, SH
from zsgraph.terms import Triple

Engine = Callable[[bytes, bytes], bytes]


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


def validate(shapes: Path, triples: Iterable[Triple], engine: Engine) -> list[Result]:
    """Validate triples against all shapes of a folder.

    Parameters
    ----------
    shapes
        Folder of Turtle files.
    triples
        The data with what was inferred from them and with the classes of the ontology.
    engine
        :func:`compiled` or :func:`reference`.

    Returns
    -------
    list of Result
        Sorted, without repetition.
    """
    data = "".join([f"{s} {p} {o} .\n" for s, p, o in triples]).encode()
    return sorted(set(_results(engine(_shapes_graph(shapes), data))))


def compiled(shapes: bytes, data: bytes) -> bytes:
    """Validate by pyshifty; N-Triples in, the report as N-Triples out."""
    import shifty

    # A constraint that the engine does not know is a failure, not a silent pass.
    _, report, _ = shifty.validate(
        data, shacl_graph=shapes, graph_mode="data", infer=False, on_unsupported="error"
    )
    return bytes(report.serialize(format="nt", encoding="utf-8"))


def reference(shapes: bytes, data: bytes) -> bytes:
    """Validate by pyshacl; N-Triples in, the report as N-Triples out."""
    import pyshacl
    import rdflib

    shapes_graph = rdflib.Graph().parse(data=shapes, format="nt")
    data_graph = rdflib.Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(data_graph, shacl_graph=shapes_graph, inference="none")
    return bytes(report.serialize(format="nt", encoding="utf-8"))


#: The engines by the name under which the command line offers them.
ENGINES: dict[str, Engine] = {"default": compiled, "pyshacl": reference}


def _shapes_graph(folder: Path) -> bytes:
    quads = [q for path in sorted(folder.glob("*.ttl")) for q in ox.parse(path=path)]
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def _results(report: bytes) -> Iterable[Result]:
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(input=report, format=ox.RdfFormat.N_TRIPLES):
        obj = quad.object
        text = obj.value if isinstance(obj, ox.NamedNode | ox.Literal) else str(obj)
        nodes[str(quad.subject)].setdefault(quad.predicate.value, text)
    for node in nodes.values():
        if node.get(RDF + "type") == SH + "ValidationResult":
            yield Result(
                focus=node[SH + "focusNode"],
                shape=node.get(SH + "sourceShape", ""),
                component=node[SH + "sourceConstraintComponent"],
                path=node.get(SH + "resultPath", ""),
                value=node.get(SH + "value", ""),
                severity=node.get(SH + "resultSeverity", SH + "Violation"),
            )
