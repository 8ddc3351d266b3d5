"""Whatever damages a cell of a shipped record is told at that cell, or is harmless.

A damaged cell that its column does not allow must be told, at its row and column.  One that the
column still allows (a shorter text, another registered name) is no fault that anyone could see:
then the record must be as it was, or must hold what is written now.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import PROJECT
from tests.faults import Shapes
from tests.mutations import WAYS, Cell, Judge, Row
from zsgraph.build import Silence, Summary
from zsgraph.findings import Finding, Severity
from zsgraph.knowledge import Knowledge
from zsgraph.namespaces import SH
from zsgraph.pipeline import run
from zsgraph.reasoning.closure import close
from zsgraph.records import Record
from zsgraph.schema import ID_COLUMN, Table, load_schema
from zsgraph.store import current_folder
from zsgraph.terms import literal_parts
from zsgraph.validation.files import Report, check_files

SCHEMA = load_schema(PROJECT / "shapes")
TABLES = list(SCHEMA.tables.values())
TOGETHER = 50


@cache
def rows_of(table: Table) -> tuple[Row, ...]:
    with (PROJECT / "data" / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def cells_for(way: str) -> dict[str, list[tuple[int, str]]]:
    """Return for each table the places of the cells to which a way of damage applies."""
    places = defaultdict(list)
    for table in TABLES:
        for number, row in enumerate(rows_of(table)):
            for name, text in row.items():
                damaged = WAYS[way](Cell(table, table.column(name), row), 0) if text else None
                taken = way == "id of another record" and damaged is not None
                if taken or damaged not in (None, text):
                    places[table.name].append((number, name))
    return dict(places)


@dataclass(frozen=True)
class Damaged:
    """A cell, and what it holds after the damage."""

    cell: Cell
    text: str

    def __repr__(self) -> str:
        return f"{self.cell.table.name} {self.cell.row[ID_COLUMN]} {self.cell.name}: {self.text!r}"


@st.composite
def damages(draw: st.DrawFn, way: str) -> list[Damaged]:
    """Draw cells of different rows of a table, and damage them."""
    places = cells_for(way)
    table = SCHEMA.tables[draw(st.sampled_from(sorted(places)))]
    rows = rows_of(table)
    chosen = draw(
        st.lists(
            st.tuples(st.sampled_from(places[table.name]), st.integers(0, 9999)),
            min_size=min(TOGETHER // 2, len({number for number, _ in places[table.name]}) // 2),
            max_size=TOGETHER,
            unique_by=lambda item: item[0][0],
        )
    )
    numbers = {number for (number, _), _ in chosen}
    others = [row for number, row in enumerate(rows) if number not in numbers]
    drawn = []
    for (number, name), choice in chosen:
        cell = Cell(table, table.column(name), rows[number])
        text = WAYS[way](cell, choice)
        if way == "id of another record":
            text = others[choice % len(others)][ID_COLUMN]
        # One damage a row: taking the id of another damaged row would damage that one twice.
        twice = cell.column is None and text in {rows[number][ID_COLUMN] for number in numbers}
        if text is not None and text != cell.text and not twice:
            drawn.append(Damaged(cell, text))
    return drawn


@dataclass
class Checker:
    """Checks rows as a file of its own, against the graph of the shipped records."""

    knowledge: Knowledge
    folder: Path
    file: Path
    judge: Judge
    sound: dict[str, dict[str, Record]] = field(default_factory=dict)
    usual: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def check(self, table: Table, rows: list[Row]) -> Report:
        headings = list(rows_of(table)[0])
        with self.file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, headings, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return check_files([self.file], self.knowledge, self.folder, table.name)

    def learn(self) -> list[Finding]:
        """Note what the records are, and return what is told of them without any damage."""
        files = {table.name: PROJECT / "data" / f"{table.name}.csv" for table in TABLES}
        report = check_files(files.values(), self.knowledge, self.folder)
        for record in report.records:
            self.sound.setdefault(record.table.name, {})[record.record.id] = record.record
        for name, file in files.items():
            rows = rows_of(SCHEMA.tables[name])
            self.usual[name] = Counter(
                (rows[(finding.row or 0) - 2][ID_COLUMN], finding.rule)
                for finding in report.findings
                if finding.file == str(file)
            )
        return report.findings

    def verdicts(self, damaged: list[Damaged]) -> list[str]:
        """Return of each damage whether it was told or what it left of the record."""
        table = damaged[0].cell.table
        changed = [{**d.cell.row, d.cell.name: d.text} for d in damaged]
        kept = {row[ID_COLUMN] for row in changed} & {r[ID_COLUMN] for r in rows_of(table)}
        kept -= {d.cell.row[ID_COLUMN] for d in damaged}
        before = [row for row in rows_of(table) if row[ID_COLUMN] in kept]
        report = self.check(table, [*before, *changed])
        by_row = defaultdict(list)
        for finding in report.findings:
            by_row[finding.row].append(finding)
        records = {r.record.row: r.record for r in report.records}
        first = len(before) + 2
        return [
            self._verdict(
                d,
                by_row[row],
                records.get(row),
                taken=d.text in kept,
                # A damaged id or name may be what another row now refers to.
                beside={other.text for other in damaged if other is not d},
            )
            for row, d in enumerate(damaged, start=first)
        ]

    def _verdict(
        self,
        damaged: Damaged,
        findings: list[Finding],
        record: Record | None,
        *,
        taken: bool,
        beside: set[str],
    ) -> str:
        cell = damaged.cell
        usual = self.usual[cell.table.name]
        new = [f for f in findings if not usual[cell.row[ID_COLUMN], f.rule]]
        allowed = self.judge.allows(cell.table, cell.column, damaged.text) and not (
            cell.column is None and taken
        )
        if not allowed:
            if any(f.column == cell.name for f in new):
                return "told"
            return "another value" if record and damaged.text in beside else "missed"
        if new:  # as of an address that another record has
            return "told though allowed"
        if record is None:
            return "lost"
        same = self.sound[cell.table.name][cell.row[ID_COLUMN]]
        return "same" if (record.id, record.values) == (same.id, same.values) else "another value"


@pytest.fixture(scope="module")
def checker(
    knowledge: Knowledge, built: tuple[Path, Summary], tmp_path_factory: pytest.TempPathFactory
) -> Checker:
    shapes = Shapes.read(knowledge.shapes)
    longest = {
        column.shape: int(literal_parts(values[0])[0])
        for table in TABLES
        for column in table.columns
        if (values := shapes.nodes[f"<{column.shape}>"].get(SH + "maxLength"))
    }
    graphs = run(knowledge, close, lambda shapes, data: b"", Silence())
    file = tmp_path_factory.mktemp("damaged") / "damaged.csv"
    checker = Checker(knowledge, current_folder(built[0]), file, Judge(graphs, longest))
    assert [f for f in checker.learn() if f.severity is Severity.ERROR] == []
    return checker


def test_there_are_twelve_ways_that_all_apply() -> None:
    assert len(WAYS) == 12
    assert all(cells_for(way) for way in WAYS)


def test_the_shipped_records_are_what_their_columns_allow(checker: Checker) -> None:
    strange = [
        (table.name, row[ID_COLUMN], name)
        for table in TABLES
        for row in rows_of(table)
        for name, text in row.items()
        if not checker.judge.allows(table, table.column(name), text)
    ]
    assert strange == []


@pytest.mark.parametrize("way", WAYS)
def test_damage_is_told_or_harmless(way: str, checker: Checker, say: Callable[[str], None]) -> None:
    tally: Counter[str] = Counter()

    @given(damages(way))
    @settings(
        max_examples=6,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making it smaller takes minutes
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    def damage(drawn: list[Damaged]) -> None:
        if not drawn:
            return
        verdicts = checker.verdicts(drawn)
        bad = [
            (verdict, damaged)
            for damaged, verdict in zip(drawn, verdicts, strict=True)
            if verdict in ("missed", "lost")
        ]
        assert bad == []
        tally.update(verdicts)

    damage()
    broken = tally["told"] + tally["missed"]
    rate = f"{tally['told'] / broken:.0%}" if broken else "none"
    say(
        f"{way}: {tally.total()} cells damaged, {broken} against the rules, {rate} of them told; "
        f"{tally['told though allowed']} more told, {tally['same']} without effect, "
        f"{tally['another value']} another value that is allowed"
    )
    assert tally.total() > 0
