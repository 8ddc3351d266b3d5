"""A copy of the library of books, a domain of its own, that a test may damage."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from zsgraph.convert import converter
from zsgraph.findings import Finding
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.records import Record, index_tables, read_table
from zsgraph.resolve import Resolver
from zsgraph.schema import Schema, load_schema
from zsgraph.terms import Triple

TOY = Path(__file__).parent / "toy"
LIB = "https://example.org/library#"
SHAPE = "https://example.org/shape#"
ID = "https://example.org/id/"
GENRE = "https://example.org/scheme/genre/"

#: The cells of a sound row of each table.
SOUND = {
    "books": {
        "id": "nf-1984",
        "title": "Nineteen Eighty-Four",
        "genres": "novel",
        "published": "1949-06-08",
        "in_print": "yes",
    },
    "contributions": {"id": "con-9", "book": "fc-1", "role": "writtenBy", "author": "aut-qian"},
    "remarks": {"id": "rem-9", "about": "af-2", "text": "Short."},
    "authors": {"id": "aut-new", "name": "A New Author"},
}


@dataclass(frozen=True)
class Library:
    """Shapes, ontology and records in a folder of the test's own."""

    root: Path

    @classmethod
    def copy_to(cls, folder: Path) -> "Library":
        shutil.copytree(TOY, folder / "library")
        return cls(folder / "library")

    @property
    def data(self) -> Path:
        return self.root / "data"

    def schema(self) -> Schema:
        return load_schema(self.root / "shapes")

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, table: str, content: str | bytes) -> None:
        """Replace the file of a table."""
        data = content if isinstance(content, bytes) else content.encode()
        (self.data / f"{table}.csv").write_bytes(data)

    def write_row(self, table: str, **cells: str) -> None:
        """Replace the file of a table by a header and one row, sound but for the given cells."""
        row = SOUND[table] | cells
        quoted = ['"' + cell.replace('"', '""') + '"' for cell in row.values()]
        self.write(table, f"{','.join(row)}\n{','.join(quoted)}\n")

    def empty(self, *tables: str) -> None:
        """Leave nothing but the header in the files of these tables."""
        for table in tables:
            header, _, _ = (self.data / f"{table}.csv").read_text(encoding="utf-8").partition("\n")
            self.write(table, header + "\n")

    def resolver(self) -> Resolver:
        folder = self.root / "ontology"
        resolver = Resolver(vocabulary([*load_ontology(folder), *load_schemes(folder)]))
        index_tables(self.schema(), self.data, resolver)
        return resolver

    def read(self) -> tuple[dict[str, list[Record]], list[Finding]]:
        """Read all tables: the sound records by table, and all findings."""
        resolver = self.resolver()
        findings: list[Finding] = []
        records = {
            table.name: list(read_table(table, self.data, resolver, findings.append))
            for table in self.schema().tables.values()
        }
        return records, findings

    def triples(self, table: str) -> list[Triple]:
        """Return the triples of a table whose rows are all sound."""
        records, findings = self.read()
        assert findings == []
        convert = converter(self.schema().tables[table])
        return [triple for record in records[table] for triple in convert(record)]
