"""Terms as strings and as the store's nodes."""

import pyoxigraph as ox

from zsgraph.terms import Term, iri_value, is_iri, literal, literal_parts

Node = ox.NamedNode | ox.BlankNode | ox.Literal


def node_of(term: Term) -> Node:
    """Return the store's node for a term."""
    if is_iri(term):
        return ox.NamedNode(iri_value(term))
    if term.startswith("_:"):
        return ox.BlankNode(term[2:])
    text, datatype, language = literal_parts(term)
    if language:
        return ox.Literal(text, language=language)
    return ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text)


def term_of(node: object) -> Term:
    """Return the term of a store's node."""
    if isinstance(node, ox.NamedNode):
        return f"<{node.value}>"
    if isinstance(node, ox.Literal):
        return literal(node.value, node.datatype.value, node.language or "")
    return str(node)


def is_valid_iri(text: str) -> bool:
    """Tell whether a text is an IRI (RFC 3987)."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
