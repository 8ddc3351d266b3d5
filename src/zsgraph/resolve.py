"""From what a cell says to the resource it means: by id, by qualified id or by exact name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from zsgraph.namespaces import ID, SCHEME
from zsgraph.ontology import Vocabulary
from zsgraph.schema import Column

FOLDER_BASES = (ID, SCHEME)


@dataclass(slots=True)
class _Pool:
    """The resources that one class of reference may name."""

    by_id: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_label: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Resolver:
    """Resolves references over all records and concepts.

    Parameters
    ----------
    vocabulary
        Classes, labels and types of the ontology and the concept schemes.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._members: dict[str, list[str]] = defaultdict(list)
        self._labels: dict[str, list[str]] = dict(vocabulary.labels)
        self._pools: dict[str, _Pool] = {}
        self._replaced: dict[str, str] = {}
        for iri, types in vocabulary.types.items():
            for cls in types:
                self._members[cls].append(iri)

    def add(self, iri: str, cls: str, labels: Iterable[str] = ()) -> None:
        """Make a record known, with its class and its names."""
        self._members[cls].append(iri)
        self._labels[iri] = list(labels)
        self._pools.clear()

    def replace(self, old: str, new: str) -> None:
        """Make known that the IRI of a record was replaced by another."""
        self._replaced |= dict.fromkeys(_keys(old), new)

    def replacement(self, text: str) -> str:
        """Return the IRI that replaced the one that a text names; empty if none did."""
        return self._replaced.get(text, "")

    def meant(self, column: Column, text: str) -> list[str]:
        """Return the IRIs that a cell of a reference column or a pick-list may mean."""
        if column.choices:
            return self.choose(text, column.choices)
        return self.resolve(text, column.reference)

    def resolve(self, text: str, cls: str) -> list[str]:
        """Return the IRIs that ``text`` may mean among the instances of a class.

        Parameters
        ----------
        text
            An id, a qualified id (``folder/id``), a whole IRI or an exact name.
        cls
            IRI of a class; empty stands for any resource.

        Returns
        -------
        list of str
            One IRI where the reference is clear, none where it is unknown, several where it is
            ambiguous.  An id goes before a name.
        """
        pool = self._pool(cls)
        return pool.by_id.get(text) or pool.by_label.get(text) or []

    def choose(self, text: str, choices: Iterable[str]) -> list[str]:
        """Return those of the given IRIs that ``text`` names by local name or label."""
        return [iri for iri in choices if text == iri or text in self.names(iri)]

    def names(self, iri: str) -> list[str]:
        """Return the local name of a resource and its labels."""
        return [_local_name(iri), *self._labels.get(iri, ())]

    def name(self, iri: str) -> str:
        """Return what people call a resource: its preferred label, else its local name."""
        return next(iter(self._labels.get(iri, ())), _local_name(iri))

    def labels(self, cls: str) -> list[str]:
        """Return all names of the instances of a class; of everything where ``cls`` is empty."""
        return list(self._pool(cls).by_label)

    def nearest(self, text: str, cls: str, count: int = 3) -> list[str]:
        """Return the known names and ids that look most like ``text``."""
        pool = self._pool(cls)
        known = [*pool.by_label, *(key for key in pool.by_id if not key.startswith("http"))]
        close = get_close_matches(text, known, count, 0.5)
        return (
            close or sorted((k for k in pool.by_label if text in k or k in text), key=len)[:count]
        )

    def registers(self, cls: str) -> bool:
        """Tell whether there are records of a class, beside what the ontology names."""
        known = self._vocabulary.types
        return any(iri not in known for iri in self._pool(cls).by_id if "://" in iri)

    def _pool(self, cls: str) -> _Pool:
        pool = self._pools.get(cls)
        if pool is None:
            pool = self._pools[cls] = self._fill(cls)
        return pool

    def _fill(self, cls: str) -> _Pool:
        pool = _Pool()
        classes = self._vocabulary.below(cls) if cls else self._members.keys()
        members = dict.fromkeys(iri for name in classes for iri in self._members.get(name, ()))
        for iri in members:
            for key in _keys(iri):
                pool.by_id[key].append(iri)
            for label in dict.fromkeys(self._labels.get(iri, ())):
                pool.by_label[label].append(iri)
        return pool


def qualified(iri: str) -> str:
    """Return the id of a resource with its folder (``folder/id``), which is never ambiguous."""
    return next((iri[len(base) :] for base in FOLDER_BASES if iri.startswith(base)), iri)


def _keys(iri: str) -> Iterable[str]:
    return dict.fromkeys((iri, _local_name(iri), qualified(iri)))


def _local_name(iri: str) -> str:
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]
