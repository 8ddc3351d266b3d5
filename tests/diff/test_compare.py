"""Records and terms are compared one by one, cell by cell."""

from collections.abc import Callable

from tests.diff.conftest import Pair
from zsgraph.diff.compare import Change, Comparison

Compared = Callable[[], Comparison]
LIB = "https://example.org/library#"
DEPRECATION = """
lib:Title a owl:Class ; rdfs:label "题名"@zh , "title"@en .
lib:Remark owl:deprecated true ; <http://purl.org/dc/terms/isReplacedBy> lib:Title .
"""


def changes(comparison: Comparison) -> dict[str, Change]:
    return {item.iri.rpartition("/")[2]: item.change for item in comparison.records}


def test_equal_knowledge_does_not_differ(compared: Compared) -> None:
    comparison = compared()
    assert (comparison.records, comparison.terms, len(comparison.patch)) == ((), (), 0)


def test_order_of_rows_and_of_values_means_nothing(pair: Pair, compared: Compared) -> None:
    pair.new.replace("data/books.csv", "novel;Satire", "Satire;novel")
    lines = (pair.new.root / "data/authors.csv").read_text(encoding="utf-8").splitlines()
    pair.new.write("data/authors.csv", "\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert len(compared().patch) == 0


def test_new_changed_and_removed_records_are_told_apart(pair: Pair, compared: Compared) -> None:
    pair.new.replace("data/remarks.csv", "A pen name.", "His pen name.")
    pair.new.replace(
        "data/remarks.csv", 'rem-2,satire,"Kept', 'rem-3,satire,Short.\nrem-2,satire,"Kept'
    )
    pair.new.replace("data/contributions.csv", "con-3,af-2,著,aut-orwell\n", "")
    assert changes(compared()) == {
        "rem-1": Change.CHANGED,
        "rem-3": Change.NEW,
        "con-3": Change.REMOVED,
    }


def test_cells_have_their_values_before_and_after(pair: Pair, compared: Compared) -> None:
    pair.new.replace("data/books.csv", "围城;城", "围城;城堡")
    (book,) = compared().records
    (cell,) = book.cells
    assert cell.column is not None
    assert (cell.column.name, cell.old, cell.new) == (
        "other_titles",
        ('"围城"@zh', '"城"@zh'),
        ('"围城"@zh', '"城堡"@zh'),
    )


def test_a_record_is_about_what_its_shape_names(pair: Pair, compared: Compared) -> None:
    pair.new.replace("data/contributions.csv", "con-3,af-2,著", "con-3,fc-1,著")
    (contribution,) = compared().records
    assert contribution.about.endswith("/fc-1")


def test_a_column_that_is_gone_is_told(pair: Pair, compared: Compared) -> None:
    pair.new.replace("shapes/authors.ttl", " , shape:Author-born", "")
    text = (pair.new.root / "data/authors.csv").read_text(encoding="utf-8")
    pair.new.write(
        "data/authors.csv", "".join(f"{line.rpartition(',')[0]}\n" for line in text.splitlines())
    )
    columns = {cell.column.name for r in compared().records for cell in r.cells if cell.column}
    assert columns == {"born"}


def test_terms_are_new_and_deprecated_with_what_replaces_them(
    pair: Pair, compared: Compared
) -> None:
    path = "ontology/library.ttl"
    text = (pair.new.root / path).read_text(encoding="utf-8")
    pair.new.write(path, text + DEPRECATION)
    found = {item.iri: (item.change, item.replacement) for item in compared().terms}
    assert found == {
        LIB + "Title": (Change.NEW, ""),
        LIB + "Remark": (Change.DEPRECATED, LIB + "Title"),
    }


def test_class_expressions_are_compared_by_meaning(pair: Pair, compared: Compared) -> None:
    path = "ontology/library.ttl"
    text = (pair.old.root / path).read_text(encoding="utf-8")
    restriction = "[ a owl:Restriction ; owl:onProperty lib:%s ; owl:hasValue true ]"
    first = f"\nlib:Book rdfs:subClassOf {restriction % 'inPrint'} .\n"
    other = f"\nlib:Genre rdfs:subClassOf {restriction % 'pages'} .\n"
    pair.old.write(path, text + first)
    pair.new.write(path, text + other + first)
    assert [item.iri for item in compared().terms] == [LIB + "Genre"]
