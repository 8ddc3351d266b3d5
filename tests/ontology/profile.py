"""Which axioms of an ontology leave the OWL 2 RL profile.

A class expression may stand below an inclusion (``sub``), above it (``super``) or on both sides of
an equivalence (``both``), and the profile allows different constructors in each place.

Standard: OWL 2 Profiles, 4.2 (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL); properties:
OWL 2 Structural Specification, 5.8.1 and 11.2.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from zsgraph.namespaces import GENID, OWL, RDF, RDFS, XSD, shorten
from zsgraph.terms import Term, Triple, iri_value, is_literal, literal_parts

ALLOWED = {
    "intersectionOf": {"sub", "super", "both"},
    "hasValue": {"sub", "super", "both"},
    "unionOf": {"sub"},
    "oneOf": {"sub"},
    "someValuesFrom": {"sub"},
    "complementOf": {"super"},
    "allValuesFrom": {"super"},
    "maxCardinality": {"super"},
    "maxQualifiedCardinality": {"super"},
}
CONSTRUCTORS = {
    *ALLOWED, "cardinality", "minCardinality", "qualifiedCardinality", "minQualifiedCardinality",
    "hasSelf", "datatypeComplementOf", "onDatatype", "onProperties",
}  # fmt: skip
SIDES = {
    RDFS + "subClassOf": ("sub", "super"),
    RDFS + "domain": (None, "super"),
    RDFS + "range": (None, "super"),
    OWL + "equivalentClass": ("both", "both"),
    OWL + "disjointWith": ("sub", "sub"),
    OWL + "hasKey": ("sub", None),
}
KINDS = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
SIMPLE = {
    "FunctionalProperty", "InverseFunctionalProperty", "AsymmetricProperty", "IrreflexiveProperty",
}  # fmt: skip
BUILT_IN = (RDF, RDFS, OWL, XSD)


class Ontology:
    """The triples of an ontology, indexed, and the number of expressions looked at."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = sorted({(iri_value(s), iri_value(p), o) for s, p, o in triples})
        self.nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o in self.triples:
            self.nodes[s][p].append(o)
        self.looked_at = 0

    def faults(self) -> list[str]:
        """Return a sentence for each place where the profile is left."""
        return sorted({*self._axioms(), *self._puns(), *self._not_simple()})

    def members(self, term: Term) -> list[Term]:
        """Return the members of an RDF list."""
        found = []
        while iri_value(term) != RDF + "nil":
            node = self.nodes[iri_value(term)]
            found += node[RDF + "first"]
            (term,) = node[RDF + "rest"]
        return found

    def _axioms(self) -> Iterator[str]:
        for s, p, o in self.triples:
            if p in SIDES:
                for node, side in zip((s, o), SIDES[p], strict=True):
                    if side:
                        yield from self._expression(node.strip("<>"), side)
            elif p == OWL + "disjointUnionOf":
                yield f"{shorten(s)}: disjoint unions are not allowed"
            elif (
                p == OWL + "members" and f"<{OWL}AllDisjointClasses>" in self.nodes[s][RDF + "type"]
            ):
                for member in self.members(o):
                    yield from self._expression(iri_value(member), "sub")
            elif p == RDF + "type" and o == f"<{OWL}ReflexiveProperty>":
                yield f"{shorten(s)}: reflexive properties are not allowed"
            elif p == RDF + "type" and not iri_value(o).startswith(BUILT_IN):
                yield from self._expression(iri_value(o), "super")
            elif p.startswith(OWL) and not s.startswith(GENID) and p[len(OWL) :] in CONSTRUCTORS:
                yield from self._expression(s, "both")

    def _expression(self, name: str, side: str, filler: bool = False) -> Iterator[str]:
        self.looked_at += 1
        if name == OWL + "Thing" and not filler:
            yield "owl:Thing may only be the filler of a restriction"
        node = self.nodes.get(name, {})
        constructors = [p[len(OWL) :] for p in node if p[len(OWL) :] in CONSTRUCTORS]
        if name.startswith(GENID) and not constructors:
            yield f"{shorten(name)}: an anonymous class without a constructor"
        for constructor in constructors:
            if side not in ALLOWED.get(constructor, ()):
                yield f"{shorten(name)}: owl:{constructor} is not allowed here ({side})"
            else:
                yield from self._inside(node, constructor, side)

    def _inside(self, node: dict[str, list[Term]], constructor: str, side: str) -> Iterator[str]:
        (value,) = node[OWL + constructor]
        match constructor:
            case "intersectionOf" | "unionOf":
                for member in self.members(value):
                    yield from self._expression(iri_value(member), side)
            case "complementOf":
                yield from self._expression(iri_value(value), "sub")
            case "someValuesFrom" | "allValuesFrom":
                yield from self._expression(iri_value(value), side, filler=True)
            case "maxCardinality" | "maxQualifiedCardinality":
                if literal_parts(value)[0] not in {"0", "1"}:
                    yield f"owl:{constructor} {literal_parts(value)[0]}: only 0 and 1 are allowed"
                for inner in node.get(OWL + "onClass", ()):
                    yield from self._expression(iri_value(inner), "sub", filler=True)

    def _puns(self) -> Iterator[str]:
        for name, node in self.nodes.items():
            types = [iri_value(t) for t in node.get(RDF + "type", ())]
            kinds = [kind for kind in KINDS if OWL + kind in types]
            if len(kinds) > 1:
                yield f"{shorten(name)}: declared as {' and '.join(kinds)}"
            if OWL + "Class" in types and RDFS + "Datatype" in types:
                yield f"{shorten(name)}: declared as Class and Datatype"
        for s, p, o in self.triples:
            if p == RDFS + "subPropertyOf" and self._kind(s) != self._kind(iri_value(o)):
                yield f"{shorten(s)}: its super-property {shorten(iri_value(o))} is of another kind"

    def _kind(self, name: str) -> list[str]:
        return [k for k in KINDS if f"<{OWL}{k}>" in self.nodes[name][RDF + "type"]]

    def _not_simple(self) -> Iterator[str]:
        """Yield transitive or chained properties where only simple ones may stand."""
        below = defaultdict(set)
        for s, p, o in self.triples:
            if p in {RDFS + "subPropertyOf", OWL + "inverseOf", OWL + "equivalentProperty"}:
                below[s].add(iri_value(o))
                if p != RDFS + "subPropertyOf":
                    below[iri_value(o)].add(s)
        composite, pending = set(), [
            s for s, p, o in self.triples
            if p == OWL + "propertyChainAxiom"
            or (p == RDF + "type" and o == f"<{OWL}TransitiveProperty>")
        ]  # fmt: skip
        while pending:
            if (name := pending.pop()) not in composite:
                composite.add(name)
                pending += below[name]
        for name in composite:
            types = {iri_value(t)[len(OWL) :] for t in self.nodes[name][RDF + "type"]}
            for kind in types & SIMPLE:
                yield f"{shorten(name)}: a transitive or chained property cannot be a {kind}"
            if self.nodes[name][OWL + "propertyDisjointWith"]:
                yield f"{shorten(name)}: a transitive or chained property cannot be disjoint"
        for name, node in self.nodes.items():
            on = {iri_value(v) for v in node.get(OWL + "onProperty", ()) if not is_literal(v)}
            if any(p.endswith("ardinality") for p in node) and on & composite:
                yield f"{shorten(name)}: a transitive or chained property cannot be counted"
