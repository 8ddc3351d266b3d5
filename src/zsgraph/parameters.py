"""From what a person gives for a parameter to the term that it means."""

from difflib import get_close_matches

import pyoxigraph as ox

from zsgraph.cells import right_form, to_literal
from zsgraph.errors import UnknownNameError, UsageError
from zsgraph.namespaces import BASE, XSD
from zsgraph.queries import NamedQuery, Parameter
from zsgraph.store import Graph
from zsgraph.terms import Term, iri

_LONGEST = 100  # of a name that others are compared with, in characters
_INSTANCES = """
SELECT DISTINCT ?thing ?label WHERE {
  ?thing a %s ; skos:prefLabel|skos:altLabel|skos:hiddenLabel|rdfs:label ?label .
}
"""


def terms_of(graph: Graph, query: NamedQuery, values: dict[str, str]) -> dict[str, Term]:
    """Return the terms of the parameters that were given.

    Parameters
    ----------
    graph
        The graph whose resources the values name.
    query
        The query, with its declared parameters.
    values
        Texts by parameter name: an id, a name in any language, a date, a number.

    Raises
    ------
    UsageError
        If a parameter is unknown or missing, or a value is not known, ambiguous or malformed;
        the message offers the nearest.
    """
    for parameter in query.parameters:
        if parameter.required and parameter.name not in values:
            raise UsageError(
                f"查询 {query.name} 需要参数“{parameter.name}”，例如 --{parameter.name} "
                f"{parameter.example}。",
                f"Query {query.name} needs “{parameter.name}”, for example --{parameter.name} "
                f"{parameter.example}.",
            )
    return {name: _term(graph, query.parameter(name), text) for name, text in values.items()}


def instances(graph: Graph, cls: str) -> dict[str, set[str]]:
    """Return the names, in all languages, of each instance of a class by its IRI."""
    labels: dict[str, set[str]] = {}
    answers = graph.query(_INSTANCES % iri(cls))
    assert isinstance(answers, ox.QuerySolutions)
    for thing, label in answers:
        assert isinstance(thing, ox.NamedNode)
        assert isinstance(label, ox.Literal)
        labels.setdefault(thing.value, set()).add(label.value)
    return labels


def _term(graph: Graph, parameter: Parameter, text: str) -> Term:
    if not parameter.type.startswith(XSD):
        return iri(_resource(graph, parameter, text.strip()))
    term = to_literal(text.strip(), (parameter.type,))
    if term is None:
        form = right_form((parameter.type,))
        raise UsageError(
            f"参数“{parameter.name}”的值“{text}”形式不对。{form.zh if form else ''}",
            f"“{text}” is no value of “{parameter.name}”: {form.en if form else ''}",
        )
    return term


def _resource(graph: Graph, parameter: Parameter, text: str) -> str:
    labels = instances(graph, parameter.type)
    by_id = [thing for thing in labels if text == thing or thing.endswith((f"/{text}", f"#{text}"))]
    folded = text.casefold()
    found = by_id or [
        thing for thing, names in labels.items() if folded in {name.casefold() for name in names}
    ]
    if len(found) > 1:  # what is our own goes before a foreign term of the same name
        found = [thing for thing in found if thing.startswith(BASE)] or found
    if len(found) == 1:
        return found[0]
    names = sorted({name for some in labels.values() for name in some})
    near = (
        found
        or get_close_matches(text[:_LONGEST], names, 3, 0.4)
        or [n for n in names if text in n][:3]
    )
    if found:
        raise UnknownNameError(
            f"“{text}”可以指：{'、'.join(near)}。请改写编号。",
            f"“{text}” may mean: {', '.join(near)}. Give the id instead.",
            nearest=tuple(near),
        )
    raise UnknownNameError(
        f"参数“{parameter.name}”没有“{text}”这个值。"
        + (f"最接近的是：{'、'.join(near)}。" if near else f"例如 {parameter.example}。"),
        f"“{text}” is no value of “{parameter.name}”. "
        + (f"Nearest: {', '.join(near)}." if near else f"Try {parameter.example}."),
        nearest=tuple(near),
    )
