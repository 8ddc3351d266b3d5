"""Writes the generated pages: ``.venv/bin/python -m scripts.make_docs``."""

from pathlib import Path

from zsgraph.documentation import queries_page
from zsgraph.queries import load_queries

PROJECT = Path(__file__).parent.parent


def pages() -> dict[Path, str]:
    """Return the content of each generated page by its path."""
    queries = load_queries(PROJECT / "queries").values()
    return {PROJECT / "docs" / "queries.md": queries_page(queries)}


def main() -> None:
    """Write all generated pages."""
    for path, content in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
