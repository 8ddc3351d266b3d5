"""References resolved over a built graph and the records of sheets that are not in it yet."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from zsgraph.knowledge import Knowledge
from zsgraph.name_index import NameIndex
from zsgraph.names import folded
from zsgraph.ontology import Vocabulary, load_ontology, load_schemes, vocabulary
from zsgraph.redirects import FILE as REDIRECTS
from zsgraph.redirects import read_redirects
from zsgraph.resolve import FOLDER_BASES, Resolver
from zsgraph.schema import load_schema

#: So many names that share most letters with a text are compared with it letter by letter.
_COMPARED: Final = 60
#: A name is near a text only if they share so much of their letters.
_NEAR: Final = 0.5


class GraphResolver(Resolver):
    """Resolves references like :class:`Resolver`, with the records of a graph looked up.

    Records made known by :meth:`add` stand for those of the same IRI in the graph.

    Parameters
    ----------
    vocabulary
        Classes, labels and types of the ontology and the concept schemes.
    index
        The names of the graph's records.
    """

    def __init__(self, vocabulary: Vocabulary, index: NameIndex) -> None:
        super().__init__(vocabulary)
        self._index = index
        self._added: dict[str, str] = {}
        self._indexed_labels: dict[str, list[tuple[str, frozenset[str]]]] = {}

    @property
    def index(self) -> NameIndex:
        """The names of the graph's records."""
        return self._index

    @property
    def added(self) -> dict[str, str]:
        """The class by IRI of the records made known by :meth:`add`."""
        return self._added

    def add(self, iri: str, cls: str, labels: Iterable[str] = ()) -> None:
        """Make a record known, with its class and its names."""
        if iri not in self._added:
            self._added[iri] = cls
            super().add(iri, cls, labels)

    def resolve(self, text: str, cls: str) -> list[str]:
        """Return the IRIs that ``text`` may mean among the instances of a class."""
        pool = self._pool(cls)
        by_id = _merged(pool.by_id.get(text), self._of_class(self._with_id(text), cls))
        if by_id:
            return by_id
        return _merged(pool.by_label.get(text), self._of_class(self._index.named(text), cls))

    def names(self, iri: str) -> list[str]:
        """Return the local name of a resource and its labels."""
        own = super().names(iri)
        return own if len(own) > 1 else [*own, *self._index.names_of(iri)]

    def name(self, iri: str) -> str:
        """Return what people call a resource: its preferred label, else its local name."""
        local, *labels = self.names(iri)
        return labels[0] if labels else local

    def labels(self, cls: str) -> list[str]:
        """Return all names of the instances of a class; of everything where ``cls`` is empty."""
        below = self._vocabulary.below(cls) if cls else None
        indexed = [label for label, _ in self._index.labels(below)]
        return list(dict.fromkeys([*super().labels(cls), *indexed]))

    def nearest(self, text: str, cls: str, count: int = 3) -> list[str]:
        """Return the known names and ids that look most like ``text``."""
        letters = frozenset(folded(text))
        shared = [
            (len(letters & other) / len(letters | other), label)
            for label, other in self._labels_below(cls)
            if not letters.isdisjoint(other)
        ]
        known = [label for _, label in sorted(shared, reverse=True)[:_COMPARED]]
        own = super().nearest(text, cls, count)
        near = list(dict.fromkeys([*known, *own]))
        alike = [
            label
            for share, label in sorted(shared, reverse=True)
            if share >= _NEAR or text in label
        ]
        ids = self._ids_near(text, cls) if text.isascii() else []
        close = get_close_matches(text, near, count, 0.5)
        return get_close_matches(text.lower(), ids, count, 0.7) or close or own or alike[:count]

    def registers(self, cls: str) -> bool:
        """Tell whether the graph or a sheet has records of a class."""
        below = self._vocabulary.below(cls)
        return self._index.holds(below) or not below.isdisjoint(self._added.values())

    def _ids_near(self, text: str, cls: str) -> list[str]:
        below = self._vocabulary.below(cls) if cls else None
        added = [
            iri.rpartition("/")[2] for iri, of in self._added.items() if not below or of in below
        ]
        return [*self._index.ids_near(text.lower(), below), *added]

    def with_id(self, identifier: str) -> list[tuple[str, str]]:
        """Return IRI and class of the graph's records that have an id, over all tables."""
        return self._index.with_id(identifier)

    def class_of(self, iri: str) -> str | None:
        """Return the class of the table in which the graph has a record; None if it has none."""
        return self._index.class_of(iri)

    def _with_id(self, text: str) -> list[tuple[str, str]]:
        for iri in (text, *(base + text for base in FOLDER_BASES)) if "/" in text else ():
            cls = self._index.class_of(iri)
            if cls:
                return [(iri, cls)]
        return self._index.with_id(text)

    def _of_class(self, found: list[tuple[str, str]], cls: str) -> list[str]:
        below = self._vocabulary.below(cls) if cls else None
        return [
            iri for iri, of in found if iri not in self._added and (below is None or of in below)
        ]

    def _labels_below(self, cls: str) -> list[tuple[str, frozenset[str]]]:
        known = self._indexed_labels.get(cls)
        if known is None:
            below = self._vocabulary.below(cls) if cls else ()
            found = self._index.labels(below)
            known = self._indexed_labels[cls] = [(label, frozenset(text)) for label, text in found]
        return known


def graph_resolver(knowledge: Knowledge, folder: Path) -> GraphResolver:
    """Return the resolver over a built graph.

    Parameters
    ----------
    knowledge
        Ontology and concept schemes.
    folder
        Folder of the graph.

    Raises
    ------
    KnowledgeError
        If a file of the ontology cannot be used.
    """
    words = vocabulary([*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)])
    resolver = GraphResolver(words, NameIndex(folder))
    if (knowledge.data / REDIRECTS).is_file():
        schema = load_schema(knowledge.shapes)
        for one in read_redirects(knowledge.data, schema, lambda _: None):  # the build tells faults
            resolver.replace(one.old, one.new)
    return resolver


def _merged(*lists: list[str] | None) -> list[str]:
    return list(dict.fromkeys(iri for found in lists if found for iri in found))
