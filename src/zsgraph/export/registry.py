"""The formats of an export, and which module writes each; the modules are imported when used."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from zsgraph.errors import UsageError
from zsgraph.findings import Message

if TYPE_CHECKING:
    from zsgraph.export.extract import Extract
    from zsgraph.export.folder import Staging

#: Writes the statements of an extract into a staging folder under a stem.
Writer = Callable[["Extract", "Staging", str], None]
DEFAULT: Final = "nquads"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that the graph can be written in.

    Attributes
    ----------
    name
        What it is called on the command line; also the module that writes it.
    ending
        File ending, without a compression's.
    media_type
        IANA media type.
    about
        What it is, in both languages.
    standard
        Address of its specification.
    needs
        A module that writing it needs; installed with the extra of the format's name.
    """

    name: str
    ending: str
    media_type: str
    about: Message
    standard: str
    needs: str = ""

    def check_installed(self) -> None:
        """See to it that the format can be written.

        Raises
        ------
        UsageError
            If what it needs is not installed.
        """
        if self.needs and not find_spec(self.needs):
            raise UsageError(
                f"{self.ending} 格式需要附加组件：pip install 'zsgraph[{self.name}]'。",
                f"The format {self.ending} needs an extra: pip install 'zsgraph[{self.name}]'.",
            )

    def writer(self) -> Writer:
        """Return the function that writes the format."""
        write: Writer = import_module(f"zsgraph.export.{self.name}").write
        return write


FORMATS: Final = {
    form.name: form
    for form in (
        Format(
            "nquads",
            "nq",
            "application/n-quads",
            Message("N-Quads，规范形式，含命名图", "N-Quads, canonical, with named graphs"),
            "https://www.w3.org/TR/n-quads/",
        ),
        Format(
            "trig",
            "trig",
            "application/trig",
            Message("TriG，可读，含命名图", "TriG, readable, with named graphs"),
            "https://www.w3.org/TR/trig/",
        ),
        Format(
            "turtle",
            "ttl",
            "text/turtle",
            Message("Turtle，可读，各图合一", "Turtle, readable, the graphs merged"),
            "https://www.w3.org/TR/turtle/",
        ),
        Format(
            "ntriples",
            "nt",
            "application/n-triples",
            Message("N-Triples，规范形式，各图合一", "N-Triples, canonical, the graphs merged"),
            "https://www.w3.org/TR/n-triples/",
        ),
        Format(
            "rdfxml",
            "rdf",
            "application/rdf+xml",
            Message("RDF/XML，各图合一", "RDF/XML, the graphs merged"),
            "https://www.w3.org/TR/rdf-syntax-grammar/",
        ),
        Format(
            "jsonld",
            "jsonld",
            "application/ld+json",
            Message("JSON-LD，当普通 JSON 读", "JSON-LD, reads as plain JSON"),
            "https://www.w3.org/TR/json-ld11/",
        ),
        Format(
            "csv",
            "csv",
            "text/csv",
            Message("CSV 表和 CSVW 元数据", "CSV tables with CSVW metadata"),
            "https://www.w3.org/TR/tabular-data-model/",
        ),
        Format(
            "sqlite",
            "sqlite",
            "application/vnd.sqlite3",
            Message("一个 SQLite 数据库", "one SQLite database"),
            "https://www.sqlite.org/fileformat.html",
        ),
        Format(
            "parquet",
            "parquet",
            "application/vnd.apache.parquet",
            Message("Parquet 表", "Parquet tables"),
            "https://parquet.apache.org/docs/file-format/",
            "pyarrow",
        ),
    )
}


def find_format(name: str) -> Format:
    """Return the format of that name.

    Raises
    ------
    UsageError
        If there is none; the message offers the nearest.
    """
    found = FORMATS.get(name)
    if found is None:
        near = get_close_matches(name, FORMATS, 1, 0.5)
        zh = f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(FORMATS)}。"
        en = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(FORMATS)}."
        raise UsageError(f"没有“{name}”这种格式。{zh}", f"There is no format “{name}”. {en}")
    return found
