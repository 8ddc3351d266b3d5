"""Literals and the values that they stand for."""

import pytest

from zsgraph.namespaces import RDF, XSD
from zsgraph.reasoning.datatypes import belongs, different, equal, well_typed
from zsgraph.reasoning.vocabulary import DATATYPES
from zsgraph.terms import literal


def _typed(text: str, datatype: str) -> str:
    return literal(text, XSD + datatype)


GOOD_AND_BAD = {
    "string": (["", "a\nb"], []),
    "normalizedString": (["a b"], ["a\tb"]),
    "token": (["a b", ""], [" a", "a  b"]),
    "language": (["zh-Hans-CN", "en"], ["zh_CN", "toolonglanguage"]),
    "Name": (["a:b", "_x"], ["1a", "-"]),
    "NCName": (["平台", "a-1"], ["a:b", ""]),
    "NMTOKEN": (["1a:b"], ["a b", ""]),
    "boolean": (["true", "0"], ["TRUE", "yes", ""]),
    "decimal": (["1", "-1.50", ".5", "+3."], ["1e3", "NaN", ".", "1,5"]),
    "integer": (["007", "-12"], ["1.0", "12a", ""]),
    "nonNegativeInteger": (["0", "-0"], ["-1"]),
    "nonPositiveInteger": (["0"], ["1"]),
    "positiveInteger": (["1"], ["0"]),
    "negativeInteger": (["-1"], ["0"]),
    "long": (["-9223372036854775808"], ["9223372036854775808"]),
    "int": (["2147483647"], ["2147483648"]),
    "short": (["-32768"], ["-32769"]),
    "byte": (["127"], ["128"]),
    "unsignedLong": (["18446744073709551615"], ["18446744073709551616", "-1"]),
    "unsignedInt": (["4294967295"], ["4294967296"]),
    "unsignedShort": (["65535"], ["65536"]),
    "unsignedByte": (["255"], ["256"]),
    "float": (["1e3", "-INF", "NaN", "1e99"], ["inf", "1e"]),
    "double": (["1.5E-3", "INF"], ["-NaN", "0x1"]),
    "hexBinary": (["0aFF", ""], ["0", "0g"]),
    "base64Binary": (["", "Zm9v", "Zm8="], ["Zm9", "Zm=9"]),
    "anyURI": (["http://example.org/"], []),
    "dateTime": (["2024-01-31T24:00:00", "2024-01-31T08:00:00.5+08:00"], ["2024-01-31T25:00:00"]),
    "dateTimeStamp": (["2024-01-31T08:00:00Z"], ["2024-01-31T08:00:00"]),
    "date": (["2024-02-29", "-0044-03-15", "2024-01-01+14:00"], ["2023-02-29", "2024-1-1"]),
    "time": (["08:30:00"], ["8:30"]),
    "gYear": (["2024", "12024"], ["24", "02024"]),
    "gYearMonth": (["2024-01"], ["2024-13"]),
    "gMonth": (["--12"], ["12"]),
    "gMonthDay": (["--02-29"], ["--02-30"]),
    "gDay": (["---31"], ["---32"]),
}


def test_every_datatype_of_xml_schema_is_tried() -> None:
    assert {XSD + name for name in GOOD_AND_BAD} == {
        iri for iri in DATATYPES.values() if iri.startswith(XSD)
    }


@pytest.mark.parametrize("name", GOOD_AND_BAD)
def test_lexical_forms(name: str) -> None:
    good, bad = GOOD_AND_BAD[name]
    for text in good:
        assert well_typed(_typed(text, name)), text
        assert belongs(_typed(text, name), XSD + name), text
    for text in bad:
        assert not well_typed(_typed(text, name)), text
        assert not belongs(_typed(text, name), XSD + name), text


@pytest.mark.parametrize(
    ("term", "inside", "outside"),
    [
        (_typed("5", "integer"), "decimal byte positiveInteger", "double string negativeInteger"),
        (_typed("5.0", "decimal"), "integer unsignedByte", "float"),
        (_typed("5.5", "decimal"), "decimal", "integer"),
        (_typed("1e0", "double"), "double", "float decimal"),
        (literal("zh"), "string token language NCName", "anyURI"),
        (literal("a b"), "string token", "NMTOKEN language"),
        (literal("zh", language="en"), "", "string"),
        (_typed("2024", "gYear"), "gYear", "date integer"),
        (_typed("2024-01-01T00:00:00Z", "dateTime"), "dateTimeStamp", "date"),
        (_typed("2024-01-01T00:00:00", "dateTime"), "dateTime", "dateTimeStamp"),
    ],
)
def test_value_spaces(term: str, inside: str, outside: str) -> None:
    assert all(belongs(term, XSD + name) for name in inside.split())
    assert not any(belongs(term, XSD + name) for name in outside.split())


def test_language_strings() -> None:
    term = literal("a", language="zh")
    assert belongs(term, RDF + "langString")
    assert belongs(term, RDF + "PlainLiteral")
    assert belongs(literal("a"), RDF + "PlainLiteral")
    assert not belongs(literal("a"), RDF + "langString")


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (_typed("1", "integer"), _typed("1.0", "decimal")),
        (_typed("01", "byte"), _typed("+1", "long")),
        (_typed("true", "boolean"), _typed("1", "boolean")),
        (_typed("a", "token"), literal("a")),
        (literal("a", language="zh-CN"), literal("a", language="zh-cn")),
        (_typed("1e1", "double"), _typed("10", "double")),
        (_typed("0a", "hexBinary"), _typed("0A", "hexBinary")),
        (_typed("2024-01-01T00:00:00.0Z", "dateTime"),
         _typed("2024-01-01T00:00:00+00:00", "dateTimeStamp")),
    ],
)  # fmt: skip
def test_equal_values(x: str, y: str) -> None:
    assert equal(x, y)
    assert not different(x, y)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (_typed("1", "integer"), literal("1")),
        (_typed("1", "decimal"), _typed("1", "double")),
        (_typed("2024", "gYear"), _typed("2024-01", "gYearMonth")),
        (literal("a", language="zh"), literal("a", language="en")),
        (literal("a", language="zh"), literal("a")),
        (literal("http://a/"), _typed("http://a/", "anyURI")),
        (_typed("2024-01-01Z", "date"), _typed("2024-01-01", "date")),
    ],
)
def test_different_values(x: str, y: str) -> None:
    assert different(x, y)
    assert not equal(x, y)


def test_nothing_is_said_of_unknown_datatypes_and_ill_typed_literals() -> None:
    unknown, other = literal("1", "http://example.org/d"), literal("2", "http://example.org/d")
    assert well_typed(unknown)
    assert belongs(unknown, XSD + "integer")
    assert not different(unknown, other)
    assert not equal(unknown, other)
    assert not different(_typed("x", "integer"), _typed("1", "integer"))
