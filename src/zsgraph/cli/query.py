"""``zsgraph query``: lists the named queries or runs one."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from zsgraph.cli.complete import complete_query
from zsgraph.cli.graph import ready_graph
from zsgraph.cli.language import chosen_language, text
from zsgraph.errors import UsageError
from zsgraph.findings import Message
from zsgraph.knowledge import Knowledge, locate
from zsgraph.queries import FOLDERS, NamedQuery, find_query, load_queries

if TYPE_CHECKING:
    from zsgraph.answers import Answer

_GROUPS = {
    "questions": Message("九问", "The nine questions"),
    "structure": Message("结构查询", "Structural queries"),
}
#: Options that are no parameters of a query.
SETTINGS = ("chart", "endpoint", "format", "out", "theme", "timeout")


class _QueryCommand(click.Command):
    """Completes the options that queries have of their own."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return complete_query(ctx, None, incomplete)


@click.command(
    "query",
    cls=_QueryCommand,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=complete_query)
@click.pass_context
def command(ctx: click.Context, arguments: tuple[str, ...]) -> int:
    """List the named queries, or run one with its parameters as options."""
    names, options = _parsed(arguments)
    language = options.pop("lang", "") or chosen_language(ctx)
    if language not in ("zh", "en"):
        raise UsageError("--lang 只能是 zh 或 en。", "--lang takes zh or en.")
    wants_help = options.pop("help", None) is not None
    knowledge = locate()
    if "all" in options or "report" in options:
        return _report(knowledge, names, options, language)
    if not names and options:
        raise UsageError(
            f"选项 --{next(iter(options))} 属于哪个查询？请写出查询名称，可用 zsgraph query 列出。",
            f"Which query is --{next(iter(options))} for? Name it; zsgraph query lists them all.",
        )
    if not names:
        _list(load_queries(knowledge.queries), language)
        return 0
    if len(names) > 1:
        raise UsageError(
            f"一次只能运行一个查询，给了{len(names)}个：{' '.join(names)}。",
            f"One query at a time; {len(names)} were given: {' '.join(names)}.",
        )
    query = find_query(knowledge.queries, names[0])
    if wants_help:
        _explain(query, language)
        return 0
    settings = {name: options.pop(name) for name in SETTINGS if name in options}
    for name in options:
        query.parameter(name)
    _run(knowledge, query, options, settings, language)
    return 0


def _run(
    knowledge: Knowledge,
    query: NamedQuery,
    values: dict[str, str],
    settings: dict[str, str],
    language: str,
) -> None:
    from zsgraph.answers import answer
    from zsgraph.cli.output import refuse_terminal, write_out
    from zsgraph.cli.remote import service
    from zsgraph.formats import to_table
    from zsgraph.result_formats import BINARY, TABLES, format_named, format_of, written
    from zsgraph.writing import write_file

    picture = settings.get("chart", "")
    if picture:
        from zsgraph.charts.files import check_ending

        check_ending(Path(picture))
    out = Path(settings["out"]) if settings.get("out") else None
    named = settings.get("format") or (format_of(out, TABLES) if out else None) or "table"
    form = format_named(named, TABLES)
    seconds = _seconds(settings.get("timeout", ""))
    if form in BINARY and out is None:
        refuse_terminal(form)
    endpoint = settings.get("endpoint") or os.environ.get("ZSGRAPH_ENDPOINT")
    if endpoint:
        from zsgraph.remote.store import remote_graph

        graph = remote_graph(service(endpoint, seconds))
        result = answer(graph, query, values, language)
    else:
        result = _answered_here(knowledge, query, values, seconds, language)
    if picture:
        from zsgraph.charts import chart

        chart(result, settings.get("theme", "light")).save(Path(picture))
        click.echo(text(language, f"图已写入 {picture}", f"Chart written to {picture}"), err=True)
    if picture and not ({"format", "out"} & settings.keys()):
        return
    if out is not None:
        write_file(out, [written(result, form)])
    elif form == "table":
        click.echo(click.style(query.summary.text(language), bold=True))
        click.echo(result.sentence() + "\n")
        click.echo(to_table(result, shutil.get_terminal_size((110, 24)).columns), nl=False)
    else:
        write_out([written(result, form)])


