"""What peers are given: the triples that we make of the records, in files that any tool reads.

As N-Triples (which are Turtle too) what is asserted, for reasoners, what the shapes speak of, for
validators, and the shapes; as N-Quads the finished graph, for stores; and the columns of each table
with their properties, for converters.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from zsgraph.build import Silence
from zsgraph.knowledge import Knowledge
from zsgraph.pipeline import run
from zsgraph.reasoning.closure import close
from zsgraph.schema import Schema
from zsgraph.terms import RDF_TYPE, Triple
from zsgraph.turtle import read_folder

ASSERTED: Final = "asserted.ttl"
STATED: Final = "stated.nt"
SHAPES: Final = "shapes.nt"
WHOLE: Final = "whole.nq"
MAPPING: Final = "mapping.json"


def write_inputs(knowledge: Knowledge, folder: Path) -> None:
    """Write all files into a folder, which is made.

    Raises
    ------
    RuntimeError
        If there are errors in the records.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graphs = run(knowledge, close, lambda shapes, data: (), Silence())
    if graphs.failed():
        raise RuntimeError(f"the records are faulty: {graphs.findings[:3]}")
    asserted = dict.fromkeys(t for triples in graphs.asserted.values() for t in triples)
    classes = (t for t in graphs.inferred if t[1] == RDF_TYPE)
    _n_triples(folder / ASSERTED, asserted)
    _n_triples(folder / STATED, [*asserted, *classes])
    _n_triples(folder / SHAPES, read_folder(knowledge.shapes))
    with (folder / WHOLE).open("w", encoding="utf-8") as stream:
        for name, triples in graphs.named():
            stream.writelines(f"{s} {p} {o} <{name}> .\n" for s, p, o in triples)
    mapping = json.dumps(_mapping(graphs.schema, knowledge.data), ensure_ascii=False)
    (folder / MAPPING).write_text(mapping, encoding="utf-8")


def _n_triples(path: Path, triples: Iterable[Triple]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{s} {p} {o} .\n" for s, p, o in triples)


def _mapping(schema: Schema, records: Path) -> dict[str, Any]:
    """Return per table what a user of another converter would write down by hand."""
    return {
        table.name: {
            "file": str((records / f"{table.name}.csv").resolve()),
            "target": table.target,
            "subject": table.base,
            "columns": {column.name: column.path for column in table.columns},
        }
        for table in schema.tables.values()
    }
