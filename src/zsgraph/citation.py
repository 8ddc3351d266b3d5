"""How the graph is cited: BibTeX, GB/T 7714 and RIS, from ``CITATION.cff`` and the graph at hand.

Standards: Citation File Format 1.2.0 (https://citation-file-format.github.io/); GB/T 7714—2015
信息与文献 参考文献著录规则; RIS as reference managers read it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zsgraph.errors import KnowledgeError

FILE: Final = "CITATION.cff"
_BIBTEX_ESCAPES: Final = str.maketrans({char: f"\\{char}" for char in "&%#_$"})


@dataclass(frozen=True, slots=True)
class Author:
    """An author: a person with family and given names, or a body with a name alone."""

    name: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says.

    Attributes
    ----------
    title, authors, version, url, doi
        As ``CITATION.cff`` has them; the version is that of the graph.
    released
        When the version was released.
    built
        When the graph at hand was built, as year-month-day; empty where none is built.
    fingerprint
        Tells the graph at hand from others of the same version.
    accessed
        The day on which it is cited.
    keywords
        Of ``CITATION.cff``.
    """

    title: str
    authors: tuple[Author, ...]
    version: str
    url: str
    doi: str
    released: dt.date
    accessed: dt.date
    built: str = ""
    fingerprint: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """Which graph exactly was used."""
        return f"graph built {self.built}, fingerprint {self.fingerprint}" if self.built else ""


def read_citation(
    root: Path, description: Mapping[str, Any] | None = None, accessed: dt.date | None = None
) -> Citation:
    """Read ``CITATION.cff``.

    Parameters
    ----------
    root
        The folder that holds it.
    description
        What the build told of the graph at hand, if there is one.
    accessed
        The day on which it is cited; by default today.

    Raises
    ------
    KnowledgeError
        If the file is missing or lacks what a citation needs.
    """
    import yaml

    told = description or {}
    try:
        with (root / FILE).open(encoding="utf-8") as stream:
            source = yaml.safe_load(stream)
        released = source["date-released"]
        return Citation(
            title=source["title"],
            authors=tuple(map(_author, source["authors"])),
            version=str(told.get("version") or source["version"]),
            url=source["url"],
            doi=source.get("doi", ""),
            released=released if isinstance(released, dt.date) else dt.date.fromisoformat(released),
            accessed=accessed or dt.date.today(),
            built=str(told.get("built", "")),
            fingerprint=str(told.get("fingerprint", ""))[:12],
            keywords=tuple(source.get("keywords", ())),
        )
    except OSError as error:
        raise KnowledgeError(
            f"读不了 {root / FILE}：{error.strerror}。", f"{root / FILE} cannot be read: {error}."
        ) from None
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise KnowledgeError(
            f"{FILE} 不完整或不是 YAML：{error}。", f"{FILE} is incomplete or no YAML: {error}."
        ) from None


def to_bibtex(citation: Citation) -> str:
    """Return an entry for BibTeX and biblatex, with braces that keep names and capitals."""
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in citation.authors),
        "title": f"{{{_bibtex(citation.title)}}}",
        "version": citation.version,
        "year": f"{citation.released:%Y}",
        "month": f"{citation.released.month}",
        "date": citation.released.isoformat(),
        "doi": citation.doi,
        "url": citation.url,
        "urldate": citation.accessed.isoformat(),
        "note": _bibtex(citation.note),
    }
    lines = [f"  {name:<7} = {{{value}}}," for name, value in fields.items() if value]
    key = f"zsgraph-{citation.version}"
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def to_gbt7714(citation: Citation) -> str:
    """Return a reference by GB/T 7714—2015, of the kind of a data set on the net (DS/OL)."""
    authors = ", ".join(" ".join(filter(None, (a.name, a.given))) for a in citation.authors)
    place = f"{citation.url}." + (f" DOI:{citation.doi}." if citation.doi else "")
    return (
        f"{authors}. {citation.title}: V{citation.version}[DS/OL]. "
        f"({citation.released})[{citation.accessed}]. {place}\n"
    )


def to_ris(citation: Citation) -> str:
    """Return a record for reference managers."""
    pairs = [
        ("TY", "DATA"),
        *(("AU", ", ".join(filter(None, (a.name, a.given)))) for a in citation.authors),
        ("TI", citation.title),
        ("ET", citation.version),
        ("PY", f"{citation.released:%Y}"),
        ("DA", f"{citation.released:%Y/%m/%d}"),
        ("DO", citation.doi),
        ("UR", citation.url),
        ("Y2", f"{citation.accessed:%Y/%m/%d}"),
        ("N1", citation.note),
        *(("KW", keyword) for keyword in citation.keywords),
    ]
    lines = [f"{tag}  - {value}" for tag, value in pairs if value]
    return "\n".join([*lines, "ER  - "]) + "\n"


STYLES: Final[dict[str, Callable[[Citation], str]]] = {
    "bibtex": to_bibtex,
    "gbt7714": to_gbt7714,
    "ris": to_ris,
}


def _author(entry: Mapping[str, str]) -> Author:
    if "name" in entry:
        return Author(entry["name"])
    return Author(entry["family-names"], entry.get("given-names", ""))


def _bibtex_name(author: Author) -> str:
    if author.given:
        return f"{_bibtex(author.name)}, {_bibtex(author.given)}"
    return f"{{{_bibtex(author.name)}}}"


def _bibtex(text: str) -> str:
    return text.translate(_BIBTEX_ESCAPES)
