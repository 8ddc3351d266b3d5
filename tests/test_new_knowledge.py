"""Knowledge grows in Turtle and CSV alone: a new column, pick-list or table needs no Python."""

from pathlib import Path

import pyoxigraph as ox

from tests.toys import Library
from zsgraph.store import open_graph

PREFIXES = """
@prefix lib: <https://example.org/library#> .
@prefix shape: <https://example.org/shape#> .
@prefix rec: <https://w3id.org/zsgraph/record#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

BINDING = """
lib:Binding a owl:Class ; rdfs:subClassOf skos:Concept ; rdfs:label "装帧"@zh , "Binding"@en .
lib:binding a owl:ObjectProperty ; rdfs:label "装帧"@zh , "binding"@en ; rdfs:range lib:Binding .
"""

BINDINGS = """
<https://example.org/scheme/binding> a skos:ConceptScheme ; skos:prefLabel "装帧"@zh .
<https://example.org/scheme/binding/hard> a skos:Concept , lib:Binding ;
    skos:prefLabel "精装"@zh , "Hardback"@en .
<https://example.org/scheme/binding/soft> a skos:Concept , lib:Binding ;
    skos:prefLabel "平装"@zh , "Paperback"@en .
"""

BINDING_COLUMN = """
shape:Book sh:property shape:Book-binding .
shape:Book-binding
    a sh:PropertyShape ;
    sh:path lib:binding ;
    rec:column "binding" ;
    sh:order 10 ;
    sh:name "装帧"@zh , "Binding"@en ;
    sh:class lib:Binding ;
    sh:nodeKind sh:IRI ;
    sh:maxCount 1 ;
    sh:message "“装帧”须选自装帧表。"@zh , "“Binding” is of the list of bindings."@en .
"""

SHELF = """
lib:Shelf a owl:Class ; rdfs:label "书架"@zh , "Shelf"@en .
lib:holds a owl:ObjectProperty ; rdfs:label "藏"@zh , "holds"@en ; owl:inverseOf lib:heldOn .
lib:heldOn a owl:ObjectProperty ; rdfs:label "藏于"@zh , "held on"@en .
"""

SHELF_SHAPE = """
shape:Shelf
    a sh:NodeShape ;
    sh:targetClass lib:Shelf ;
    rec:table "shelves" ;
    sh:nodeKind sh:IRI ;
    sh:pattern "^https://example.org/id/shelves/[A-Z]$" ;
    sh:name "书架"@zh , "Shelf"@en ;
    sh:property shape:Shelf-books .
shape:Shelf-books
    a sh:PropertyShape ;
    sh:path lib:holds ;
    rec:column "books" ;
    sh:order 1 ;
    sh:name "藏书"@zh , "Books"@en ;
    sh:class lib:Book ;
    sh:nodeKind sh:IRI ;
    sh:message "“藏书”须是已登记的书。"@zh , "“Books” are registered books."@en .
"""


def append(library: Library, file: str, turtle: str) -> None:
    path: Path = library.root / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + PREFIXES + turtle, encoding="utf-8")


def ask(library: Library, pattern: str) -> bool:
    assert library.errors() == []
    answer = open_graph(library.home).query(
        f"PREFIX lib: <https://example.org/library#> ASK {{ {pattern} }}"
    )
    assert isinstance(answer, ox.QueryBoolean)
    return bool(answer)


def test_a_column_with_its_pick_list_is_an_edit_of_turtle_and_csv(library: Library) -> None:
    append(library, "ontology/library.ttl", BINDING)
    append(library, "ontology/schemes/binding.ttl", BINDINGS)
    append(library, "shapes/books.ttl", BINDING_COLUMN)
    library.write(
        "data/books.csv",
        "id,title,other_titles,genres,in_print,装帧\n"
        "fc-1,Fortress Besieged,围城,novel,yes,Hardback\naf-2,Animal Farm,,satire,no,soft\n",
    )
    hard, soft = (f"<https://example.org/scheme/binding/{name}>" for name in ("hard", "soft"))
    assert ask(library, f"<https://example.org/id/books/fc-1> lib:binding {hard}")
    assert ask(library, f"<https://example.org/id/books/af-2> lib:binding {soft}")

    library.replace("data/books.csv", "Hardback", "Hardbak")
    (finding,) = library.errors()
    assert (finding.file, finding.row, finding.column) == ("books.csv", 2, "装帧")
    assert finding.advice is not None
    assert "Hardback" in finding.advice.en


def test_a_table_is_a_shape_and_a_file(library: Library) -> None:
    append(library, "ontology/library.ttl", SHELF)
    append(library, "shapes/shelves.ttl", SHELF_SHAPE)
    library.write("data/shelves.csv", "id,Books\nA,fc-1;Animal Farm\n")
    shelf = "<https://example.org/id/shelves/A>"
    assert ask(library, f"{shelf} a lib:Shelf")
    assert ask(library, f"<https://example.org/id/books/af-2> lib:heldOn {shelf}")
