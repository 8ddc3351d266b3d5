"""What is deprecated, and what is to be used instead.

A term that is no longer used, or an id that was changed, stays known: ``owl:deprecated true`` says
so, and ``dcterms:isReplacedBy`` leads on.
"""

from typing import Final

import pyoxigraph as ox

from zsgraph.namespaces import DCT, OWL, XSD
from zsgraph.terms import Term, Triple, iri_value, literal

DEPRECATED: Final = f"<{OWL}deprecated>"
REPLACED_BY: Final = f"<{DCT}isReplacedBy>"
_TRUE: Final = literal("true", XSD + "boolean")


def redirect(old: Term, new: Term) -> list[Triple]:
    """Return what says that one resource is deprecated and another is used instead."""
    return [(old, DEPRECATED, _TRUE), (old, REPLACED_BY, new)]


def is_deprecated(store: ox.Store, iri: str) -> bool:
    """Tell whether a graph says that a resource is deprecated."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), _node(DEPRECATED), None, None)
    values = (quad.object for quad in quads)
    return any(isinstance(v, ox.Literal) and v.value in ("true", "1") for v in values)


def replacement(store: ox.Store, iri: str) -> str:
    """Return the IRI of what is used instead of a resource, over several steps if need be.

    Returns
    -------
    str
        Empty if the resource is not deprecated, or nothing replaces it.
    """
    found, seen = "", {iri}
    while is_deprecated(store, iri):
        quads = store.quads_for_pattern(ox.NamedNode(iri), _node(REPLACED_BY), None, None)
        further = {q.object.value for q in quads if isinstance(q.object, ox.NamedNode)} - seen
        if not further:
            break
        found = iri = min(further)
        seen.add(iri)
    return found


def _node(term: Term) -> ox.NamedNode:
    return ox.NamedNode(iri_value(term))
