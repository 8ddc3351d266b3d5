"""Media types and languages are chosen as the client weighs them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from zsgraph.web.negotiation import language, media_type

OFFERED = ("text/turtle", "application/ld+json", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("text/html;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
        ("application/ld+json;q=0.2, text/*;q=0.4", "text/turtle"),
        ("text/*;q=0.4, text/turtle;q=0, */*;q=0.1", "text/html"),
        ("text/turtle;q=0", None),
        ("image/png", None),
        ("TEXT/HTML;Q=0.3", "text/html"),
        ("text/html;charset=utf-8;q=0.7, text/turtle;q=0.6", "text/html"),
        ("nonsense, text/html", "text/html"),
        ("text/html;q=7, application/ld+json", "application/ld+json"),
        (";;;,,,///", "text/turtle"),
    ],
)
def test_the_media_type_of_the_greatest_weight_is_chosen(accept: str, chosen: str | None) -> None:
    assert media_type(accept, OFFERED) == chosen


@given(st.text())
def test_no_accept_header_upsets_the_choice(accept: str) -> None:
    assert media_type(accept, OFFERED) in (*OFFERED, None)


@pytest.mark.parametrize(
    ("query", "header", "chosen"),
    [
        ("", "", "zh"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "de, en;q=0.2, zh;q=0.1", "en"),
        ("lang=en", "zh", "en"),
        ("lang=zh", "en", "zh"),
        ("", "fr", "zh"),
    ],
)
def test_the_language_is_that_of_the_address_then_of_the_client(
    query: str, header: str, chosen: str
) -> None:
    headers = [(b"accept-language", header.encode())]
    scope = {"type": "http", "query_string": query.encode(), "headers": headers}
    assert language(Request(scope)) == chosen
