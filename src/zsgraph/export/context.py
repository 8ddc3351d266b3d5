"""The JSON-LD context, generated from the ontology and the shapes, so that plain JSON reads well.

A property has one key, its local name; where its values have several datatypes, each further one
has a key of its own (``established``, ``established_year``), so that every value is a plain text,
number or yes and no.  Texts in several languages are an object by language.

Standard: JSON-LD 1.1, https://www.w3.org/TR/json-ld11/
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from os.path import commonprefix
from typing import Any, Final

from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import BASE, OWL, PREFIXES, RDF, RDFS, SKOS, XSD
from zsgraph.ontology import load_ontology, load_schemes
from zsgraph.schema import Column, Schema
from zsgraph.terms import RDF_TYPE, Triple, iri_value, is_literal, literal_parts
from zsgraph.turtle import read_folder

#: File name of the context, and its stable IRI.
FILE: Final = "context.jsonld"
CONTEXT_IRI: Final = BASE + FILE

#: Properties that name a thing.
NAMES: Final = (SKOS + "prefLabel", RDFS + "label")
#: The kinds of value that are no datatype.
REFERENCE: Final = "@id"
TAGGED: Final = "@language"
_RESERVED: Final = {"id": "@id", "type": "@type"}
_NAME: Final = re.compile(r"[A-Za-z][\w-]*\Z")


@dataclass(slots=True)
class Context:
    """What each property and class is called in JSON.

    Attributes
    ----------
    base
        What the IRIs of all records start with; the rest is their ``id``.
    prefixes
        Short names of namespaces.
    keys
        For a property IRI and a kind of value the key.
    several
        Properties of which a thing may have several values: their value is always an array.
    classes
        For a class IRI its name.
    """

    base: str
    prefixes: dict[str, str]
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    classes: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the JSON-LD document of the context."""
        terms: dict[str, Any] = {"@version": 1.1, **_RESERVED, **self.prefixes}
        entries = {name: cls for cls, name in self.classes.items()}
        terms_of_properties: dict[str, Any] = {}
        for iri, keys in self.keys.items():
            for kind, key in keys.items():
                terms_of_properties[key] = self._definition(iri, kind)
        both = {**{name: self.compact(iri) for name, iri in entries.items()}, **terms_of_properties}
        return {"@context": terms | {name: both[name] for name in sorted(both)}}

    def _definition(self, iri: str, kind: str) -> str | dict[str, Any]:
        containers = ["@language"] if kind == TAGGED else []
        containers += ["@set"] if iri in self.several else []
        definition: dict[str, Any] = {"@id": self.compact(iri)}
        if kind not in (TAGGED, XSD + "string"):
            definition["@type"] = kind if kind == REFERENCE else self.compact(kind)
        if containers:
            definition["@container"] = containers if len(containers) > 1 else containers[0]
        return definition["@id"] if len(definition) == 1 else definition

    def compact(self, iri: str) -> str:
        """Return an IRI as ``prefix:local`` where its namespace is known."""
        best = ""
        for prefix, base in self.prefixes.items():
            if iri.startswith(base) and len(base) > len(self.prefixes.get(best, "")):
                best = prefix
        local = iri[len(self.prefixes[best]) :] if best else ""
        return f"{best}:{local}" if best and not local.startswith("//") else iri


def make_context(knowledge: Knowledge, schema: Schema) -> Context:
    """Make the context from the ontology, the schemes, the description and the shapes.

    Raises
    ------
    KnowledgeError
        If a file of the ontology cannot be used.
    """
    triples = [
        *load_ontology(knowledge.ontology),
        *load_schemes(knowledge.ontology),
        *read_folder(knowledge.data),
    ]
    bases = [table.base for table in schema.tables.values()]
    own = {name: base for name, base in PREFIXES.items() if name not in ("id", "graph", "type")}
    context = Context(common_base(bases), own)
    columns = [column for table in schema.tables.values() for column in table.all_columns]
    kinds = _kinds(columns, triples)
    declared = [iri for iri in kinds if _is_own(iri, context)]
    taken = {*_RESERVED, *own}
    for iri in [*declared, *sorted(kinds.keys() - set(declared))]:
        context.keys[iri] = dict(_keys(_free_name(iri, context, taken), kinds[iri], taken))
    context.several = kinds.keys() - {column.path for column in columns}
    context.several |= {column.path for column in columns if column.multiple}
    for iri in sorted(_classes(triples), key=lambda iri: (not _is_own(iri, context), iri)):
        name = _free_name(iri, context, taken)
        taken.add(name)
        context.classes[iri] = name
    return context


