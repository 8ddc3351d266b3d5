"""The statistics of the graph: how many statements, of which classes and properties, and links.

A statement that stands in two named graphs counts in each.

Standard: Vocabulary of Interlinked Datasets, https://www.w3.org/TR/void/
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from zsgraph.description.written import VOID, Written, inside
from zsgraph.namespaces import DCT, GRAPH_DATA, GRAPH_ONTOLOGY, OWL, RDF, RDFS, SKOS, XSD, shorten
from zsgraph.pipeline import Graphs
from zsgraph.schema import Table
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, is_iri, literal

_DATASET: Final = f"<{VOID}Dataset>"
_LINKSET: Final = f"<{VOID}Linkset>"
#: Properties that align a term or concept with one of another vocabulary.
_ALIGNING: Final = tuple(
    f"<{base}{name}>"
    for base, names in (
        (RDFS, ("subClassOf", "subPropertyOf")),
        (OWL, ("equivalentClass", "equivalentProperty", "sameAs")),
        (SKOS, ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
    )
    for name in names
)
_LANGUAGES: Final = (OWL, RDF, RDFS, XSD)


def statistics(written: Written, graphs: Graphs) -> Iterator[Triple]:
    """Yield the statistics of all named graphs, and of each."""
    dataset = f"<{written.dataset}>"
    total = 0
    subjects: set[Term] = set()
    classes: dict[Term, set[Term]] = defaultdict(set)
    properties: Counter[Term] = Counter()
    for name, triples in graphs.named():
        distinct = set(triples)
        total += len(distinct)
        for subject, predicate, obj in distinct:
            properties[predicate] += 1
            subjects.add(subject)
            if predicate == RDF_TYPE:
                classes[obj].add(subject)
        yield dataset, _void("subset"), f"<{name}>"
        yield f"<{name}>", RDF_TYPE, _DATASET
        yield f"<{name}>", _void("triples"), _number(len(distinct))
    yield dataset, _void("triples"), _number(total)
    yield dataset, _void("entities"), _number(sum(graphs.rows.values()))
    yield dataset, _void("distinctSubjects"), _number(len(subjects))
    yield dataset, _void("classes"), _number(len(classes))
    yield dataset, _void("properties"), _number(len(properties))
    yield from _partitions(written.dataset, "class", {c: len(m) for c, m in classes.items()})
    yield from _partitions(written.dataset, "property", properties)
    for namespace in sorted({_namespace(iri_value(t)) for t in (*classes, *properties)}):
        yield dataset, _void("vocabulary"), f"<{namespace}>"
    for table in graphs.schema.tables.values():
        yield from _table(dataset, table, graphs.asserted[GRAPH_DATA + table.name])
        yield from _links(written, graphs, table)
    yield from _alignments(written, graphs.asserted[GRAPH_ONTOLOGY])


def _partitions(dataset: str, kind: str, counts: dict[Term, int]) -> Iterator[Triple]:
    counted = "entities" if kind == "class" else "triples"
    for term in sorted(counts):
        part = inside(dataset, kind, _slug(iri_value(term)))
        yield f"<{dataset}>", _void(f"{kind}Partition"), part
        yield part, RDF_TYPE, _DATASET
        yield part, _void(kind), term
        yield part, _void(counted), _number(counts[term])


def _table(dataset: Term, table: Table, triples: list[Triple]) -> Iterator[Triple]:
    graph = f"<{GRAPH_DATA}{table.name}>"
    yield graph, f"<{DCT}title>", literal(table.label.zh, language="zh")
    yield graph, f"<{DCT}title>", literal(table.label.en, language="en")
    yield graph, _void("uriSpace"), literal(table.base)
    pattern = f"^{re.escape(table.base)}{table.id_pattern}$"
    yield graph, _void("uriRegexPattern"), literal(pattern)
    target = f"<{table.target}>"
    records = [s for s, p, o in triples if p == RDF_TYPE and o == target]
    yield graph, _void("entities"), _number(len(records))
    if records:
        yield dataset, _void("exampleResource"), min(records)
        yield graph, _void("exampleResource"), min(records)


def _links(written: Written, graphs: Graphs, table: Table) -> Iterator[Triple]:
    """Yield the links from the records of one table to those of others, column by column."""
    targets = {other.target: other for other in graphs.schema.tables.values()}
    counts: Counter[tuple[Term, str]] = Counter()
    columns = {
        f"<{column.path}>": targets[column.reference]
        for column in table.columns
        if column.reference in targets and targets[column.reference] is not table
    }
    for _, predicate, obj in set(graphs.asserted[GRAPH_DATA + table.name]):
        other = columns.get(predicate)
        if other is not None and obj.startswith(f"<{other.base}"):
            counts[predicate, other.name] += 1
    for (predicate, name), count in sorted(counts.items()):
        slug = f"{table.name}-{_slug(iri_value(predicate))}-{name}"
        objects = f"<{GRAPH_DATA}{name}>"
        subjects = f"<{GRAPH_DATA}{table.name}>"
        yield from _linkset(written, slug, (subjects, predicate, objects), count)


def _alignments(written: Written, ontology: list[Triple]) -> Iterator[Triple]:
    """Yield the links from the project's terms to those of other vocabularies."""
    counts: Counter[tuple[str, Term]] = Counter()
    for subject, predicate, obj in set(ontology):
        if predicate in _ALIGNING and is_iri(obj):
            ours, theirs = iri_value(subject), iri_value(obj)
            crossing = ours.startswith(written.space) and not theirs.startswith(written.space)
            if crossing and not theirs.startswith(_LANGUAGES):
                counts[_namespace(theirs), predicate] += 1
    for (namespace, predicate), count in sorted(counts.items()):
        slug = f"{_slug(iri_value(predicate))}-{_slug(namespace)}"
        ends = (f"<{GRAPH_ONTOLOGY}>", predicate, f"<{namespace}>")
        yield from _linkset(written, slug, ends, count)


def _linkset(written: Written, slug: str, ends: Triple, count: int) -> Iterator[Triple]:
    linkset = inside(written.dataset, "linkset", slug)
    yield f"<{written.dataset}>", _void("subset"), linkset
    yield linkset, RDF_TYPE, _LINKSET
    yield linkset, _void("subjectsTarget"), ends[0]
    yield linkset, _void("linkPredicate"), ends[1]
    yield linkset, _void("objectsTarget"), ends[2]
    yield linkset, _void("triples"), _number(count)


def _void(name: str) -> Term:
    return f"<{VOID}{name}>"


def _number(count: int) -> Term:
    return literal(str(count), XSD + "integer")


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _slug(iri: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "-", re.sub("^https?://", "", shorten(iri))).strip("-")
