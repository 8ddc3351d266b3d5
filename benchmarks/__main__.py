"""``make bench``: measures, prints Markdown tables and keeps them in ``RESULTS.md``."""

import argparse
import os
import platform
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import change, exports, queries, scale, serve, stages, startup, validation

PACKAGES: Final = ("zsgraph", "pyoxigraph", "pyshifty", "rdflib", "owlrl", "pyshacl")
RESULTS: Final = Path(__file__).with_name("RESULTS.md")
_SECTION: Final = re.compile(r"^## (.*?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Run the benchmarks that are asked for, in one go: ratios are of one machine and one hour."""
    arguments = _arguments()
    sections = _sections(arguments.sizes, arguments.seconds)
    kept = dict(_SECTION.findall(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else {}
    for name in arguments.sections or sections:
        title, report = sections[name]
        kept[title] = "\n" + "\n".join(report()) + "\n\n"
        print(f"## {title}\n{kept[title]}")
    titles = [title for title, _ in sections.values()]
    ordered = sorted(kept, key=lambda title: titles.index(title) if title in titles else len(kept))
    body = "".join(f"## {title}\n{kept[title]}" for title in ordered)
    RESULTS.write_text(f"{_head()}\n{body.rstrip()}\n", encoding="utf-8")


def _sections(sizes: list[int], seconds: int) -> dict[str, tuple[str, Callable[[], list[str]]]]:
    return {
        "startup": ("Start-up", startup.report),
        "scale": ("Stages by size", lambda: scale.report(sizes, seconds)),
        "stages": ("Stages of the build, shipped records", stages.report),
        "queries": ("Named queries", lambda: queries.report(_largest(sizes))),
        "serve": ("The server under load, shipped graph", serve.report),
        "exports": ("Exports, shipped graph", exports.report),
        "change": ("What follows, after a change", change.report),
        "validation": ("Validation of new rows", validation.report),
    }


def _largest(sizes: list[int]) -> int:
    """Return the size at which queries are compared: the largest that rdflib can hold."""
    return max((size for size in sizes if size <= 10), default=1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="; ".join(_sections([], 0)))
    parser.add_argument(
        "--sizes",
        type=lambda text: sorted(map(int, re.split(r"[ ,]+", text.strip()))),
        default=[1, 10],
        help="how many times the shipped records, such as 1,10,100",
    )
    parser.add_argument(
        "--seconds", type=int, default=600, help="a task that takes longer is a time-out"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.sections) - _sections([], 0).keys():
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return arguments


def _head() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Benchmarks

Made by `make bench` (`make bench SIZES=1,10,100` for other sizes, `SECTIONS="scale queries"` for
some). Absolute times mean little on a shared machine; ratios do. A section stays as it was until
it is measured again.

Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores; {versions}.
"""


if __name__ == "__main__":
    main()
