"""Records become triples: one for each value, and the triple that a record is about."""

from tests.toys import TOY
from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge, locate
from zsgraph.namespaces import GRAPH_DATA, RDF, RDFS, SKOS, XSD
from zsgraph.pipeline import Graphs, run
from zsgraph.reasoning.closure import close
from zsgraph.terms import RDF_TYPE, Triple
from zsgraph.validation.shacl import compiled

LIB = "https://example.org/library#"
ID = "https://example.org/id/"


def graphs() -> Graphs:
    return run(locate(TOY), close, compiled, Silence())


GRAPHS = graphs()


def of(table: str, identifier: str) -> set[tuple[str, str]]:
    subject = f"<{ID}{table}/{identifier}>"
    return {(p, o) for s, p, o in GRAPHS.asserted[GRAPH_DATA + table] if s == subject}


def test_each_value_is_a_triple_in_canonical_form() -> None:
    genre = "https://example.org/scheme/genre/"
    assert of("books", "fc-1") == {
        (RDF_TYPE, f"<{LIB}Book>"),
        (f"<{LIB}code>", '"fc-1"'),
        (f"<{SKOS}prefLabel>", '"Fortress Besieged"@en'),
        (f"<{SKOS}altLabel>", '"围城"@zh'),
        (f"<{SKOS}altLabel>", '"城"@zh'),
        (f"<{LIB}genre>", f"<{genre}novel>"),
        (f"<{LIB}genre>", f"<{genre}satire>"),
        (f"<{LIB}published>", f'"1947"^^<{XSD}gYear>'),
        (f"<{LIB}pages>", f'"358"^^<{XSD}integer>'),
        (f"<{LIB}price>", f'"29.5"^^<{XSD}decimal>'),
        (f"<{LIB}inPrint>", f'"true"^^<{XSD}boolean>'),
        (f"<{LIB}isbn>", '"9780811215527"'),
        (f"<{LIB}page>", f'"https://example.org/fc-1"^^<{XSD}anyURI>'),
    }


def test_partial_dates_keep_how_exact_they_are() -> None:
    assert (f"<{LIB}born>", f'"1910-11-21"^^<{XSD}date>') in of("authors", "aut-qian")
    assert (f"<{LIB}born>", f'"1903-06"^^<{XSD}gYearMonth>') in of("authors", "aut-orwell")


def test_an_empty_cell_is_no_triple() -> None:
    assert of("authors", "aut-kelly") == {
        (RDF_TYPE, f"<{LIB}Author>"),
        (f"<{SKOS}prefLabel>", '"Jeanne Kelly"@en'),
    }


def test_a_record_about_a_triple_asserts_it_too() -> None:
    triples = GRAPHS.asserted[GRAPH_DATA + "contributions"]
    book, author = f"<{ID}books/fc-1>", f"<{ID}authors/aut-kelly>"
    assert (book, f"<{LIB}translatedBy>", author) in triples
    assert of("contributions", "con-2") == {
        (RDF_TYPE, f"<{LIB}Contribution>"),
        (f"<{RDF}subject>", book),
        (f"<{RDF}predicate>", f"<{LIB}translatedBy>"),
        (f"<{RDF}object>", author),
    }


def test_a_cell_of_several_lines_keeps_them() -> None:
    assert (f"<{RDFS}comment>", '"Kept apart from\\nhumour."') in of("remarks", "rem-2")


def test_what_follows_is_inferred_from_the_records() -> None:
    book = f"<{ID}books/fc-1>"
    expected: list[Triple] = [
        (book, f"<{LIB}contributor>", f"<{ID}authors/aut-kelly>"),
        (book, f"<{LIB}genre>", "<https://example.org/scheme/genre/fiction>"),
        (book, RDF_TYPE, f"<{LIB}TranslatedBook>"),
        (f"<{ID}authors/aut-qian>", f"<{LIB}contributedTo>", book),
    ]
    assert set(expected) <= set(GRAPHS.inferred)


def test_no_shipped_row_hides_another(knowledge: Knowledge) -> None:
    shipped = run(knowledge, lambda _: close([]), compiled, Silence())
    for table in shipped.schema.tables.values():
        subjects = {
            s
            for s, p, o in shipped.asserted[GRAPH_DATA + table.name]
            if p == RDF_TYPE and o == f"<{table.target}>"
        }
        assert len(subjects) == shipped.rows[table.name]
