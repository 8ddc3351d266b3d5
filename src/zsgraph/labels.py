"""What people call the resources of a graph, in their language."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from zsgraph.store import ask

#: So many things are asked for in one query: some engines take no longer ones.
_BATCH: Final = 100

_LABELS: Final = """
SELECT ?thing ?label WHERE {
  VALUES ?thing { %s }
  ?thing skos:prefLabel|rdfs:label ?label .
}
"""


def labels_of(store: ox.Store, iris: Iterable[str], language: str) -> dict[str, str]:
    """Return the labels of resources by their IRI; those without a label are left out.

    Parameters
    ----------
    store
        The graph that names them.
    iris
        IRIs of the resources.
    language
        ``zh`` or ``en``; where there is no label in it, the Chinese one is taken.
    """
    known = sorted(set(iris))
    if not known:
        return {}
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(known), _BATCH):
        batch = " ".join(f"<{iri}>" for iri in known[start : start + _BATCH])
        answers = ask(store, _LABELS % batch)
        assert isinstance(answers, ox.QuerySolutions)
        for thing, label in answers:
            assert isinstance(thing, ox.NamedNode)
            assert isinstance(label, ox.Literal)
            names = found.setdefault(thing.value, {})
            tag = label.language or ""
            names[tag] = min(names.get(tag, label.value), label.value)
    return {
        iri: names.get(language) or names.get("zh") or next(iter(names.values()))
        for iri, names in found.items()
    }


def local_name(iri: str) -> str:
    """Return the end of an IRI, which is a record's id or a term's name."""
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]
