"""JSON-LD with a context of its own: a list of things that programs read as plain JSON.

A line is a thing.  Its statements in the chosen graphs are merged.  The context lies next to the
file and is named by a relative address, so that the file can be read without a network.
"""

import json
import re
from collections import defaultdict
from functools import cache
from typing import Any, Final

from zsgraph.export.context import FILE, NAMES, REFERENCE, TAGGED, Context, kind_of, make_context
from zsgraph.export.extract import Extract, by_subject, canonical_hash, read_triples
from zsgraph.export.folder import Staging
from zsgraph.export.registry import FORMATS
from zsgraph.namespaces import XSD
from zsgraph.terms import RDF_TYPE, Term, Triple, iri_value, literal_parts

_RELATIVE: Final = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w-][\w.-]*)*\Z", re.ASCII)
_SAFE: Final = 2**53 - 1  # the largest whole number that every JSON reader keeps
_INTEGERS: Final = {XSD + "integer"}


def write(extract: Extract, stage: Staging, stem: str) -> None:
    """Write the statements as JSON-LD, and its context next to it."""
    form = FORMATS["jsonld"]
    context = make_context(extract.knowledge, extract.schema)
    path, count = extract.triples()
    digest = canonical_hash(path)
    name = f"{stem}.{form.ending}"
    if not (stage.folder / FILE).exists():
        with stage.create(FILE, form.media_type, compressed=False) as target:
            target.write(_dump(context.document(), indent=1) + b"\n")
    writer = _NodeWriter(context)
    with stage.create(name, form.media_type, statements=count, rdfc10=digest) as target:
        head = _dump([FILE, {"@base": context.base}] if context.base else FILE)
        target.write(b'{"@context": ' + head + b',\n "@graph": [')
        between = b"\n"
        for subject, triples in by_subject(read_triples(path)):
            target.write(between + _dump(writer.node(subject, triples)))
            between = b",\n"
        target.write(b"\n]}\n")


def _dump(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


class _NodeWriter:
    """Turns the statements about a thing into a JSON object."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._id = cache(self._short)
        self._names = {key for iri in NAMES for key in context.keys.get(iri, {}).values()}

    def node(self, subject: Term, triples: list[Triple]) -> dict[str, Any]:
        """Return the object of a thing."""
        found: dict[str, Any] = {"id": self._id(iri_value(subject))}
        types = [iri_value(obj) for _, predicate, obj in triples if predicate == RDF_TYPE]
        if types:
            named = self._context.classes
            found["type"] = sorted(named.get(iri) or self._context.compact(iri) for iri in types)
        texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        values: dict[str, list[Any]] = defaultdict(list)
        several: dict[str, bool] = {}
        for _, predicate, obj in triples:
            if predicate == RDF_TYPE:
                continue
            iri, kind = iri_value(predicate), kind_of(obj)
            key = self._context.keys.get(iri, {}).get(kind)
            several[key or self._context.compact(iri)] = iri in self._context.several
            if key is None:
                values[self._context.compact(iri)].append(self._explicit(obj, kind))
            elif kind == TAGGED:
                text, _, language = literal_parts(obj)
                texts[key][language].append(text)
            else:
                values[key].append(self._plain(obj, kind))
        for key in sorted(texts.keys() | values.keys(), key=self._place):
            found[key] = (
                {language: _one(several[key], members) for language, members in texts[key].items()}
                if key in texts
                else _one(several[key], values[key])
            )
        return found

    def _place(self, key: str) -> tuple[bool, str]:
        """Return what keys are sorted by: names first."""
        return key not in self._names, key

    def _plain(self, term: Term, kind: str) -> Any:
        if kind == REFERENCE:
            return self._id(iri_value(term))
        text = literal_parts(term)[0]
        if kind == XSD + "boolean" and text in ("true", "false"):
            return text == "true"
        if kind in _INTEGERS and re.fullmatch(r"0|-?[1-9][0-9]{0,15}", text):
            number = int(text)
            return number if abs(number) <= _SAFE else text
        return text

    def _explicit(self, term: Term, kind: str) -> dict[str, str]:
        if kind == REFERENCE:
            return {"id": self._id(iri_value(term))}
        text, datatype, language = literal_parts(term)
        if language:
            return {"@value": text, "@language": language}
        return {"@value": text} | ({"@type": self._context.compact(datatype)} if datatype else {})

    def _short(self, iri: str) -> str:
        base = self._context.base
        local = iri.removeprefix(base) if base else iri
        return local if local != iri and _RELATIVE.match(local) else self._context.compact(iri)


def _one(several: bool, values: list[Any]) -> Any:
    return values if several or len(values) > 1 else values[0]
