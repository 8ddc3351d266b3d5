"""What a record is told under: the shapes say which column leads there (``rec:under``)."""

import pyoxigraph as ox

from zsgraph.diff.sides import Side
from zsgraph.namespaces import GRAPH_DATA
from zsgraph.schema import Table


class Places:
    """Follows the columns that shapes name, from a record up to where they end.

    Parameters
    ----------
    side
        The state of the graph in which to look.
    """

    def __init__(self, side: Side) -> None:
        self._store = side.store
        self._by_base = {table.base: table for table in side.schema.tables.values()}

    def of(self, iri: str) -> tuple[str, str]:
        """Return the place and the thing that a record is told under.

        A place is of a kind that lies within its own kind; it is told by the largest that is not
        the whole.  The thing is the last one before a place is reached, the record itself if its
        own column leads to a place, or to nothing.

        Returns
        -------
        tuple of str
            Two IRIs; that of the place is empty where no column leads to one.
        """
        chain = self._chain(iri)
        places = [name for name in chain if self._is_place(name)]
        things = [name for name in chain if name not in places]
        about = things[-1] if things else iri
        if not places:
            return "", about
        return (places[-2] if len(places) > 1 else places[-1]), about

    def _chain(self, iri: str) -> list[str]:
        chain = [iri]
        while upper := self._upper(chain[-1]):
            if upper in chain:
                break
            chain.append(upper)
        return chain

    def _upper(self, iri: str) -> str:
        table = self._table(iri)
        if table is None or table.under is None:
            return ""
        graph = ox.NamedNode(GRAPH_DATA + table.name)
        path = ox.NamedNode(table.under.path)
        quads = self._store.quads_for_pattern(ox.NamedNode(iri), path, None, graph)
        return min(
            (q.object.value for q in quads if isinstance(q.object, ox.NamedNode)), default=""
        )

    def _is_place(self, iri: str) -> bool:
        table = self._table(iri)
        return table is not None and table.under is not None and (
            table.under.reference == table.target
        )  # fmt: skip

    def _table(self, iri: str) -> Table | None:
        return self._by_base.get(iri.rpartition("/")[0] + "/")
