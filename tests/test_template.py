"""Templates: what is written is accepted again, and drop-downs hold all that may be written."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.shell import CHINESE, Shell, shell
from tests.toys import Library
from zsgraph.errors import UsageError
from zsgraph.findings import Finding, Message
from zsgraph.headings import read_header
from zsgraph.id_form import id_form
from zsgraph.kinds import find_table
from zsgraph.knowledge import Knowledge
from zsgraph.ontology import load_ontology, load_schemes, vocabulary
from zsgraph.options import Catalogue
from zsgraph.records import Record, index_tables, read_table
from zsgraph.resolve import Resolver
from zsgraph.schema import Schema, Table, load_schema
from zsgraph.sheets import Row
from zsgraph.template import Field, Template, make_template, to_csv
from zsgraph.template_sheets import LISTS
from zsgraph.template_xlsx import ROWS, to_xlsx

__all__ = ["shell"]

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def schema(knowledge: Knowledge) -> Schema:
    return load_schema(knowledge.shapes)


@pytest.fixture(scope="module")
def catalogue(knowledge: Knowledge, schema: Schema) -> Catalogue:
    return Catalogue(knowledge, schema)


@pytest.fixture(scope="module")
def resolver(knowledge: Knowledge, schema: Schema) -> Resolver:
    triples = [*load_ontology(knowledge.ontology), *load_schemes(knowledge.ontology)]
    known = Resolver(vocabulary(triples))
    index_tables(schema, knowledge.data, known)
    return known


@pytest.fixture(scope="module", params=LANGUAGES)
def templates(
    request: pytest.FixtureRequest, knowledge: Knowledge, schema: Schema, catalogue: Catalogue
) -> dict[str, Template]:
    return {
        name: make_template(table, catalogue, knowledge, request.param)
        for name, table in schema.tables.items()
    }


def read(table: Table, folder: Path, resolver: Resolver) -> dict[str, Record]:
    findings: list[Finding] = []
    records = {r.id: r for r in read_table(table, folder, resolver, findings.append)}
    assert findings == []
    return records


def made(*fields: Field) -> Template:
    return Template("things", "en", "Thing", "A thing", fields)


def sheets(template: Template) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(template)))


def test_every_heading_is_accepted(schema: Schema, templates: dict[str, Template]) -> None:
    for name, template in templates.items():
        findings: list[Finding] = []
        table = schema.tables[name]
        row = Row(1, [field.heading for field in template.fields])
        header = read_header(table, f"{name}.csv", row, findings.append)
        assert findings == []
        assert [header.id_place, *header.places] == list(range(len(table.columns) + 1))


def test_the_example_is_a_real_record_and_reads_as_it(
    schema: Schema,
    templates: dict[str, Template],
    knowledge: Knowledge,
    resolver: Resolver,
    tmp_path: Path,
) -> None:
    for name, template in templates.items():
        table = schema.tables[name]
        example = [field.example for field in template.fields]
        with (tmp_path / f"{name}.csv").open("wb") as stream:
            line = io.StringIO(newline="")
            csv.writer(line).writerow(example)
            stream.write(to_csv(template) + line.getvalue().encode())
        (again,) = read(table, tmp_path, resolver).values()
        real = read(table, knowledge.data, resolver)[example[0]]
        assert again.values == real.values, name


def test_each_option_means_one_resource_and_none_is_left_out(
    schema: Schema, catalogue: Catalogue, resolver: Resolver
) -> None:
    for table in schema.tables.values():
        for column in table.columns:
            for language in LANGUAGES if not column.datatypes else ():
                options = catalogue.options(column, language)
                meant = [resolver.meant(column, option) for option in options]
                assert meant == [[iri] for iri in catalogue.resources(column)]
                assert not (column.multiple and any(";" in option for option in options))


def test_a_name_that_several_bear_is_offered_by_id(library: Library) -> None:
    library.write(
        "data/authors.csv", "id,name\naut-one,Same\naut-two,Same\naut-qian,Q\naut-orwell,O\n"
    )
    known = load_schema(library.knowledge.shapes)
    column = known.tables["contributions"].column("author")
    assert column is not None
    options = Catalogue(library.knowledge, known).options(column, "en")
    assert options == ["aut-one", "aut-two", "Q", "O"]


def test_options_are_in_the_language_asked_for(schema: Schema, catalogue: Catalogue) -> None:
    column = schema.tables["platforms"].column("region")
    assert column is not None
    assert "四川省" in catalogue.options(column, "zh")
    assert "Sichuan" in catalogue.options(column, "en")


def test_csv_has_a_mark_for_spreadsheets_and_only_headings(templates: dict[str, Template]) -> None:
    for template in templates.values():
        data = to_csv(template)
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert rows == [[field.heading for field in template.fields]]


def test_workbook_holds_headings_help_and_hidden_lists(templates: dict[str, Template]) -> None:
    for template in templates.values():
        book = sheets(template)
        sheet, help_, lists = book.worksheets
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            [field.heading for field in template.fields]
        ]
        assert (sheet.sheet_state, help_.sheet_state, lists.sheet_state) == (
            "visible",
            "visible",
            "hidden",
        )
        assert sheet.freeze_panes == "B2"
        texts = {cell.value for row in help_.iter_rows() for cell in row}
        for field in template.fields:
            assert {field.heading, field.help, field.form} <= texts
            assert not field.example or field.example in texts


def test_no_heading_stands_in_the_first_rows_of_help_and_lists(
    schema: Schema, templates: dict[str, Template]
) -> None:
    for name, template in templates.items():
        headings = {
            text
            for column in schema.tables[name].all_columns
            for text in (column.name, column.heading.zh, column.heading.en)
        }
        for sheet in sheets(template).worksheets[1:]:
            first = next(sheet.iter_rows(max_row=1, values_only=True), ())
            assert headings.isdisjoint(map(str, first))


def test_drop_downs_hold_the_options(templates: dict[str, Template]) -> None:
    template = templates["platforms"]
    book = sheets(template)
    sheet, lists = book.worksheets[0], book[LISTS]
    lists_by_column = {}
    for validation in sheet.data_validations.dataValidation:
        if validation.type == "list":
            (span,) = validation.sqref.ranges
            assert (span.min_row, span.max_row) == (2, ROWS)
            cells = lists[validation.formula1.partition("!")[2].replace("$", "")]
            lists_by_column[span.min_col] = tuple(cell.value for (cell,) in cells)
            field = template.fields[span.min_col - 1]
            assert validation.showErrorMessage is not field.multiple
            assert validation.errorStyle == "warning"
    assert lists_by_column == {
        place: field.options for place, field in enumerate(template.fields, 1) if field.options
    }


def test_cells_keep_what_is_typed_and_numbers_are_numbers(templates: dict[str, Template]) -> None:
    template = templates["measurements"]
    sheet = sheets(template).worksheets[0]
    formats = [sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]]
    assert formats == ["General" if field.number else "@" for field in template.fields]
    assert formats.count("General") == 1


def test_required_columns_look_and_say_so(templates: dict[str, Template]) -> None:
    template = templates["platforms"]
    sheet = sheets(template).worksheets[0]
    pairs = list(zip(sheet[1], template.fields, strict=True))
    strong = {cell.fill.start_color.rgb for cell, field in pairs if field.required}
    pale = {cell.fill.start_color.rgb for cell, field in pairs if not field.required}
    assert len(strong) == len(pale) == 1
    assert strong.isdisjoint(pale)
    for cell, field in pairs:
        said = cell.comment.text.startswith(("必填。", "Required. "))
        assert said is field.required
        assert field.help in cell.comment.text
        assert field.form in cell.comment.text


def test_same_template_gives_the_same_bytes(templates: dict[str, Template]) -> None:
    assert to_xlsx(templates["policies"]) == to_xlsx(templates["policies"])


def test_nothing_becomes_a_formula() -> None:
    book = sheets(
        made(Field("=1+1", "help", "form", example="=HYPERLINK(1)", options=("=2", "@x")))
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"=1+1", "=HYPERLINK(1)", "=2", "@x"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("kind", ["platforms", "Platforms", "平台", "Platform", " platform "])
def test_a_kind_is_known_by_its_table_and_its_names(schema: Schema, kind: str) -> None:
    assert find_table(schema, kind).name == "platforms"


@pytest.mark.parametrize(
    ("kind", "near"), [("platfroms", "platforms"), ("政策", "policies"), ("平抬", "platforms")]
)
def test_an_unknown_kind_offers_the_nearest(schema: Schema, kind: str, near: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_table(schema, kind)
    assert near in raised.value.message.zh
    assert near in raised.value.message.en
    assert kind in raised.value.message.zh


@pytest.mark.parametrize("kind", ["", "xyzzyx"])
def test_a_kind_like_none_lists_all(schema: Schema, kind: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_table(schema, kind)
    assert all(name in raised.value.message.en for name in schema.tables)


@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        (
            "plt-[a-z0-9-]+",
            Message(
                "plt- 后接小写字母、数字和连字符",
                "plt- followed by small letters, digits and hyphens",
            ),
        ),
        ("[0-9]{6}", Message("6位数字", "6 digits")),
        (
            "[A-Z][0-9]{0,3}",
            Message(
                "1位大写字母后接0–3位数字", "one of the capital letters followed by 0–3 digits"
            ),
        ),
        ("(a|b)+", Message("形式为 (a|b)+", "of the form (a|b)+")),
    ],
)
def test_an_id_is_described_in_words(library: Library, pattern: str, form: Message) -> None:
    library.replace("shapes/authors.ttl", "aut-[a-z-]+", pattern)
    table = load_schema(library.root / "shapes").tables["authors"]
    assert id_form(table) == form


def test_command_lists_the_kinds(shell: Shell, schema: Schema) -> None:
    ran = shell.run("template", "--lang", "en")
    assert ran.code == 0
    assert all(name in ran.out for name in schema.tables)
    assert not CHINESE.search(ran.out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_command_writes_a_workbook_named_after_the_kind(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = shell.run("template", "平台", "--lang", language)
    assert ran.code == 0, ran.err
    assert "zsgraph validate platforms.xlsx" in ran.out
    book = openpyxl.load_workbook(tmp_path / "platforms.xlsx")
    assert book.worksheets[0]["A1"].value == {"zh": "编号", "en": "id"}[language]


def test_command_leaves_a_file_that_exists(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("mine")
    ran = shell.run("template", "platforms", "-o", str(path))
    assert ran.code == 2
    assert "--force" in ran.err
    assert path.read_text() == "mine"
    assert shell.run("template", "platforms", "-o", str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8-sig").startswith("编号,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("platforms", "-o", "x.ods"), ".xlsx"),
        (("platforms", "-o", "no/folder/x.xlsx"), "no/folder/x.xlsx"),
        (("-o", "x.csv"), "KIND"),
        (("platfrom",), "platforms"),
    ],
)
def test_wrong_use_is_a_sentence_and_writes_nothing(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = shell.run("template", "--lang", "en", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_knowledge_without_records_still_gives_a_template(shell: Shell, library: Library) -> None:
    for path in (library.root / "data").glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n")
    out = library.root / "books.xlsx"
    ran = shell.run("template", "books", "--root", str(library.root), "-o", str(out))
    assert ran.code == 0, ran.err
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 1
