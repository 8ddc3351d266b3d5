"""Other tools, used as their guides show: ``python benchmarks/peers.py TASK FOLDER``.

Runs by the Python of a peer's own environment, so nothing of the project is imported and each tool
is imported where it is used.  The folder holds what :mod:`benchmarks.inputs` wrote.  Prints what
:mod:`benchmarks.tasks` prints; parsing of the input counts, start-up does not.
"""

import csv
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PREFIXES = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""


def morph_kgc(folder: Path) -> int:
    """Rows to triples by RML; no cell is checked, and lists stay whole, as RML has no split."""
    import morph_kgc

    tables = json.loads((folder / "mapping.json").read_text(encoding="utf-8"))
    maps = "".join(_triples_map(name, table) for name, table in tables.items())
    mapping = folder / "mapping.rml.ttl"
    mapping.write_text(_PREFIXES + maps, encoding="utf-8")
    config = f"[CONFIGURATION]\nlogging_level: ERROR\n[records]\nmappings: {mapping.resolve()}\n"
    return len(morph_kgc.materialize_set(config))


def _triples_map(name: str, table: dict) -> str:
    with Path(table["file"]).open(encoding="utf-8-sig") as stream:
        headings = next(csv.reader(stream))
    values = "; ".join(
        f'rr:predicateObjectMap [ rr:predicate <{path}>; rr:objectMap [ rml:reference "{column}" ]]'
        for column, path in table["columns"].items()
        if column in headings
    )
    return (
        f'<urn:{name}> rml:logicalSource [ rml:source "{table["file"]}"; '
        f"rml:referenceFormulation ql:CSV ]; "
        f'rr:subjectMap [ rr:template "{table["subject"]}{{id}}"; rr:class <{table["target"]}> ]; '
        f"{values} .\n"
    )


def reasonable(folder: Path) -> int:
    """OWL 2 RL by reasonable, the engine that brickschema prefers; incomplete (no chains, keys)."""
    import reasonable as engine

    reasoner = engine.PyReasoner()
    reasoner.load_file(str(folder / "asserted.ttl"))
    return len(reasoner.reason())


def rudof(folder: Path) -> int:
    """SHACL by rudof; counts what the report holds."""
    import pyrudof

    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_data(str(folder / "stated.nt"), pyrudof.RDFFormat.NTriples)
    engine.read_shacl(str(folder / "shapes.nt"), pyrudof.ShaclFormat.NTriples)
    return len(engine.validate_shacl())


TASKS: dict[str, Callable[[Path], int]] = {
    "morph-kgc": morph_kgc,
    "reasonable": reasonable,
    "pyrudof": rudof,
}


def _cpu() -> float:
    """Return the CPU seconds of this process and of those that it waited for."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    """Do one task and print its measurements."""
    name, folder = sys.argv[1:]
    wall, cpu = time.perf_counter(), _cpu()
    count = TASKS[name](Path(folder))
    told = {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu, "count": count, "digest": ""}
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps(told))


if __name__ == "__main__":
    main()
