"""What to call things when there is no label: terms of OWL and SKOS, records without a name."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from zsgraph.findings import Message
from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import OWL, RDF, RDFS, SKOS, shorten
from zsgraph.resolve import qualified

#: Names of the terms that every ontology uses and none of ours declares.
STANDARD: Final[dict[str, Message]] = {
    RDF + "type": Message("是", "is a"),
    RDF + "subject": Message("主体", "subject"),
    RDF + "predicate": Message("关系", "predicate"),
    RDF + "object": Message("客体", "object"),
    RDF + "Statement": Message("陈述", "statement"),
    RDFS + "label": Message("标签", "label"),
    RDFS + "comment": Message("说明", "comment"),
    RDFS + "subClassOf": Message("上位类", "subclass of"),
    RDFS + "subPropertyOf": Message("上位属性", "subproperty of"),
    RDFS + "domain": Message("主体所属的类", "domain"),
    RDFS + "range": Message("值所属的类", "range"),
    RDFS + "isDefinedBy": Message("定义于", "is defined by"),
    RDFS + "seeAlso": Message("参见", "see also"),
    OWL + "Class": Message("类", "class"),
    OWL + "ObjectProperty": Message("对象属性", "object property"),
    OWL + "DatatypeProperty": Message("数据属性", "data property"),
    OWL + "AnnotationProperty": Message("注解属性", "annotation property"),
    OWL + "Ontology": Message("本体", "ontology"),
    OWL + "Thing": Message("任何事物", "anything"),
    OWL + "TransitiveProperty": Message("传递属性", "transitive property"),
    OWL + "SymmetricProperty": Message("对称属性", "symmetric property"),
    OWL + "FunctionalProperty": Message("单值属性", "functional property"),
    OWL + "equivalentClass": Message("等同于类", "equivalent class"),
    OWL + "inverseOf": Message("逆属性", "inverse of"),
    OWL + "disjointWith": Message("互斥于", "disjoint with"),
    OWL + "propertyChainAxiom": Message("属性链", "property chain"),
    OWL + "sameAs": Message("即是", "same as"),
    SKOS + "Concept": Message("概念", "concept"),
    SKOS + "ConceptScheme": Message("概念表", "concept scheme"),
    SKOS + "prefLabel": Message("名称", "name"),
    SKOS + "altLabel": Message("别名", "other name"),
    SKOS + "definition": Message("定义", "definition"),
    SKOS + "notation": Message("代码", "notation"),
    SKOS + "note": Message("备注", "note"),
    SKOS + "scopeNote": Message("适用说明", "scope note"),
    SKOS + "example": Message("例", "example"),
    SKOS + "broader": Message("上位概念", "broader"),
    SKOS + "narrower": Message("下位概念", "narrower"),
    SKOS + "inScheme": Message("所属概念表", "in scheme"),
    SKOS + "topConceptOf": Message("顶层概念，属于", "top concept of"),
    SKOS + "hasTopConcept": Message("顶层概念", "has top concept"),
}


def short_id(iri: str) -> str:
    """Return the id of a record with its folder, or the prefixed name of a term."""
    own = qualified(iri)
    return own if own != iri else shorten(iri)


class Names:
    """What things are called in one language; each is looked up once.

    Parameters
    ----------
    store
        The graph that names them.
    language
        ``zh`` or ``en``.
    """

    def __init__(self, store: ox.Store, language: str) -> None:
        self._store = store
        self.language = language
        self._known: dict[str, str] = {}

    def learn(self, iris: Iterable[str]) -> None:
        """Look up many at once."""
        unknown = {iri for iri in iris if iri not in self._known}
        self._known |= dict.fromkeys(unknown, "")
        self._known |= labels_of(self._store, unknown, self.language)

    def label(self, iri: str) -> str:
        """Return the label of a thing; empty if it has none."""
        if iri in STANDARD:
            return STANDARD[iri].text(self.language)
        if iri not in self._known:
            self.learn([iri])
        return self._known[iri]

    def __call__(self, iri: str) -> str:
        """Return what to call a thing: its label, else its id."""
        return self.label(iri) or (local_name(iri) if qualified(iri) != iri else shorten(iri))
