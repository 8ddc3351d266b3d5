"""RDF of other systems gives the same findings as a sheet does, without any network."""

import pyoxigraph as ox
import pytest

from tests.desk import Desk, desk, told
from zsgraph.errors import UsageError

__all__ = ["desk"]

TURTLE = """
@prefix zs: <https://w3id.org/zsgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/zsgraph/id/platforms/plt-x-rdf> a zs:Platform ;
    skos:prefLabel "成都某某中试平台"@zh , "A platform"@en ;
    zs:nameBasis <https://w3id.org/zsgraph/scheme/name-basis/as-printed> ;
    zs:locatedIn <https://w3id.org/zsgraph/id/regions/510100> ;
    zs:servesBiomedicine false ;
    zs:source <https://w3id.org/zsgraph/id/sources/s0013> ;
    zs:established %s .
"""
GOOD, BAD = TURTLE % '"2024-05"', TURTLE % '"2024-02-30"'
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def written(turtle: str, ending: str) -> bytes:
    triples = [quad.triple for quad in ox.parse(input=turtle, format=ox.RdfFormat.TURTLE)]
    data = ox.serialize(triples, format=FORMATS[ending])
    assert data is not None
    return data


@pytest.mark.parametrize("ending", FORMATS)
def test_each_form_gives_the_findings_of_a_sheet(desk: Desk, ending: str) -> None:
    report = desk.check(desk.write(written(GOOD, ending), f"good.{ending}"))
    assert report.findings == []
    assert [checked.record.id for checked in report.records] == ["plt-x-rdf"]
    bad = desk.findings(written(BAD, ending), f"bad.{ending}")
    assert told(bad) == [("Platform-established", 2, "established")]


def test_what_is_of_no_kind_or_no_column_is_told(desk: Desk) -> None:
    extra = (
        GOOD.replace("zs:established", 'zs:colour "red" ; zs:established') + "<urn:x> a zs:Y .\n"
    )
    assert told(desk.findings(extra, "extra.ttl")) == [
        ("kind-unknown", None, None),
        ("unknown-property", 2, "zs:colour"),
    ]


@pytest.mark.parametrize(
    ("content", "name", "row"),
    [
        ("<urn:a> <urn:b> .\n", "bad.ttl", 1),
        ('{"@context": "https://example.org/c", "@id": "urn:x"}', "far.jsonld", None),
        ("", "empty.ttl", None),
    ],
)
def test_what_cannot_be_read_is_told(desk: Desk, content: str, name: str, row: int | None) -> None:
    (finding,) = desk.findings(content, name)
    assert finding.row == row
    assert finding.severity == "error"


ENTITIES = [
    '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "<!DOCTYPE a [" + "".join(f'<!ENTITY a{n} "a">' for n in range(200)) + "]>",
]


@pytest.mark.parametrize("entities", ENTITIES, ids=["nested", "external", "many"])
def test_entities_that_could_grow_are_refused(desk: Desk, entities: str) -> None:
    path = desk.write(entities + "<a/>", "bomb.rdf")
    with pytest.raises(UsageError, match="entities"):
        desk.check(path)
