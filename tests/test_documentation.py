"""The generated pages are what the knowledge makes of them now."""

import pytest
from scripts.make_docs import pages

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_is_up_to_date(path) -> None:  # type: ignore[no-untyped-def]
    assert path.read_text(encoding="utf-8") == PAGES[path], "run python -m scripts.make_docs"
