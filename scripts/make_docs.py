"""Writes the generated pages: ``.venv/bin/python -m scripts.make_docs``."""

from pathlib import Path

from scripts.api_page import api_page
from zsgraph.data_dictionary import dictionary_page
from zsgraph.documentation import queries_page
from zsgraph.knowledge import locate
from zsgraph.options import Catalogue
from zsgraph.queries import load_queries
from zsgraph.schema import load_schema

PROJECT = Path(__file__).parent.parent


def pages() -> dict[Path, str]:
    """Return the content of each generated page by its path."""
    knowledge = locate(PROJECT)
    schema = load_schema(knowledge.shapes)
    return {
        PROJECT / "docs" / "api.md": api_page(),
        PROJECT / "docs" / "queries.md": queries_page(load_queries(knowledge.queries).values()),
        knowledge.data / "README.md": dictionary_page(schema, Catalogue(knowledge, schema)),
    }


def main() -> None:
    """Write all generated pages."""
    for path, content in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
