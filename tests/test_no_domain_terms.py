"""Python holds mechanisms only: no term of the ontology, no scheme and no table stands in it.

Whoever adds a class, a column or a pick-list edits Turtle and CSV.  What the code names would bind
it to the domain, so its identifiers and texts are searched for every name that is declared.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from zsgraph.namespaces import OWL, RDF, SCHEME, SKOS, ZS
from zsgraph.schema import load_schema

SOURCES = sorted(path for path in (PROJECT / "src").rglob("*.py") if path.name != "namespaces.py")
SHORTEST = 6

#: Words that the ontology shares with programming and with plain English.
ORDINARY = {
    "source": "what a SHACL result or a text comes from",
    "sources": "what a statement rests on",
    "resource": "RDF's word for whatever has an IRI",
    "concept": "SKOS's word for a member of a scheme",
    "statements": "RDF's word for triples",
    "definition": "what a term means",
    "summary": "what a build made; what a query asks in a line",
    "address": "a web address",
    "follows": "what a reasoner infers",
    "checked": "what was validated",
    "measures": "what an answer's sentence tells of a column",
    "comparison": "what differs between two states of the graph",
    "platforms": "the program's own name in its help",
}
#: Words that a standard prescribes for one module.
PRESCRIBED = {"sarif_form.py": {"region"}}


def declared() -> dict[str, str]:
    """Return each name that only knowledge may use, with the IRI or file that declares it."""
    names: dict[str, str] = {}
    kinds = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
    for path in (PROJECT / "ontology").rglob("*.ttl"):
        for quad in ox.parse(path=path):
            subject, kind = quad.subject, quad.object
            if quad.predicate.value != RDF + "type" or not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(kind, ox.NamedNode) and kind.value in kinds | {SKOS + "ConceptScheme"}:
                local = subject.value.removeprefix(ZS).removeprefix(SCHEME)
                names[local] = subject.value
    tables = load_schema(PROJECT / "shapes").tables
    names |= {table.name: table.file.name for table in tables.values()}
    return {name: origin for name, origin in names.items() if len(name) >= SHORTEST}


def spellings(name: str) -> set[str]:
    """Return a name as Turtle, Python, a constant and a file may spell it."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").lower()
    return {name, snake, snake.upper(), snake.replace("_", "-")}


NAMES = declared()
SPELT = {spelling: name for name in NAMES for spelling in spellings(name)}


def words(source: str) -> Iterator[tuple[int, str]]:
    """Yield identifiers, and the words of texts other than docstrings, with their lines."""
    tree = ast.parse(source)
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from ((line, word) for word in re.findall(r"[A-Za-z][\w-]*", node.value))
        for name in ("id", "attr", "arg", "name"):
            identifier = getattr(node, name, None)
            if isinstance(identifier, str):
                yield line, identifier


def domain_terms(source: str) -> list[tuple[int, str]]:
    """Return line and name of each domain term of a source text."""
    return sorted(
        {
            (line, SPELT[bare])
            for line, word in words(source)
            for bare in [word.strip("_")]
            if bare in SPELT and bare.lower() not in ORDINARY
        }
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_domain_term_stands_in_python(path: Path) -> None:
    found = domain_terms(path.read_text(encoding="utf-8"))
    allowed = PRESCRIBED.get(path.name, set())
    assert [term for term in found if term[1].lower() not in allowed] == []


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ("located_in = 1", "locatedIn"),
        ("query = '?p zs:operatedBy ?o'", "operatedBy"),
        ("class PolicyDocument: pass", "PolicyDocument"),
        ("NAME = 'platform-type-by-scope'", "platform-type-by-scope"),
        ("def f(support_measures): pass", "support-measures"),
        ("path = 'recognitions.csv'", "recognitions"),
    ],
)
def test_a_domain_term_would_be_found(source: str, term: str) -> None:
    assert term in NAMES
    assert domain_terms(source) == [(1, term)]


def test_only_words_that_the_ontology_declares_are_allowed() -> None:
    assert set(ORDINARY) <= SPELT.keys()
