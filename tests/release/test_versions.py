"""Versions are ordered as Semantic Versioning orders them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zsgraph.release.versions import Version, parsed

#: The example of https://semver.org/#spec-item-11, and its neighbours.
ORDERED = [
    "0.9.10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
    "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.1.10", "10.0.0",
]  # fmt: skip


def test_versions_are_ordered() -> None:
    assert all(Version(one) < Version(other) for one, other in pairwise(ORDERED))
    assert [v.text for v in parsed([*reversed(ORDERED), "latest", "Unreleased"])] == ORDERED


def test_build_metadata_do_not_count() -> None:
    assert Version("1.0.0+a") == Version("1.0.0+b")


@given(st.tuples(*[st.integers(0, 99)] * 3), st.tuples(*[st.integers(0, 99)] * 3))
def test_numbers_count_by_their_value(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    first, second = (Version(".".join(map(str, numbers))) for numbers in (one, other))
    assert (first < second) == (one < other)
