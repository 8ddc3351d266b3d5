"""The build makes a graph or leaves the one of before; a domain is a folder of Turtle and CSV."""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.toys import Library
from zsgraph.answers import answer
from zsgraph.build import STORE, Silence, Summary, build, fingerprint
from zsgraph.errors import KnowledgeError, UsageError
from zsgraph.findings import Message, Severity
from zsgraph.queries import find_query
from zsgraph.store import open_graph

LIB = "PREFIX lib: <https://example.org/library#>\n"
COUNT = LIB + "SELECT (COUNT(*) AS ?count) WHERE { ?book a lib:Book }"
NEW_BOOK = "of-3,Our Farm,,novel,1950,,,yes,,\n"


def books(home: Path) -> int:
    """Count the books of the graph that answers."""
    answers = open_graph(home).query(COUNT)
    assert isinstance(answers, ox.QuerySolutions)
    return int(next(answers)["count"].value)


def add_book(library: Library) -> None:
    path = library.root / "data" / "books.csv"
    path.write_text(path.read_text(encoding="utf-8") + NEW_BOOK, encoding="utf-8")


def graphs(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if path.name.lstrip(".").startswith("graph-")]


class TestAnotherDomain:
    """A library of books needs no line of Python."""

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, [("af-2", "George Orwell"), ("fc-1", "Jeanne Kelly"), ("fc-1", "Qian Zhongshu")]),
            ({"author": "jeanne kelly"}, [("fc-1", "Jeanne Kelly")]),
            ({"genre": "novel"}, [("fc-1", "Jeanne Kelly"), ("fc-1", "Qian Zhongshu")]),
            (
                {"genre": "Fiction"},
                [("af-2", "George Orwell"), ("fc-1", "Jeanne Kelly"), ("fc-1", "Qian Zhongshu")],
            ),
            ({"published": "1945"}, [("af-2", "George Orwell")]),
            ({"published": "1999"}, []),
        ],
        ids=["all", "by author", "by genre", "by broader genre", "by year", "none"],
    )
    def test_its_query_is_answered(
        self, library: Library, values: dict[str, str], expected: list[tuple[str, str]]
    ) -> None:
        library.build()
        query = find_query(library.knowledge.queries, "books")
        result = answer(open_graph(library.home), query, values, "en")
        assert [
            (str(book.value).rpartition("/")[2], result.label(person.value))
            for book, person in result.terms
            if isinstance(book, ox.NamedNode) and isinstance(person, ox.NamedNode)
        ] == expected

    def test_a_new_property_is_an_edit_of_turtle_and_csv(self, library: Library) -> None:
        ontology, shapes, data = "ontology/library.ttl", "shapes/authors.ttl", "data/authors.csv"
        path = library.root / ontology
        path.write_text(
            path.read_text(encoding="utf-8")
            + 'lib:birthplace a owl:DatatypeProperty ; rdfs:label "出生地"@zh .\n',
            encoding="utf-8",
        )
        library.replace(shapes, "shape:Author-born .", "shape:Author-born , shape:Author-place .")
        path = library.root / shapes
        path.write_text(
            path.read_text(encoding="utf-8")
            + """
shape:Author-place a sh:PropertyShape ; sh:path lib:birthplace ; rec:column "birthplace" ;
    sh:order 4 ; sh:name "出生地"@zh , "Birthplace"@en ; sh:datatype xsd:string ; sh:maxCount 1 .
""",
            encoding="utf-8",
        )
        library.replace(data, "born\n", "born,出生地\n")
        library.replace(data, "1910-11-21\n", "1910-11-21,Wuxi\n")
        library.replace(data, "Jeanne Kelly,,\n", "Jeanne Kelly,,,\n")
        library.replace(data, "1903-06\n", "1903-06,Motihari\n")
        assert library.build().published
        question = 'ASK { ?author lib:birthplace "Motihari" ; skos:prefLabel "George Orwell"@en }'
        assert bool(open_graph(library.home).query(LIB + question))


class TestErrorsLeaveTheGraphOfBefore:
    """Whatever goes wrong, the graph that was current stays so, and no half of a new one stays."""

    @pytest.mark.parametrize(
        ("file", "old", "new", "rule"),
        [
            ("data/books.csv", ",no,", ",perhaps,", "https://example.org/shape#Book-in_print"),
            (
                "data/books.csv",
                "9780811215527",
                "0811215527",
                "https://example.org/shape#Book-isbn",
            ),
            ("data/books.csv", ",0358,", ",0,", "https://example.org/shape#Book-pages"),
            ("data/books.csv", "1945-08-17", "1845", "verify/published-before-birth"),
            ("data/expectations.yaml", "books: 2", "books: 4", "expectations"),
            (
                "ontology/library.ttl",
                "owl:disjointWith lib:Agent",
                "owl:disjointWith lib:TranslatedBook",
                "owl2rl/cax-dw",
            ),
        ],
        ids=["reader", "pattern", "range", "verify query", "expectations", "reasoner"],
    )
    def test_a_finding(self, library: Library, file: str, old: str, new: str, rule: str) -> None:
        library.build()
        add_book(library)
        library.replace(file, old, new)
        summary = library.build()
        errors = [f for f in summary.findings if f.severity is Severity.ERROR]
        assert [error.rule for error in errors] == [rule]
        assert not summary.published
        assert books(library.home) == 2
        assert len(graphs(library.home)) == 1

    def test_a_failure(self, library: Library) -> None:
        library.build()
        library.replace("queries/verify/without-page.rq", "FILTER NOT", "FILTR NOT")
        with pytest.raises(KnowledgeError, match=r"without-page\.rq, line 7, column 3"):
            library.build()
        assert books(library.home) == 2
        assert len(graphs(library.home)) == 1

    @pytest.mark.parametrize(
        ("hook", "expected"),
        [
            ("build.new_store = kill", 2),
            ("build.load = kill", 2),
            ("build.verify = kill", 2),
            ("build.publish = kill", 2),
            ("store.os.replace = kill", 2),
            ("store._remove_old = kill", 3),
        ],
    )
    def test_a_kill_at_any_moment(self, library: Library, hook: str, expected: int) -> None:
        library.build()
        add_book(library)
        script = f"""
import os, signal, sys
from pathlib import Path
from zsgraph import build, store
from zsgraph.knowledge import locate

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

{hook}
build.build(locate(Path(sys.argv[1])), Path(sys.argv[2]))
"""
        killed = [sys.executable, "-c", script, str(library.root), str(library.home)]
        assert subprocess.run(killed, check=False).returncode == -9
        assert books(library.home) == expected
        library.build()
        library.build()
        assert books(library.home) == 3
        assert len(graphs(library.home)) == 2


