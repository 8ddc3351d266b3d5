"""Fixtures shared by the tests: the shipped knowledge and the graph built from it, once."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from zsgraph.build import Summary, build
from zsgraph.knowledge import Knowledge, locate
from zsgraph.store import Graph, open_graph

# Where a failure stops others, random examples are the same each time; elsewhere they seek on.
settings.register_profile("gate", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("gate")

if TYPE_CHECKING:
    from tests.toys import Library
    from tests.web.live import Live

PROJECT = Path(__file__).parent.parent
SAID = "said"
GOLDEN = PROJECT / "tests" / "golden"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return locate(PROJECT)


@pytest.fixture(scope="session")
def built(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    home = tmp_path_factory.mktemp("home")
    return home, build(knowledge, home)


@pytest.fixture(scope="session")
def graph(built: tuple[Path, Summary]) -> Graph:
    return open_graph(built[0])


@pytest.fixture(scope="session")
def server(built: tuple[Path, Summary]) -> "Iterator[Live]":
    """Serve the shipped graph for all tests that do not disturb the server."""
    from tests.web.live import running

    with running(built[0], "--workers", "2", "--timeout", "5") as live:
        yield live


@pytest.fixture
def library(tmp_path: Path) -> "Library":
    from tests.toys import copy_of_toy

    return copy_of_toy(tmp_path)


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Note a line for the summary of the tests, from whichever process runs them."""
    properties = request.node.user_properties
    return lambda line: properties.append((SAID, line))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> None:
    """Print the lines that tests noted."""
    lines = [
        line
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, line in report.user_properties
        if name == SAID
    ]
    if lines:
        terminalreporter.section("what the tests found")
    for line in lines:
        terminalreporter.write_line(line)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a skipped test fail where everything must run (``CI=true``)."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
