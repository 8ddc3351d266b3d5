"""What a page tells search engines, in schema.org's words, as the ontology aligns ours with them.

Standard: https://schema.org/ as JSON-LD
"""

from typing import Any, Final

import pyoxigraph as ox

from zsgraph.namespaces import BASE
from zsgraph.store import Graph
from zsgraph.web.things import Fact, Thing

SCHEMA_ORG: Final = "https://schema.org/"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


def description(graph: Graph, thing: Thing) -> dict[str, Any]:
    """Return what schema.org has words for of what is said of a thing.

    The ontology's alignments put our classes and properties below those of schema.org, so the
    closure holds them; only names go without an axiom.

    Parameters
    ----------
    graph
        Names what the values are called.
    thing
        With its facts, inferred ones included.
    """
    types = [c.removeprefix(SCHEMA_ORG) for c in thing.classes if c.startswith(SCHEMA_ORG)]
    told: dict[str, Any] = {
        "@context": SCHEMA_ORG,
        "@id": thing.iri,
        "@type": sorted(types) or "Thing",
        "name": thing.label,
        "url": thing.iri,
    }
    for predicate, facts in thing.by_predicate():
        if predicate.startswith(SCHEMA_ORG):
            values = [_value(thing, fact) for fact in facts]
            told[predicate.removeprefix(SCHEMA_ORG)] = values[0] if len(values) == 1 else values
    return told


def dataset(iri: str, label: str, language: str) -> dict[str, Any]:
    """Return the description of a document of the graph as a data set."""
    return {
        "@context": SCHEMA_ORG,
        "@id": iri,
        "@type": "Dataset",
        "name": label,
        "inLanguage": language,
        "license": _LICENCE,
        **({"isPartOf": {"@id": BASE}} if iri != BASE else {}),
    }


def _value(thing: Thing, fact: Fact) -> Any:
    if isinstance(fact.value, ox.NamedNode):
        return {"@id": fact.value.value, "name": thing.name(fact.value.value)}
    return thing.text(fact.value)
