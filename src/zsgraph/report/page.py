"""The page of the report, made by a Jinja template."""

from collections.abc import Iterable

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from zsgraph.queries import FOLDERS
from zsgraph.report.sections import Section, facts, night_rules
from zsgraph.store import Graph


def report_page(graph: Graph, sections: Iterable[Section], language: str) -> str:
    """Return the page of the report.

    Parameters
    ----------
    graph
        The graph that was asked.
    sections
        What is said of each query, in order.
    language
        ``zh`` or ``en``.
    """
    environment = Environment(
        loader=PackageLoader("zsgraph.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = list(sections)
    groups = [[part for part in known if part.query.folder == folder] for folder in FOLDERS]
    return environment.get_template("report.html").render(
        language=language,
        t=lambda zh, en: zh if language == "zh" else en,
        graph=facts(graph),
        questions=groups[0],
        others=groups[1],
        night=night_rules(),
        drawn=lambda part: Markup(part.inline),
    )
