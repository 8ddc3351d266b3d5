"""Cells become literals in the canonical form of their datatype, or nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsgraph.cells import CANONICAL, right_form, to_literal
from zsgraph.namespaces import RDF, XSD

DATE = (XSD + "date", XSD + "gYearMonth", XSD + "gYear")


def typed(text: str, name: str) -> str:
    return f'"{text}"^^<{XSD}{name}>'


@pytest.mark.parametrize(
    ("cell", "canonical"),
    [
        ("29.50", "29.5"),
        ("0358", "358"),
        ("1200.00", "1200"),
        ("+5", "5"),
        ("-0.50", "-0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0.05", "0.05"),
        ("000", "0"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
    ],
)
def test_decimals_are_canonical(cell: str, canonical: str) -> None:
    assert to_literal(cell, (XSD + "decimal",)) == typed(canonical, "decimal")


@pytest.mark.parametrize(
    "cell", ["1,200", "3e5", ".5", "5.", "1 200", "十", "１２", "", "NaN", "--1"]
)
def test_other_numbers_are_refused(cell: str) -> None:
    assert to_literal(cell, (XSD + "decimal",)) is None


@pytest.mark.parametrize(("cell", "canonical"), [("12", "12"), ("12.0", "12"), ("-3", "-3")])
def test_whole_numbers(cell: str, canonical: str) -> None:
    assert to_literal(cell, (XSD + "integer",)) == typed(canonical, "integer")
    assert to_literal(cell + ".5", (XSD + "integer",)) is None


@pytest.mark.parametrize(
    ("cells", "canonical"),
    [(["yes", "Yes", "TRUE", "是", "1"], "true"), (["no", "false", "否", "0"], "false")],
)
def test_booleans(cells: list[str], canonical: str) -> None:
    assert {to_literal(cell, (XSD + "boolean",)) for cell in cells} == {typed(canonical, "boolean")}
    assert to_literal("maybe", (XSD + "boolean",)) is None


@pytest.mark.parametrize(
    ("cell", "datatype"),
    [("2024-02-29", "date"), ("2024-05", "gYearMonth"), ("2024", "gYear")],
)
def test_the_form_of_a_date_says_how_exact_it_is(cell: str, datatype: str) -> None:
    assert to_literal(cell, DATE) == typed(cell, datatype)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-02-30",
        "2023-02-29",
        "2024-13",
        "2024-00",
        "2024-5",
        "2024/05/31",
        "24",
        "0000-01-01",
        "２０２４",
        "2024-05-31T00:00",
        "3024",
        "2024年",
    ],
)
def test_other_dates_are_refused(cell: str) -> None:
    assert to_literal(cell, DATE) is None


@pytest.mark.parametrize("cell", ["www.gov.cn", "https://a b", "https://a/<b>", "/page"])
def test_addresses_are_whole(cell: str) -> None:
    assert to_literal(cell, (XSD + "anyURI",)) is None
    assert to_literal("https://example.org/?q=1", (XSD + "anyURI",)) is not None


def test_texts_are_tagged_and_escaped() -> None:
    assert to_literal('a "b"\nc', (RDF + "langString",), "zh") == '"a \\"b\\"\\nc"@zh'
    assert to_literal("a\\b", (XSD + "string",)) == '"a\\\\b"'


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_canonical_decimals_are_equal_in_value_and_stable(number: object) -> None:
    canonical = CANONICAL[XSD + "decimal"]
    once = canonical(f"{number:f}")
    assert once is not None
    assert float(once) == float(str(number))
    assert canonical(once) == once
    assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", once)


@pytest.mark.parametrize(
    "datatypes",
    [(XSD + "boolean",), (XSD + "decimal",), (XSD + "integer",), DATE, (XSD + "anyURI",)],
)
def test_the_right_form_is_told_in_both_languages(datatypes: tuple[str, ...]) -> None:
    form = right_form(datatypes)
    assert form is not None
    assert form.zh != form.en


def test_any_text_is_right_where_text_is_asked() -> None:
    assert right_form((XSD + "string",)) is None