def common_base(iris: Iterable[str]) -> str:
    """Return what all IRIs start with, up to a slash or a number sign; empty without one."""
    prefix = commonprefix(list(iris))  # noqa: RUF071  characters are meant, not folders
    base = prefix[: max(prefix.rfind("/"), prefix.rfind("#")) + 1]
    return base if base.count("/") > 2 else ""  # more than http://


def _is_own(iri: str, context: Context) -> bool:
    """Tell whether a term is of the project's own, and not of a vocabulary that many share."""
    shared = next((b for p, b in context.prefixes.items() if p != "zs" and iri.startswith(b)), "")
    return not shared and not iri.startswith("http://")


def _kinds(columns: list[Column], triples: list[Triple]) -> dict[str, list[str]]:
    """Return for each property the kinds of its values, those of the columns first."""
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for column in columns:
        kinds[column.path].update(dict.fromkeys(_kinds_of(column)))
    seen: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, obj in triples:
        if predicate == RDF_TYPE and obj == f"<{OWL}ObjectProperty>":
            seen[iri_value(subject)].add(REFERENCE)
        if predicate == f"<{RDFS}range>" and iri_value(obj).startswith(XSD):
            seen[iri_value(subject)].add(iri_value(obj))
        if predicate != RDF_TYPE:
            seen[iri_value(predicate)].add(kind_of(obj))
    for iri in sorted(seen):
        kinds[iri].update(dict.fromkeys(sorted(seen[iri])))
    return {iri: list(found) for iri, found in kinds.items()}


def _kinds_of(column: Column) -> list[str]:
    if column.language:
        return [TAGGED]
    return list(column.datatypes) or [REFERENCE]


def kind_of(term: str) -> str:
    """Return the kind of a value: a reference, a text with a language, or its datatype's IRI."""
    if not is_literal(term):
        return REFERENCE
    _, datatype, language = literal_parts(term)
    return TAGGED if language else datatype or XSD + "string"


def _classes(triples: list[Triple]) -> set[str]:
    """Return the IRIs of the declared classes and of all types that are stated."""
    stated = {iri_value(obj) for _, predicate, obj in triples if predicate == RDF_TYPE}
    declared = {
        iri_value(subject)
        for subject, predicate, obj in triples
        if predicate == RDF_TYPE and obj == f"<{OWL}Class>"
    }
    return {iri for iri in stated | declared if "/.well-known/genid/" not in iri}


def _free_name(iri: str, context: Context, taken: set[str]) -> str:
    local = re.split(r"[/#]", iri)[-1]
    if not _NAME.match(local):
        return context.compact(iri)
    prefix = context.compact(iri).partition(":")[0]
    for name in (local, f"{prefix}_{local}"):
        if name not in taken and _NAME.match(name):
            return name
    return context.compact(iri)


def _keys(name: str, kinds: list[str], taken: set[str]) -> Iterator[tuple[str, str]]:
    for place, kind in enumerate(kinds):
        key = name if place == 0 else f"{name}_{_ending(kind)}"
        if key not in taken:
            taken.add(key)
            yield kind, key


def _ending(kind: str) -> str:
    if kind.startswith("@"):
        return {REFERENCE: "ref", TAGGED: "text"}[kind]
    local = re.split(r"[/#]", kind.removeprefix(RDF))[-1]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", re.sub(r"^g(?=[A-Z])", "", local))
    return words.lower()
