"""SHACL validation by several engines that give the same results.

The default checks whole sets of values at once (``core``) and leaves shapes that go beyond it to
pyshifty, a compiled engine; pyshacl is the reference.

Standard: Shapes Constraint Language, https://www.w3.org/TR/shacl/#validation-report
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from zsgraph.namespaces import RDF, SH
from zsgraph.terms import Triple
from zsgraph.turtle import read_folder
from zsgraph.validation.core.compiler import compile_shapes, predicates_of
from zsgraph.validation.core.data import Data
from zsgraph.validation.core.shapes import UnsupportedError
from zsgraph.validation.results import Result

__all__ = ["ENGINES", "Engine", "Result", "by_sets", "compiled", "reference", "validate"]

#: From a folder of shapes and the data to the results, in any order.
Engine = Callable[[Path, Iterable[Triple]], Iterable[Result]]


def validate(shapes: Path, triples: Iterable[Triple], engine: Engine) -> list[Result]:
    """Validate triples against all shapes of a folder.

    Parameters
    ----------
    shapes
        Folder of Turtle files.
    triples
        The data with what was inferred from them and with the classes of the ontology.
    engine
        One of :data:`ENGINES`.

    Returns
    -------
    list of Result
        Sorted, without repetition.
    """
    return sorted(set(engine(shapes, triples)))


def by_sets(shapes: Path, triples: Iterable[Triple]) -> Iterable[Result]:
    """Validate set by set, or by :func:`compiled` where the shapes need more than that."""
    try:
        ready = compile_shapes(read_folder(shapes))
    except UnsupportedError:
        return compiled(shapes, triples)
    data = Data(triples, predicates_of(ready))
    return (result for shape in ready for result in shape.results(shape.focus_nodes(data), data))


def compiled(shapes: Path, triples: Iterable[Triple]) -> Iterable[Result]:
    """Validate by pyshifty."""
    import shifty

    # A constraint that the engine does not know is a failure, not a silent pass.
    _, report, _ = shifty.validate(
        _n_triples(triples),
        shacl_graph=_shapes_graph(shapes),
        graph_mode="data",
        infer=False,
        on_unsupported="error",
    )
    return _results(bytes(report.serialize(format="nt", encoding="utf-8")))


def reference(shapes: Path, triples: Iterable[Triple]) -> Iterable[Result]:
    """Validate by pyshacl."""
    import pyshacl
    import rdflib

    shapes_graph = rdflib.Graph().parse(data=_shapes_graph(shapes), format="nt")
    data_graph = rdflib.Graph().parse(data=_n_triples(triples), format="nt")
    _, report, _ = pyshacl.validate(data_graph, shacl_graph=shapes_graph, inference="none")
    return _results(bytes(report.serialize(format="nt", encoding="utf-8")))


#: The engines by the name under which the command line offers them.
ENGINES: dict[str, Engine] = {"default": by_sets, "pyshifty": compiled, "pyshacl": reference}


def _n_triples(triples: Iterable[Triple]) -> bytes:
    return "".join([f"{s} {p} {o} .\n" for s, p, o in triples]).encode()


def _shapes_graph(folder: Path) -> bytes:
    quads = [q for path in sorted(folder.glob("*.ttl")) for q in ox.parse(path=path)]
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def _results(report: bytes) -> Iterator[Result]:
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
