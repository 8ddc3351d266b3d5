"""The files of the checkout that carry the version, written anew for a release.

Only the version is replaced; comments and layout stay.  What an ontology said before and after is
compared, so that nothing else can change.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from zsgraph import changelog, citation
from zsgraph.description.written import FILE as DESCRIPTION
from zsgraph.errors import KnowledgeError
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import OWL
from zsgraph.terms import Triple, literal
from zsgraph.turtle import parse_turtle

_HEADER: Final = tuple(f"<{OWL}{name}>" for name in ("versionInfo", "versionIRI", "priorVersion"))
_INFO: Final = re.compile(r'(owl:versionInfo\s+")([^"]+)(")')
_IRI: Final = re.compile(r"(owl:versionIRI\s+<)([^>]+)(>)")
_PRIOR: Final = re.compile(r"\s*owl:priorVersion\s+<[^>]+>\s*;")
_DATASET: Final = re.compile(r'(dcat:version\s+")([^"]+)(")')
_PROJECT: Final = "pyproject.toml"
_PROJECT_LINE: Final = re.compile(r'^(version = ")([^"]+)(")$', re.M)
_CITATION_LINE: Final = re.compile(r"^(version: )(\S+)()$", re.M)
_DATE_LINE: Final = re.compile(r"^(date-released: )(\S+)()$", re.M)


def carried(root: Path, version: str) -> str:
    """Return the date of a release if the checkout carries its version already, else nothing."""
    found = changelog.section((root / changelog.FILE).read_text(encoding="utf-8"), version)
    return found.date if found else ""


def for_release(knowledge: Knowledge, version: str, date: str) -> dict[str, bytes]:
    """Return the new content of the files that change, by their path below the root.

    Parameters
    ----------
    knowledge
        The checkout.
    version
        The version to write.
    date
        The day of the release, as year-month-day.

    Raises
    ------
    KnowledgeError
        If a file lacks the place of the version.
    """
    root = knowledge.root
    edits: dict[str, Callable[[str, str], str]] = {
        changelog.FILE: lambda text, _: changelog.release_section(text, version, date),
        citation.FILE: lambda text, name: _set(
            _set(text, _CITATION_LINE, version, name), _DATE_LINE, date, name
        ),
        _PROJECT: lambda text, name: _set(text, _PROJECT_LINE, version, name),
        f"{knowledge.data.name}/{DESCRIPTION}": lambda text, name: _set(
            text, _DATASET, version, name
        ),
    }
    for path in sorted(knowledge.ontology.glob("*.ttl")):
        name = f"{knowledge.ontology.name}/{path.name}"
        edits[name] = lambda text, name: ontology_header(text, version, name)
    changed: dict[str, bytes] = {}
    for name, edit in edits.items():
        path = root / name
        if not path.is_file():
            continue
        before = path.read_bytes().decode()
        after = edit(before, name)
        if after != before:
            changed[name] = after.encode()
    return changed


def ontology_header(text: str, version: str, name: str) -> str:
    """Return an ontology with its version set, and the one of before as its prior version.

    Parameters
    ----------
    text
        Turtle; without a version it stays as it is.
    version
        The new version.
    name
        What the file is called.

    Raises
    ------
    KnowledgeError
        If the IRI of the version does not hold the version, or more than the header would change.
    """
    info, iri = _INFO.search(text), _IRI.search(text)
    if info is None or iri is None:
        return text
    if info[2] == version:
        return text
    if info[2] not in iri[2].split("/"):
        raise KnowledgeError(
            f"{name} 的 owl:versionIRI 里没有版本号 {info[2]}。请先改正。",
            f"owl:versionIRI in {name} does not hold the version {info[2]}. Correct it first.",
        )
    new = "/".join(version if part == info[2] else part for part in iri[2].split("/"))
    after = _INFO.sub(rf"\g<1>{version}\g<3>", _PRIOR.sub("", text), count=1)
    prior = f"owl:priorVersion <{iri[2]}> ;\n    "
    after = _IRI.sub(lambda match: f"{prior}{match[1]}{new}{match[3]}", after, count=1)
    _check(text, after, (literal(version), f"<{new}>", f"<{iri[2]}>"), name)
    return after


def _check(before: str, after: str, header: tuple[str, str, str], name: str) -> None:
    old, new = (parse_turtle(text, name) for text in (before, after))
    kept = [triple for triple in old if triple[1] not in _HEADER]
    if kept != [triple for triple in new if triple[1] not in _HEADER] or header != tuple(
        _only(new, predicate) for predicate in _HEADER
    ):
        raise KnowledgeError(
            f"{name} 的版本声明写法不同寻常，没有改动。请手工写明版本。",
            f"The version in {name} is stated in an unusual way and was not changed. Set it by "
            "hand.",
        )


def _only(triples: list[Triple], predicate: str) -> str:
    found = [obj for _, p, obj in triples if p == predicate]
    return found[0] if len(found) == 1 else ""


def _set(text: str, place: "re.Pattern[str]", value: str, name: str) -> str:
    after, count = place.subn(lambda match: f"{match[1]}{value}{match[3]}", text)
    if count != 1:
        raise KnowledgeError(
            f"{name} 里须恰好有一处写明版本或日期，却有 {count} 处。请先改正。",
            f"{name} must state version and date in exactly one place, but has {count}. Correct "
            "it first.",
        )
    return after
