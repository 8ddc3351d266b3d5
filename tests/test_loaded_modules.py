"""What a command loads: nothing that it does not use, so that it starts at once."""

import os
import subprocess
import sys

import pytest

from zsgraph.store import Graph

#: Runs a command and prints the top-level packages that it loaded.
PROGRAM = """
import sys
from zsgraph.cli import main
sys.argv = ["zsgraph", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("LOADED", *{name.partition(".")[0] for name in sys.modules})
"""
ENGINES = {"rdflib", "owlrl", "pyshacl", "shifty", "oxrdflib", "SPARQLWrapper"}
#: What takes long to load; pyoxigraph is not among it, it takes a millisecond.
HEAVY = {
    *ENGINES, "yaml", "starlette", "uvicorn", "jinja2", "openpyxl", "pandas", "polars", "pyarrow",
    "numpy", "lxml", "rich", "asyncio", "ssl", "multiprocessing", "concurrent", "sqlite3",
}  # fmt: skip
#: What each command may load of these.
ALLOWED: dict[tuple[str, ...], set[str]] = {
    ("--help",): set(),
    ("--version",): set(),
    ("build", "--help"): set(),
    ("query", "--help"): {"yaml"},
    ("validate", "--help"): set(),
    ("serve", "--help"): set(),
    ("export", "--help"): set(),
    ("show", "--help"): set(),
    ("find", "--help"): set(),
    ("query",): {"yaml"},
    ("query", "q5-operating-models"): {"yaml"},
    ("find", "中试"): {"sqlite3"},
}


@pytest.mark.parametrize("arguments", ALLOWED, ids=" ".join)
def test_only_what_is_used_is_loaded(arguments: tuple[str, ...], graph: Graph) -> None:
    assert graph.folder
    environment = {**os.environ, "ZSGRAPH_HOME": str(graph.folder.parent)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, env=environment
    )
    last = ran.stdout.splitlines()[-1].split()
    assert last[0] == "LOADED", ran.stderr
    assert HEAVY.intersection(last) - ALLOWED[arguments] == set()
