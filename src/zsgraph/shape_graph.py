"""A file of shapes as nodes with their values, read by what SHACL says of lists and languages."""

from collections import defaultdict
from pathlib import Path

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message
from zsgraph.namespaces import RDF
from zsgraph.terms import Term, iri_value, is_literal, literal_parts
from zsgraph.turtle import read_turtle

#: The values of a node by property IRI.
Node = dict[str, list[Term]]
#: The nodes of a file.
Nodes = dict[Term, Node]


def read_nodes(path: Path) -> Nodes:
    """Read the nodes of a Turtle file.

    Raises
    ------
    KnowledgeError
        If the file is not valid Turtle.
    """
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    for subject, predicate, obj in read_turtle(path):
        nodes[subject][iri_value(predicate)].append(obj)
    return nodes


def members(nodes: Nodes, node: Node, predicate: str) -> list[Term]:
    """Return the members of the RDF list that is the value of a property."""
    found: list[Term] = []
    rest = node.get(predicate, [""])[0]
    while rest in nodes and RDF + "first" in nodes[rest]:
        found += nodes[rest][RDF + "first"]
        rest = nodes[rest][RDF + "rest"][0]
    return found


def text_of(node: Node, predicate: str) -> str:
    """Return the first literal value's text, empty where there is none."""
    values = [literal_parts(term)[0] for term in node.get(predicate, []) if is_literal(term)]
    return values[0] if values else ""


def iri_of(node: Node, predicate: str) -> str:
    """Return the first IRI value, empty where there is none."""
    values = [iri_value(term) for term in node.get(predicate, []) if not is_literal(term)]
    return values[0] if values else ""


def message_of(node: Node, predicate: str, default: str = "") -> Message:
    """Return the values tagged zh and en."""
    literals = [literal_parts(term) for term in node.get(predicate, []) if is_literal(term)]
    by_language = {language: text for text, _, language in literals}
    return Message(by_language.get("zh", default), by_language.get("en", default))


def shape_fault(path: Path, zh: str, en: str) -> KnowledgeError:
    """Return the failure that a file of shapes causes, with its name."""
    return KnowledgeError(f"{path.name}：{zh}。", f"{path.name}: {en}.")