class TestFindings:
    """What is found beyond the cells is told with the record's row."""

    def test_a_clash_names_the_individual_and_the_classes(self, library: Library) -> None:
        library.replace(
            "ontology/library.ttl",
            "owl:disjointWith lib:Agent",
            "owl:disjointWith lib:TranslatedBook",
        )
        (finding,) = library.errors()
        assert finding.rule == "owl2rl/cax-dw"
        assert (finding.file, finding.row) == ("books.csv", 2)
        for text in (finding.message.zh, finding.message.en):
            assert "Fortress Besieged" in text

    def test_a_verify_query_names_row_and_values(self, library: Library) -> None:
        library.replace("data/books.csv", "1945-08-17", "1845")
        (finding,) = library.errors()
        assert (finding.file, finding.row) == ("books.csv", 3)
        assert "published in 1845, its author was born in 1903-06" in finding.message.en

    def test_notes_and_warnings_do_not_stop_a_build(self, library: Library) -> None:
        summary = library.build()
        assert summary.published
        assert [(f.severity, f.rule, f.row) for f in summary.findings] == [
            (Severity.INFO, "verify/without-page", 3)
        ]

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("#+ severity: info", "#+ severity: grave", "lacks severity"),
            ("{focus} has", "{book} has", "does not select"),
            ("SELECT ?focus WHERE", "ASK", "not a SELECT|syntax error"),
        ],
    )
    def test_a_faulty_verify_query_is_told(
        self, library: Library, old: str, new: str, told: str
    ) -> None:
        library.replace("queries/verify/without-page.rq", old, new)
        with pytest.raises(KnowledgeError, match=told):
            library.build()

    def test_expectations_must_be_numbers(self, library: Library) -> None:
        library.write("data/expectations.yaml", "books: many\n")
        with pytest.raises(KnowledgeError, match=r"expectations\.yaml"):
            library.build()


def test_two_builds_at_once_both_succeed(library: Library) -> None:
    script = """
import sys
from pathlib import Path
from zsgraph.build import build
from zsgraph.knowledge import locate
assert build(locate(Path(sys.argv[1])), Path(sys.argv[2])).published
"""
    command = [sys.executable, "-c", script, str(library.root), str(library.home)]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert books(library.home) == 2
    assert len(graphs(library.home)) == 2


def test_what_was_built_is_described(library: Library) -> None:
    summary = library.build()
    path = library.home / "current" / "build.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    assert described["fingerprint"] == fingerprint(library.knowledge)
    assert described["rows"] == {"authors": 3, "books": 2, "contributions": 3, "remarks": 2}
    assert described["asserted"] == summary.asserted
    assert described["findings"] == {"error": 0, "warning": 0, "info": 1}


def test_the_fingerprint_changes_with_any_file(library: Library) -> None:
    before = fingerprint(library.knowledge)
    assert fingerprint(library.knowledge) == before
    library.replace(
        "queries/questions/books.rq", "ORDER BY ?book ?person", "ORDER BY ?person ?book"
    )
    assert fingerprint(library.knowledge) != before


def test_the_fingerprint_is_of_what_was_read(library: Library) -> None:
    class Editor(Silence):
        def start(self, stage: Message, length: int) -> None:
            if stage == STORE:
                add_book(library)

    read = fingerprint(library.knowledge)
    build(library.knowledge, library.home, progress=Editor())
    assert books(library.home) == 2
    assert open_graph(library.home).description["fingerprint"] == read


@pytest.mark.parametrize("reasoner", ["default", "owlrl"])
@pytest.mark.parametrize("validator", ["default", "pyshacl"])
def test_every_engine_builds_the_same_number_of_books(
    library: Library, reasoner: str, validator: str
) -> None:
    assert build(library.knowledge, library.home, reasoner, validator).published
    assert books(library.home) == 2


@pytest.mark.parametrize("engine", [{"reasoner": "pellet"}, {"validator": "topbraid"}])
def test_an_unknown_engine_is_told_with_the_known_ones(
    library: Library, engine: dict[str, str]
) -> None:
    with pytest.raises(UsageError, match="known are: default"):
        build(library.knowledge, library.home, **engine)


def test_shipped_knowledge_builds_without_errors(built: tuple[Path, Summary]) -> None:
    _, summary = built
    assert summary.published
    assert [f for f in summary.findings if f.severity is Severity.ERROR] == []
    assert all(count > 0 for count in summary.rows.values())
