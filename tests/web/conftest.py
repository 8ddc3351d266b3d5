"""One server for all tests that do not disturb it, over the shipped graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.live import Live, running
from zsgraph.build import Summary


@pytest.fixture(scope="session")
def server(built: tuple[Path, Summary]) -> Iterator[Live]:
    with running(built[0], "--workers", "2", "--timeout", "5") as live:
        yield live