def _answered_here(
    knowledge: Knowledge,
    query: NamedQuery,
    values: dict[str, str],
    seconds: float,
    language: str,
) -> "Answer":
    from zsgraph.answers import answer
    from zsgraph.asking import runner
    from zsgraph.execution.worker import QueryWorker
    from zsgraph.store import home_of, is_built, store_path

    home = home_of(knowledge)
    if not is_built(home):
        ready_graph(knowledge, language)
    with QueryWorker(store_path(home)) as worker:
        worker.start()  # it opens the store while this process does
        graph = ready_graph(knowledge, language)
        return answer(graph, query, values, language, runner(worker, seconds))


def _seconds(given: str) -> float:
    from zsgraph.execution.worker import DEFAULT_SECONDS

    try:
        seconds = float(given) if given else DEFAULT_SECONDS
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise UsageError(
            f"--timeout 应当是大于 0 的秒数，不是“{given}”。",
            f"--timeout takes seconds, more than 0, not “{given}”.",
        )
    return seconds


def _report(knowledge: Knowledge, names: list[str], options: dict[str, str], language: str) -> int:
    folder = options.pop("report", "")
    if options.pop("all", None) is None or not folder or names or options:
        raise UsageError(
            "全部查询的报告写作：zsgraph query --all --report 文件夹",
            "The report of all queries is written by: zsgraph query --all --report FOLDER",
        )
    from zsgraph.cli.show import Bars
    from zsgraph.report import write_report

    graph = ready_graph(knowledge, language)
    page = write_report(graph, knowledge, Path(folder), language, Bars(language))
    click.echo(text(language, f"报告已写入 {page}", f"Report written to {page}"), err=True)
    return 0


def _parsed(arguments: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    names: list[str] = []
    options: dict[str, str] = {}
    pending = list(arguments)
    while pending:
        word = pending.pop(0)
        _check_text(word)
        if word in ("-h", "--help"):
            options["help"] = ""
        elif word == "--all":
            options["all"] = ""
        elif word == "-o":
            pending.insert(0, "--out")
        elif word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if not equals:
                if not pending or pending[0].startswith("--"):
                    raise UsageError(
                        f"选项 --{name} 缺少值。值以 -- 开头时请写作 --{name}=值。",
                        f"Option --{name} lacks a value. Write --{name}=VALUE for one that starts "
                        "with --.",
                    )
                value = pending.pop(0)
                _check_text(value)
            if name in options:
                raise UsageError(
                    f"选项 --{name} 给了两次，只能给一次。",
                    f"Option --{name} is given twice; give it once.",
                )
            options[name] = value
        elif word.startswith("-"):
            raise UsageError(f"没有选项 {word}。", f"There is no option {word}.")
        else:
            names.append(word)
    return names, options


def _check_text(word: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in word):
        raise UsageError("命令行中有不是 UTF-8 的文字。", "An argument is not UTF-8.")


def _list(queries: dict[str, NamedQuery], language: str) -> None:
    width = max((len(name) for name in queries), default=0)
    for folder in FOLDERS:
        members = [query for query in queries.values() if query.folder == folder]
        if members:
            click.echo(click.style(_GROUPS[folder].text(language), bold=True))
        for query in members:
            click.echo(f"  {query.name:<{width}}  {query.summary.text(language)}")
    zh = "\n运行：zsgraph query 名称 [--参数 值] [--format table|csv|xlsx|…] [--chart 图.svg]"
    en = "\nRun: zsgraph query NAME [--parameter value] [--format table|csv|xlsx|…]"
    en += " [--chart OUT.svg]"
    click.echo(text(language, zh, en))
    zh, en = "说明与参数：zsgraph query 名称 --help", "Explained: zsgraph query NAME --help"
    click.echo(text(language, zh, en))


def _explain(query: NamedQuery, language: str) -> None:
    click.echo(click.style(f"{query.name}  {query.summary.text(language)}", bold=True))
    click.echo(query.description.text(language))
    if query.parameters:
        click.echo(click.style(text(language, "\n参数", "\nParameters"), bold=True))
    for parameter in query.parameters:
        example = text(language, "例", "e.g.")
        summary = parameter.summary.text(language)
        need = text(language, "，必需", ", required") if parameter.required else ""
        click.echo(f"  --{parameter.name}  {summary}{need} ({example} {parameter.example})")
    click.echo(click.style(text(language, "\n列", "\nColumns"), bold=True))
    click.echo("  " + "  ".join(column.heading.text(language) for column in query.columns))
    if query.view.type != "table":
        click.echo(click.style(text(language, "\n图", "\nChart"), bold=True))
        click.echo(
            "  --chart " + text(language, "图", "OUT") + ".svg|png|html [--theme light|dark]"
        )
