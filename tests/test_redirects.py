"""An id that was changed leads on: in the graph, on the command line, in what differs."""

import pyoxigraph as ox
import pytest

from tests.conftest import PROJECT
from tests.shell import Shell, shell
from tests.toys import Library
from zsgraph.deprecation import is_deprecated, replacement
from zsgraph.diff.compare import Change, compare
from zsgraph.diff.sides import opened
from zsgraph.store import open_graph

__all__ = ["shell"]
AUTHORS = "https://example.org/id/authors/"
HEADER = "old,new,since,note\n"
ROW = "authors/aut-blair,authors/aut-orwell,2026-11-25,pen name\n"


def redirects(library: Library, *rows: str) -> None:
    library.write("data/redirects.csv", HEADER + "".join(rows))


def test_the_graph_says_what_replaces_an_id(library: Library) -> None:
    redirects(library, ROW, "authors/aut-eric,authors/aut-blair,,\n")
    assert library.build().published
    store = open_graph(library.home).store
    assert is_deprecated(store, AUTHORS + "aut-blair")
    assert replacement(store, AUTHORS + "aut-eric") == AUTHORS + "aut-orwell"
    assert replacement(store, AUTHORS + "aut-orwell") == ""


def test_a_cell_with_an_old_id_is_told_the_new_one(library: Library) -> None:
    redirects(library, ROW)
    library.replace("data/contributions.csv", "aut-orwell", "aut-blair")
    (error,) = library.errors()
    assert error.advice is not None
    assert "aut-orwell" in error.advice.en
    assert "已改为" in error.advice.zh


def test_a_record_that_uses_a_deprecated_term_would_be_found(library: Library) -> None:
    query = "queries/verify/deprecated-in-use.rq"
    library.write(query, (PROJECT / query).read_bytes())
    path = "ontology/library.ttl"
    text = (library.root / path).read_text(encoding="utf-8")
    assert library.errors() == []
    library.write(path, text + "\nlib:writtenBy owl:deprecated true .\n")
    errors = library.errors()
    assert errors
    assert {error.rule for error in errors} == {"verify/deprecated-in-use"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("authors/aut-kelly,authors/aut-orwell,,\n", "still in its table"),
        ("authors/aut-blair,authors/aut-nobody,,\n", "not registered"),
        ("nothing/x,authors/aut-orwell,,\n", "table/id"),
        ("authors/Blair,authors/aut-orwell,,\n", "table/id"),
        ("authors/aut-a,authors/aut-b,,\nauthors/aut-b,authors/aut-a,,\n", "leads back"),
        (ROW + ROW, "already"),
    ],
)
def test_a_faulty_redirect_is_told(row: str, said: str, library: Library) -> None:
    redirects(library, row)
    errors = library.errors()
    assert errors
    assert all(said in error.message.en for error in errors)
    assert {error.file for error in errors} == {"redirects.csv"}


def test_a_faulty_header_is_told(library: Library) -> None:
    library.write("data/redirects.csv", "from,to\n")
    (error,) = library.errors()
    assert HEADER.strip() in error.message.en


def test_a_changed_id_is_no_removed_record(library: Library) -> None:
    before = library.root.parent / "before"
    before.symlink_to(library.root)
    with opened(str(before), library.knowledge) as old:
        library.replace("data/authors.csv", "aut-orwell", "aut-blair")
        library.replace("data/contributions.csv", "aut-orwell", "aut-blair")
        library.replace("data/remarks.csv", "aut-orwell", "aut-blair")
        redirects(library, "authors/aut-orwell,authors/aut-blair,,\n")
        with opened(str(library.root), library.knowledge) as new:
            found = {item.iri: item for item in compare(old, new).records}
    assert found[AUTHORS + "aut-orwell"].change is Change.DEPRECATED
    assert found[AUTHORS + "aut-orwell"].replacement == AUTHORS + "aut-blair"
    assert found[AUTHORS + "aut-blair"].change is Change.NEW


def test_circles_of_replacements_end() -> None:
    store = ox.Store()
    one, other = ox.NamedNode("urn:x-a"), ox.NamedNode("urn:x-b")
    for old, new in ((one, other), (other, one)):
        store.add(ox.Quad(old, ox.NamedNode("http://purl.org/dc/terms/isReplacedBy"), new))
        mark = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")
        store.add(ox.Quad(old, mark, ox.Literal(True)))
    assert replacement(store, "urn:x-a") == "urn:x-b"


def test_show_tells_of_the_new_id(
    library: Library, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    redirects(library, ROW)
    assert library.build().published
    monkeypatch.setenv("ZSGRAPH_HOME", str(library.home))
    ran = shell.run("--lang", "en", "show", "aut-blair", "--format", "turtle")
    assert ran.code == 0
    assert "replaced by" in ran.err
    assert "George Orwell" in ran.out
