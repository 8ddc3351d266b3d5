"""The graph's description of itself: what is written of it, its statistics and its provenance.

Standards: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), VoID (https://www.w3.org/TR/void/),
PROV-O (https://www.w3.org/TR/prov-o/).
"""

from zsgraph.description.provenance import Origin, origin_of, provenance
from zsgraph.description.statistics import statistics
from zsgraph.description.written import Written, read_written
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import Graphs
from zsgraph.terms import Triple

__all__ = ["describe", "read_written"]


def describe(knowledge: Knowledge, graphs: Graphs, origin: Origin | None = None) -> list[Triple]:
    """Return the triples that describe a graph; none where nobody has written of the dataset.

    Parameters
    ----------
    knowledge
        Its folder of records may hold ``description.ttl``.
    graphs
        The triples of all named graphs.
    origin
        What the knowledge comes from; by default the commit that holds it as it is.

    Raises
    ------
    KnowledgeError
        If what is written cannot be used.
    """
    written: Written | None = read_written(knowledge)
    if written is None:
        return []
    found = dict.fromkeys(written.triples)
    found |= dict.fromkeys(statistics(written, graphs))
    found |= dict.fromkeys(provenance(written.dataset, origin or origin_of(knowledge)))
    return list(found)
