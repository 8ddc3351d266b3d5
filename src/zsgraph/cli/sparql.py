"""``zsgraph sparql``: a query of one's own."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from zsgraph.cli.complete import complete_file, complete_format
from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.cli.remote import endpoint_option
from zsgraph.errors import QueryError, UsageError
from zsgraph.execution.request import SELECTIONS, SOLUTION_FORMATS, TRIPLE_FORMATS

if TYPE_CHECKING:
    from zsgraph.answers import Answer
    from zsgraph.asking import Question
    from zsgraph.execution.worker import QueryWorker
    from zsgraph.store import Graph

#: Rows that are shown where nobody said how many.
SHOWN = 1000


@click.command("sparql", help="运行自己写的 SPARQL 查询 / run a SPARQL query of your own")
@click.argument("query", metavar="FILE|-|'SELECT …'", shell_complete=complete_file)
@click.option(
    "--format",
    "form",
    help="table csv tsv json xml md xlsx parquet; turtle jsonld …",
    shell_complete=complete_format,
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="写入文件 / write to a file")
@click.option(
    "--graph",
    "selection",
    type=click.Choice(SELECTIONS),
    default="all",
    help="断言的、推出的或全部 / what records say, what follows, or all",
)
@click.option("--limit", type=click.IntRange(min=0), help="最多几行 / rows at most")
@click.option(
    "--timeout", type=float, default=30.0, show_default=True, help="最多几秒 / seconds at most"
)
@click.option("--explain", is_flag=True, help="说明如何求值 / tell how it is evaluated")
@endpoint_option
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    query: str,
    form: str | None,
    out: Path | None,
    selection: str,
    limit: int | None,
    timeout: float,
    explain: bool,
    endpoint: str | None,
    lang: str | None,
) -> int:
    """Run a query, or explain it."""
    from zsgraph.asking import Question
    from zsgraph.cli.graph import ready_graph
    from zsgraph.execution.worker import QueryWorker
    from zsgraph.knowledge import locate
    from zsgraph.sparql.faults import in_file
    from zsgraph.store import home_of, is_built, store_path

    language = chosen_language(ctx)
    source, path = _read(query)
    chosen = _chosen(form, out)
    knowledge = locate()
    question = Question(source, {}, selection, limit, timeout)
    if endpoint:
        _ask_service(endpoint, question, path, chosen, out, language, explain=explain)
        return 0
    home = home_of(knowledge)
    if not is_built(home):
        ready_graph(knowledge, language)
    with QueryWorker(store_path(home)) as worker:
        worker.start()  # it opens the store while this process does
        graph = ready_graph(knowledge, language)
        try:
            if explain:
                from zsgraph.sparql.plan import explained

                click.echo(explained(worker, question).text(language))
            else:
                _run(graph, worker, question, chosen, out, language)
        except QueryError as error:
            raise (in_file(path, error) if path else error) from None
    return 0


def _ask_service(
    endpoint: str,
    question: "Question",
    path: Path | None,
    form: str | None,
    out: Path | None,
    language: str,
    *,
    explain: bool,
) -> None:
    """Ask a SPARQL service in place of the graph that was built here."""
    from zsgraph.cli.remote import service
    from zsgraph.remote.store import RemoteStore, remote_graph
    from zsgraph.remote.worker import RemoteWorker
    from zsgraph.sparql.faults import in_file

    if explain:
        raise UsageError(
            "--explain 只说明本机的图如何求值，不能与 --endpoint 一起用。",
            "--explain tells how the graph here is evaluated; it does not go with --endpoint.",
        )
    graph = remote_graph(service(endpoint, question.seconds))
    worker = RemoteWorker(cast(RemoteStore, graph.store))
    try:
        _run(graph, cast("QueryWorker", worker), question, form, out, language)
    except QueryError as error:
        raise (in_file(path, error) if path else error) from None


def _read(query: str) -> tuple[str, Path | None]:
    """Return the text of a query and the file that it is in, if it is in one."""
    if query == "-":
        return _decoded(sys.stdin.buffer.read(), "-"), None
    path = Path(query)
    try:
        if path.is_file():
            return _decoded(path.read_bytes(), query), path
    except OSError as error:
        if not any(char.isspace() for char in query):
            raise UsageError(
                f"读不了 {query}：{error.strerror}。",
                f"{query} cannot be read: {error.strerror}.",
            ) from None
    except ValueError:  # a NUL, which no path holds
        pass
    if any(char.isspace() for char in query.strip()) or "{" in query:
        return query, None
    raise UsageError(
        f"没有文件“{query}”。查询也可以写在引号里：zsgraph sparql 'SELECT …'，"
        "或用 - 从标准输入读。",
        f"There is no file “{query}”. A query may also stand in quotes, zsgraph sparql 'SELECT …', "
        "or come from standard input: -.",
    )


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{name} 不是 UTF-8 文本，不是查询。", f"{name} is not UTF-8 text and no query."
        ) from None


def _chosen(form: str | None, out: Path | None) -> str | None:
    from zsgraph.result_formats import TABLES, format_named, format_of

    if form is not None:
        return format_named(form)
    return format_of(out, (*TABLES, *TRIPLE_FORMATS)) if out is not None else None


def _run(
    graph: "Graph",
    worker: "QueryWorker",
    question: "Question",
    form: str | None,
    out: Path | None,
    language: str,
) -> None:
    from zsgraph.sparql.unknown import unknown_terms

    shown = question.limit
    if shown is None and out is None and (form in (None, "table") or sys.stdout.isatty()):
        shown = SHOWN
    question = _limited(question, shown)
    if form in SOLUTION_FORMATS or form in TRIPLE_FORMATS:
        cut = _stream(worker, question, form or "", out)
    else:
        cut = _answer(graph, worker, question, form, out, language)
    for unknown in unknown_terms(graph.store, question.text):
        label = text(language, "提醒", "warning")
        sentence = unknown.message.text(language)
        click.echo(f"{click.style(label, fg='yellow', bold=True)} {sentence}", err=True)
    if cut:
        zh = f"只给出前 {shown} 行，还有更多。--limit 行数 可多取，--out 文件 可写出全部。"
        en = f"Only the first {shown} rows; there are more. --limit N gives more, --out FILE all."
        click.echo(text(language, zh, en), err=True)


def _limited(question: "Question", limit: int | None) -> "Question":
    from dataclasses import replace

    return replace(question, limit=limit)


def _stream(worker: "QueryWorker", question: "Question", form: str, out: Path | None) -> bool:
    """Write a standard format as the engine makes it, however long it is."""
    from zsgraph.cli.output import write_out
    from zsgraph.writing import write_file

    solutions, triples = (form, "") if form in SOLUTION_FORMATS else ("", form)
    result = worker.run(question.request(worker, solutions, triples), question.seconds)
    if out is not None:
        write_file(out, result)
    else:
        write_out(result)
    return result.cut


def _answer(
    graph: "Graph",
    worker: "QueryWorker",
    question: "Question",
    form: str | None,
    out: Path | None,
    language: str,
) -> bool:
    from zsgraph.asking import ask
    from zsgraph.cli.output import refuse_terminal, write_out
    from zsgraph.formats import to_table
    from zsgraph.result_formats import BINARY, written
    from zsgraph.writing import write_file

    if form in BINARY and out is None:
        refuse_terminal(form or "")
    answer = ask(graph, worker, question, language)
    if form is None and answer.form == "triples":
        content = _turtle(answer)
    elif form in (None, "table") and out is None:
        content = to_table(answer, shutil.get_terminal_size((110, 24)).columns).encode()
    else:
        content = written(answer, form or "table")
    if out is not None:
        write_file(out, [content])
    else:
        write_out([content])
    return answer.cut


def _turtle(answer: "Answer") -> bytes:
    import pyoxigraph as ox

    from zsgraph.namespaces import PREFIXES

    triples = [ox.Triple(*row) for row in answer.terms]  # type: ignore[arg-type]
    content = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert content is not None
    return content
