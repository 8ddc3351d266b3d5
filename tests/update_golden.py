"""Writes the golden answers anew: ``.venv/bin/python -m tests.update_golden``.

Look at the difference before committing it: a changed answer is a changed promise.
"""

from pathlib import Path

from tests.conftest import GOLDEN, PROJECT
from zsgraph.answers import Answer, answer
from zsgraph.build import build
from zsgraph.formats import to_csv
from zsgraph.knowledge import locate
from zsgraph.queries import NamedQuery, load_queries
from zsgraph.store import Graph, home_of, open_graph

LANGUAGES = ("zh", "en")


def example_values(query: NamedQuery) -> dict[str, str]:
    """Return the example of each parameter."""
    return {parameter.name: parameter.example for parameter in query.parameters}


def golden_path(name: str, language: str) -> Path:
    """Return the file of the golden answer of a query."""
    return GOLDEN / "answers" / f"{name}.{language}.csv"


def asked(graph: Graph, query: NamedQuery, language: str) -> Answer:
    """Return the answer of a query without parameters."""
    return answer(graph, query, language=language)


def main() -> None:
    """Write all golden answers."""
    knowledge = locate(PROJECT)
    home = home_of(knowledge)
    build(knowledge, home)
    graph = open_graph(home)
    (GOLDEN / "answers").mkdir(exist_ok=True)
    for name, query in load_queries(knowledge.queries).items():
        for language in LANGUAGES:
            text = to_csv(asked(graph, query, language))
            golden_path(name, language).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
