"""``make bench``: measures, prints Markdown tables and keeps them in ``RESULTS.md``."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks import exports, queries, serve, stages, startup, validation

PACKAGES = ("zsgraph", "pyoxigraph", "pyshifty", "rdflib", "owlrl", "pyshacl")


def main() -> None:
    """Run all benchmarks in one go, so that ratios are of one machine and one hour."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    sections = {
        "Start-up": startup.report(),
        "Stages of the build, shipped records": stages.report(),
        "Named queries, shipped graph": queries.report(),
        "The server under load, shipped graph": serve.report(),
        "Exports, shipped graph": exports.report(),
        "Validation of new rows": validation.report(),
    }
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`. Absolute times mean little on a shared machine; ratios do.",
        "",
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores; "
        f"{versions}.",
    ]
    for title, table in sections.items():
        lines += ["", f"## {title}", "", *table]
    text = "\n".join(lines) + "\n"
    print(text)
    Path(__file__).with_name("RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
