"""Every named query gives its golden answer, on two engines, row for row."""

from pathlib import Path

import pytest
import rdflib

from tests.conftest import PROJECT
from tests.update_golden import LANGUAGES, asked, example_values, golden_path
from zsgraph.answers import LIST_SEPARATOR, answer
from zsgraph.build import Silence
from zsgraph.formats import to_csv
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import PREFIXES
from zsgraph.parameters import terms_of
from zsgraph.pipeline import run
from zsgraph.queries import NamedQuery, load_queries
from zsgraph.reasoning import close
from zsgraph.store import Graph
from zsgraph.terms import Triple

QUERIES = load_queries(PROJECT / "queries")
Rows = list[tuple[str, ...]]

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


@pytest.fixture(scope="module")
def reference(knowledge: Knowledge) -> rdflib.Dataset:
    """Hold the shipped graph in rdflib, an engine that we did not write."""
    graphs = run(knowledge, close, lambda shapes, data: b"", Silence())
    dataset = rdflib.Dataset(default_union=True)
    for name, triples in graphs.named():
        dataset.parse(data=_quads(name, triples), format="nquads")
    return dataset


def _quads(name: str, triples: list[Triple]) -> str:
    return "".join(f"{s} {p} {o} <{name}> .\n" for s, p, o in triples)


def _plain(rows: Rows) -> Rows:
    """Sort the members of lists, whose order SPARQL leaves open."""
    return [
        tuple(LIST_SEPARATOR.join(sorted(filter(None, v.split(LIST_SEPARATOR)))) for v in row)
        for row in rows
    ]


def _ours(graph: Graph, query: NamedQuery, values: dict[str, str]) -> Rows:
    found = answer(graph, query, values)
    return [tuple("" if v is None else str(getattr(v, "value", v)) for v in r) for r in found.terms]


def _theirs(dataset: rdflib.Dataset, text: str) -> Rows:
    prefixes = {name: rdflib.Namespace(iri) for name, iri in PREFIXES.items()}
    found = dataset.query(text, initNs=prefixes)
    return [tuple("" if v is None else str(v) for v in row) for row in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
@each_query
def test_answer_is_the_golden_one(query: NamedQuery, language: str, graph: Graph) -> None:
    expected = golden_path(query.name, language).read_text(encoding="utf-8")
    assert to_csv(asked(graph, query, language)) == expected
    assert len(expected.splitlines()) > 1, "an answer without rows proves nothing"


@each_query
def test_rdflib_gives_the_same_rows_in_the_same_order(
    query: NamedQuery, graph: Graph, reference: rdflib.Dataset
) -> None:
    assert _plain(_theirs(reference, query.text)) == _plain(_ours(graph, query, {}))


@pytest.mark.parametrize(
    "query", [q for q in QUERIES.values() if q.parameters], ids=lambda query: query.name
)
def test_each_example_value_is_known_and_both_engines_agree(
    query: NamedQuery, graph: Graph, reference: rdflib.Dataset
) -> None:
    for name, value in example_values(query).items():
        text = query.bound(terms_of(graph, query, {name: value}))
        assert _plain(_theirs(reference, text)) == _plain(_ours(graph, query, {name: value})), name


def test_there_is_no_golden_answer_without_its_query() -> None:
    answers = {path.name.split(".")[0] for path in golden_path("x", "zh").parent.glob("*.csv")}
    assert answers == set(QUERIES)


def test_order_is_total_and_does_not_hang_on_how_the_graph_was_loaded(
    knowledge: Knowledge, graph: Graph, tmp_path: Path
) -> None:
    from zsgraph.store import Graph as Opened
    from zsgraph.store import load, new_store

    graphs = [(name, triples[::-1]) for name, triples in _named(knowledge)][::-1]
    store = new_store(tmp_path / "reversed")
    load(store, graphs)
    turned = Opened(store, {})
    for query in QUERIES.values():
        assert to_csv(asked(turned, query, "zh")) == to_csv(asked(graph, query, "zh")), query.name


def _named(knowledge: Knowledge) -> list[tuple[str, list[Triple]]]:
    return list(run(knowledge, close, lambda shapes, data: b"", Silence()).named())
