"""Draws the stored pictures of charts anew: ``.venv/bin/python -m tests.update_charts [NAME…]``.

Look at each picture that changed before committing it.
"""

import sys

from tests.charts.pictures import FOLDER, SCALE, differ, drawn, reference_path, small
from tests.conftest import PROJECT
from tests.update_golden import LANGUAGES
from zsgraph.build import build
from zsgraph.knowledge import locate
from zsgraph.queries import load_queries
from zsgraph.store import home_of, open_graph


def main() -> None:
    """Draw the charts of all queries, or of those named; pictures alike stay as they are."""
    knowledge = locate(PROJECT)
    home = home_of(knowledge)
    build(knowledge, home)
    graph = open_graph(home)
    FOLDER.mkdir(exist_ok=True)
    for name, query in load_queries(knowledge.queries).items():
        for language in LANGUAGES if name in sys.argv[1:] or not sys.argv[1:] else ():
            picture = small(drawn(graph, query, language).to_png(SCALE))
            path = reference_path(name, language)
            if not path.exists() or differ(picture, path.read_bytes()):
                path.write_bytes(picture)
                print(path.relative_to(PROJECT))


if __name__ == "__main__":
    main()
