"""Dates, numbers and codes are corrected where their form leaves no doubt, and only there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsgraph.cells import CANONICAL, to_literal
from zsgraph.fixing.forms import half_width, right_literal, trimmed
from zsgraph.namespaces import RDF, XSD

DATE = (XSD + "date",)
ANY_DATE = (XSD + "date", XSD + "gYearMonth", XSD + "gYear")
INTEGER, DECIMAL = (XSD + "integer",), (XSD + "decimal",)
TEXT = (RDF + "langString",)

CERTAIN = [
    ("2024年5月31日", DATE, "2024-05-31"),
    ("2024 年 5 月 31 日", DATE, "2024-05-31"),
    ("２０２４年５月３１日", DATE, "2024-05-31"),
    ("2024/5/31", DATE, "2024-05-31"),
    ("2024.5.31", DATE, "2024-05-31"),
    ("2024．05．31", DATE, "2024-05-31"),
    ("2024-5-1", DATE, "2024-05-01"),
    ("2024-05-31 00:00:00", DATE, "2024-05-31"),
    ("20240531", DATE, "2024-05-31"),
    ("2024年5月", ANY_DATE, "2024-05"),
    ("2024/5", ANY_DATE, "2024-05"),
    ("2024.05", ANY_DATE, "2024-05"),
    ("2024年", ANY_DATE, "2024"),
    ("１２００", INTEGER, "1200"),
    ("1,200", INTEGER, "1200"),
    ("1，200，000", INTEGER, "1200000"),
    ("1,234,567.50", DECIMAL, "1234567.50"),
    ("\u200b12\u00a0", INTEGER, "12"),
    ("ＹＥＳ", (XSD + "boolean",), "YES"),
]

DOUBTFUL = [
    ("03/04/2024", DATE),
    ("31/12/2024", DATE),
    ("2024-02-30", DATE),
    ("2024年13月1日", DATE),
    ("2024年5月", DATE),
    ("2024.1", ANY_DATE),
    ("24/5/31", DATE),
    ("2024年5月底", ANY_DATE),
    ("约2024年", ANY_DATE),
    ("2024-05-31 14:30:00", DATE),
    ("20241", ANY_DATE),
    ("1,20", INTEGER),
    ("12,00,000", INTEGER),
    ("0,358", DECIMAL),
    ("1.200,5", DECIMAL),
    ("3万", INTEGER),
    ("100-200", INTEGER),
    ("5000万元", DECIMAL),
    ("1 200", INTEGER),
    ("", DATE),
]


@pytest.mark.parametrize(("text", "datatypes", "right"), CERTAIN)
def test_what_is_certain_is_corrected(text: str, datatypes: tuple[str, ...], right: str) -> None:
    assert right_literal(text, datatypes) == right


@pytest.mark.parametrize(("text", "datatypes"), DOUBTFUL)
def test_what_is_doubtful_is_left(text: str, datatypes: tuple[str, ...]) -> None:
    assert right_literal(text, datatypes) is None


def test_a_code_is_corrected_if_it_then_has_its_form() -> None:
    assert right_literal("９７８１２", (XSD + "string",), "^978[0-9]+$") == "97812"
    assert right_literal("９７９", (XSD + "string",), "^978[0-9]+$") is None


def test_a_text_keeps_its_full_width_characters() -> None:
    assert right_literal("１号楼（Ａ座）", TEXT) == "１号楼（Ａ座）"


@given(st.text(), st.sampled_from([(name,) for name in CANONICAL] + [ANY_DATE]))
def test_a_correction_is_right_and_final(text: str, datatypes: tuple[str, ...]) -> None:
    right = right_literal(text, datatypes)
    if to_literal(text, datatypes) is not None:
        assert right == text
    elif right is not None:
        assert to_literal(right, datatypes) is not None
        assert right_literal(right, datatypes) == right


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["{y}年{m}月{d}日", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}/{m:02}/{d:02}"]),
)
def test_every_day_is_read_as_it_was_meant(day: date, form: str) -> None:
    written = form.format(y=f"{day.year:04}", m=day.month, d=day.day)
    assert right_literal(written, DATE) == day.isoformat()


@given(st.integers(-(10**12), 10**12))
def test_every_number_is_read_as_it_was_meant(number: int) -> None:
    assert right_literal(f"{number:,}", INTEGER) == str(number)


@given(st.text(st.sampled_from(" \u3000\u00a0\u200b\ufeff\tａ1；\n")))
def test_trimming_and_narrowing_twice_is_once(text: str) -> None:
    assert trimmed(trimmed(text)) == trimmed(text)
    assert half_width(half_width(text)) == half_width(text)
