"""What may follow on a command line: names of queries, of their parameters, and of values."""

from collections.abc import Iterator
from typing import NamedTuple

from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import XSD
from zsgraph.queries import NamedQuery, Parameter, find_query, load_queries
from zsgraph.store import Graph, home_of, is_built, open_graph


class Offer(NamedTuple):
    """Something that may be typed, and what it means."""

    text: str
    meaning: str = ""


def query_offers(knowledge: Knowledge, language: str) -> Iterator[Offer]:
    """Yield the names of the queries."""
    for query in load_queries(knowledge.queries).values():
        yield Offer(query.name, query.summary.text(language))


def option_offers(query: NamedQuery, language: str) -> Iterator[Offer]:
    """Yield the options that are parameters of a query."""
    for parameter in query.parameters:
        yield Offer(f"--{parameter.name}", parameter.summary.text(language))


def value_offers(
    knowledge: Knowledge, name: str, parameter: str, language: str, begun: str
) -> list[Offer]:
    """Return the values of a parameter that begin as what was typed.

    A value is offered by its name, or by its id where the name has blanks or the id was begun.
    Nothing is offered where no graph is built: completing a word should not take long.

    Parameters
    ----------
    knowledge
        Where the queries are.
    name, parameter
        Names of the query and of its parameter.
    language
        ``zh`` or ``en``.
    begun
        What was typed of the value.
    """
    known = find_query(knowledge.queries, name).parameter(parameter)
    if known.type.startswith(XSD):
        words = ["true", "false"] if known.type == XSD + "boolean" else [known.example]
        return [Offer(word) for word in words if word.startswith(begun)]
    home = home_of(knowledge)
    if not is_built(home):
        return []
    return list(_resources(open_graph(home), known, language, begun))


def _resources(graph: Graph, parameter: Parameter, language: str, begun: str) -> Iterator[Offer]:
    from zsgraph.labels import labels_of, local_name
    from zsgraph.parameters import instances

    things = sorted(instances(graph, parameter.type))
    labels = labels_of(graph.store, things, language)
    for thing in things:
        identifier, label = local_name(thing), labels.get(thing, "")
        if label and label.startswith(begun) and not any(map(str.isspace, label)):
            yield Offer(label, identifier)
        elif identifier.startswith(begun) and (begun or not label or " " in label):
            yield Offer(identifier, label)
