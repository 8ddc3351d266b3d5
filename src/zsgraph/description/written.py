"""What people have written of the dataset: ``description.ttl`` beside the records."""

from dataclasses import dataclass
from typing import Final

from zsgraph.errors import KnowledgeError
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import PREFIXES
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, literal_parts
from zsgraph.turtle import read_turtle

FILE: Final = "description.ttl"
VOID: Final = PREFIXES["void"]


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of the dataset.

    Attributes
    ----------
    dataset
        IRI of the dataset.
    space
        What the IRIs of its own things start with.
    """

    triples: list[Triple]
    dataset: str
    space: str


def read_written(knowledge: Knowledge) -> Written | None:
    """Read what is written of the dataset; None where there is nothing.

    Raises
    ------
    KnowledgeError
        If it is not Turtle, or does not describe one dataset and the space of its IRIs.
    """
    path = knowledge.data / FILE
    if not path.is_file():
        return None
    triples = read_turtle(path)
    datasets = [s for s, p, o in triples if p == RDF_TYPE and o == f"<{VOID}Dataset>"]
    spaces = [
        literal_parts(o)[0] for s, p, o in triples if s in datasets and p == f"<{VOID}uriSpace>"
    ]
    if len(datasets) != 1 or len(spaces) != 1:
        raise KnowledgeError(
            f"{path.name} 须恰好描述一个 void:Dataset，并写明它的 void:uriSpace。",
            f"{path.name} must describe exactly one void:Dataset and give its void:uriSpace.",
        )
    return Written(triples, iri_value(datasets[0]), spaces[0])


def inside(dataset: str, *names: str) -> Term:
    """Return the IRI term of a part of the dataset's description."""
    return f"<{'/'.join([dataset, *names])}>"
