"""RDF Patch: what is written is read again, by us and by rdflib, and leads from old to new."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from zsgraph.errors import UsageError
from zsgraph.patch import (
    Patch,
    apply_patch,
    apply_to_store,
    difference,
    difference_of_sorted,
    quad_of,
    read_patch,
    to_sparql_update,
    write_patch,
)
from zsgraph.store import Graph
from zsgraph.terms import Quad, literal

_EXAMPLE = "https://example.org/"
_IRIS = st.sampled_from([f"<{_EXAMPLE}{name}>" for name in ("a", "b", "c", "中试", "d#e")])
_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=9)
_LITERALS = st.one_of(
    _TEXTS.map(literal),
    _TEXTS.map(lambda text: literal(text, language="zh")),
    _TEXTS.map(lambda text: literal(text, datatype=_EXAMPLE + "type")),
)
_QUADS = st.tuples(_IRIS, _IRIS, st.one_of(_IRIS, _LITERALS), st.one_of(_IRIS, st.just("")))
_GRAPHS = st.sets(_QUADS, max_size=12)

A, B, P = (f"<{_EXAMPLE}{name}>" for name in "abp")


def lines(quads: set[Quad]) -> list[bytes]:
    return sorted(f"{' '.join(filter(None, quad))} .\n".encode() for quad in quads)


def text(patch: Patch) -> str:
    return b"".join(write_patch(patch)).decode()


def stored(quads: set[Quad]) -> ox.Store:
    store = ox.Store()
    store.load(b"".join(lines(quads)), ox.RdfFormat.N_QUADS)
    return store


@given(_GRAPHS, _GRAPHS)
def test_patch_leads_from_old_to_new_and_back(old: set[Quad], new: set[Quad]) -> None:
    patch = difference(old, new)
    assert apply_patch(patch, old) == new
    assert apply_patch(patch.inverse(), new) == old


@given(_GRAPHS, _GRAPHS)
def test_written_patch_is_read_again(old: set[Quad], new: set[Quad]) -> None:
    patch = difference(old, new)
    assert read_patch(text(patch).split("\n")) == patch


@given(_GRAPHS, _GRAPHS)
def test_sorted_files_give_the_same_patch(old: set[Quad], new: set[Quad]) -> None:
    assert difference_of_sorted(lines(old), lines(new)) == difference(old, new)


@given(_GRAPHS, _GRAPHS)
def test_update_makes_old_new_in_oxigraph(old: set[Quad], new: set[Quad]) -> None:
    store = stored(old)
    apply_to_store(difference(old, new), store)
    assert set(map(quad_of, store)) == new


def test_patch_of_the_shipped_graph_leads_from_old_to_new(graph: Graph) -> None:
    new = set(map(quad_of, graph.store))
    old = {quad for number, quad in enumerate(sorted(new)) if number % 7}
    old |= {(subject, predicate, literal("旧"), name) for subject, predicate, _, name in old}
    patch = read_patch(text(difference(old, new)).split("\n"))
    store = stored(old)
    apply_to_store(patch, store)
    assert set(map(quad_of, store)) == new


def test_rdflib_reads_and_runs_what_is_written() -> None:
    old = {(A, P, B, A), (A, P, literal('say "中试"\n', language="zh"), B), (B, P, A, B)}
    new = {(A, P, B, A), (B, P, literal("5", datatype=_EXAMPLE + "t"), B), (B, P, B, A)}
    expected = Dataset().parse(data=b"".join(lines(new)), format="nquads")
    for change in ("patch", "update"):
        dataset = Dataset()
        dataset.parse(data=b"".join(lines(old)), format="nquads")
        if change == "patch":
            dataset.parse(data=text(difference(old, new)), format="patch")
        else:
            for request in to_sparql_update(difference(old, new), size=1):
                dataset.update(request)
        assert set(dataset.quads()) == set(expected.quads())


def test_what_rdflib_writes_is_read() -> None:
    old, new = Dataset(), Dataset()
    old.parse(data=b"".join(lines({(A, P, B, A)})), format="nquads")
    new.parse(data=b"".join(lines({(A, P, literal("x\ty"), B)})), format="nquads")
    patch = old.serialize(format="patch", target=new, header_id="uuid:1", header_prev="uuid:0")
    found = read_patch(patch.split("\n"))
    assert found.removed == ((A, P, B, A),)
    assert found.added == ((A, P, literal("x\ty"), B),)
    assert found.previous == "0"


def test_equal_changes_give_equal_bytes() -> None:
    quads = [(A, P, literal(str(number)), B) for number in range(30)]
    assert text(difference([], quads)) == text(difference([], reversed(quads)))
    assert difference([], quads).id != difference([], quads, previous="0").id


def test_requests_are_bounded() -> None:
    quads = {(A, P, literal(str(number)), (A, B)[number % 2]) for number in range(25)}
    requests = list(to_sparql_update(difference([], quads), size=10))
    assert [request.count(" .\n") for request in requests] == [10, 10, 5]


def test_aborted_transactions_are_left_out() -> None:
    content = f"""# a comment
H id <uuid:1> .
TX .
PA "ex" "{_EXAMPLE}" .
A {A} {P} {B} .
D {A} {P} {A} . # and another
TC .
TX .
A {B} {P} {B} .
TA .
"""
    patch = read_patch(content.split("\n"))
    assert patch.added == ((A, P, B, ""),)
    assert patch.removed == ((A, P, A, ""),)
    assert patch.prefixes == {"ex": _EXAMPLE}


def test_last_change_of_a_quad_counts() -> None:
    patch = read_patch([f"A {A} {P} {B} .", f"D {A} {P} {B} ."])
    assert (patch.added, patch.removed) == ((), ((A, P, B, ""),))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"A {A} {P} {B}", "Line 1"),
        (f"TX .\nA {A} {P} .", "Line 2"),
        ("X .", "Line 1"),
        (f'A {A} {P} "open .', "Line 1"),
        (f"TX .\nA {A} {P} {B} .", "no line TC"),
    ],
)
def test_faulty_patches_are_refused(content: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_patch(content.split("\n"))


def test_blank_nodes_cannot_be_removed_by_an_update() -> None:
    with pytest.raises(UsageError, match="blank node"):
        list(to_sparql_update(difference([("_:x", P, A, "")], [])))
