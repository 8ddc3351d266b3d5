"""What the tests of pick-lists and authority tables read, and what they ask of it."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import PROJECT
from zsgraph.namespaces import SCHEME

SCHEMES = sorted((PROJECT / "ontology" / "schemes").glob("*.ttl"))
HAN = re.compile("[\u4e00-\u9fff]")

Row = dict[str, str]
Properties = dict[str, list[ox.NamedNode | ox.Literal]]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """Return the rows of a record table."""
    with (PROJECT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def concepts(path: Path) -> dict[str, Properties]:
    """Return what a scheme file states: subject, predicate, objects."""
    stated: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        stated[quad.subject.value][quad.predicate.value].append(quad.object)
    return stated


def members(path: Path) -> dict[str, Properties]:
    """Return the concepts of a scheme file, without the scheme itself."""
    return {iri: said for iri, said in concepts(path).items() if iri != SCHEME + path.stem}


def values(said: Properties, predicate: str) -> list[str]:
    return [node.value for node in said.get(predicate, ())]


def texts(said: Properties, predicate: str) -> list[tuple[str, str]]:
    """Return the literals of a property as sorted pairs of language and text."""
    found = (node for node in said.get(predicate, ()) if isinstance(node, ox.Literal))
    return sorted((node.language or "", node.value) for node in found)


@cache
def all_concepts() -> dict[str, Properties]:
    return {iri: said for path in SCHEMES for iri, said in members(path).items()}


def split(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def by_id(table: str) -> dict[str, Row]:
    return {row["id"]: row for row in rows(table)}


def circles(parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the members that lie below themselves."""

    def above(start: str) -> set[str]:
        found: set[str] = set()
        pending = list(parents.get(start, ()))
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(parents.get(name, ()))
        return found

    return [name for name in parents if name in above(name)]


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that occur more than once, whatever their case."""
    return [name for name, count in Counter(n.casefold() for n in names).items() if count > 1]
