"""The command line: thin commands over the library, each imported only when it is used."""

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from zsgraph import __version__
from zsgraph.cli.complete import VARIABLE
from zsgraph.cli.language import chosen_language, text
from zsgraph.cli.usage import usage_sentence
from zsgraph.errors import UsageError, ZsgraphError

#: Each command with the module that holds it, as ``command``, and its help in both languages.
COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "build": (
        "zsgraph.cli.build",
        "由记录建图：转换、推理、校验、存储",
        "Build the graph from the records: convert, reason, validate, store",
    ),
    "questions": ("zsgraph.cli.questions", "简要回答九问", "Answer the nine questions in short"),
    "query": ("zsgraph.cli.query", "列出或运行具名查询", "List the named queries or run one"),
    "find": (
        "zsgraph.cli.find",
        "按名称、文号或编号查找",
        "Find things by name, document number or id",
    ),
    "show": (
        "zsgraph.cli.show_thing",
        "显示一个事物的全部内容和来源",
        "Show everything about one thing, with its sources",
    ),
    "schema": (
        "zsgraph.cli.schema",
        "列出类和属性，或说明其中一个",
        "List the classes and properties, or explain one",
    ),
    "why": (
        "zsgraph.cli.why",
        "说明一条陈述为什么成立，直到记录和来源",
        "Tell why a statement holds, down to records and sources",
    ),
    "sparql": (
        "zsgraph.cli.sparql",
        "运行自己写的 SPARQL 查询",
        "Run a SPARQL query of your own",
    ),
    "serve": (
        "zsgraph.cli.serve",
        "在浏览器和程序可用的地址上提供图谱（只读）",
        "Serve the graph to browsers and programs (read-only)",
    ),
    "push": (
        "zsgraph.cli.push",
        "把图送到 SPARQL 服务",
        "Send the graph to a SPARQL service",
    ),
    "export": (
        "zsgraph.cli.export",
        "把图导出为 RDF、JSON-LD、CSV、SQLite 等",
        "Export the graph as RDF, JSON-LD, CSV, SQLite and more",
    ),
    "diff": (
        "zsgraph.cli.diff",
        "逐条比较两版：新增、改动、结束、删去，或 RDF Patch",
        "Compare two states record by record, or as RDF Patch",
    ),
    "release": (
        "zsgraph.cli.release",
        "检查后发布一个版本：各种导出、清单、引用和改动",
        "Check and release a version: exports, manifest, citation and changes",
    ),
    "template": (
        "zsgraph.cli.template",
        "生成一种记录的空表，供填写",
        "Make an empty sheet for a kind of record, to be filled in",
    ),
    "validate": (
        "zsgraph.cli.validate",
        "检查填好的表格，说明每一处错误，不作改动",
        "Check filled sheets and explain every fault, changing nothing",
    ),
    "add": (
        "zsgraph.cli.add",
        "把检查无误的表格加入记录：先列出改动，问过才写",
        "Add checked sheets to the records: shows what changes and asks first",
    ),
    "end": (
        "zsgraph.cli.end",
        "记下一条记录所说的事已经结束，及其依据",
        "Record that something has ended, and by which source",
    ),
    "cite": ("zsgraph.cli.cite", "给出引用格式", "Tell how the graph is cited"),
    "completion": (
        "zsgraph.cli.completion",
        "输出 shell 补全脚本",
        "Print the completion script of a shell",
    ),
}
_FAILURE: Final = 2


class _Commands(click.Group):
    """Knows the commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, 1, 0.4)
            raise UsageError(
                f"没有叫“{args[0]}”的命令。"
                + (f"是不是“{near[0]}”？" if near else f"可用的命令：{'、'.join(COMMANDS)}。"),
                f"There is no command “{args[0]}”. "
                + (f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(COMMANDS)}."),
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        language = chosen_language(ctx)
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=text(language, zh, en))
            for name, (_, zh, en) in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = chosen_language(ctx)
        with formatter.section(text(language, "命令", "Commands")):
            rows = [(name, text(language, zh, en)) for name, (_, zh, en) in COMMANDS.items()]
            formatter.write_dl(rows)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(
            text(
                chosen_language(ctx),
                "中试平台知识图谱：有出处、可核查。",
                "A sourced, checkable knowledge graph of China's pilot platforms.",
            )
        )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language", is_eager=True)
@click.version_option(__version__, prog_name="zsgraph")
@click.pass_context
def group(ctx: click.Context, lang: str | None) -> None:
    """Entry point of all commands."""
    ctx.obj = {"lang": lang}


def main() -> None:
    """Run the command line; every failure ends as a sentence and an exit code."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    if os.environ.get(VARIABLE):
        return _complete()
    if os.environ.get("ZSGRAPH_DEBUG"):
        return int(group.main(arguments, standalone_mode=False) or 0)
    language = _language_of(arguments)
    try:
        result: Any = group.main(arguments, prog_name="zsgraph", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        return _say(text(language, "已中断。", "Interrupted."))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _say(usage_sentence(error).text(language))
    except ZsgraphError as error:
        return _say(error.message.text(language))
    except (BrokenPipeError, SystemExit):  # click leaves so when the reader of a pipe has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        name = error.filename or text(language, "文件", "A file")
        zh = f"读写 {name} 时出错：{error.strerror}。请检查它的位置和权限。"
        en = f"{name} cannot be read or written: {error.strerror}. Check where it lies "
        return _say(text(language, zh, en + "and who may use it."))
    except Exception as error:  # the last resort: no traceback reaches a user
        zh = f"出了没料到的错：{error}。设 ZSGRAPH_DEBUG=1 再运行可看到详情，请附上它报告问题。"
        en = (
            f"Something unexpected failed: {error}. Run again with ZSGRAPH_DEBUG=1 for details "
            "and report it with them."
        )
        return _say(text(language, zh, en))
    return result if isinstance(result, int) else 0


def _complete() -> int:
    """Answer a shell that asks for completions; a fault offers nothing and says nothing."""
    try:
        group.main([], prog_name="zsgraph", complete_var=VARIABLE)
    except (Exception, SystemExit):
        sys.stdout.flush()
    return 0


def _language_of(arguments: list[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return chosen_language(None)


def _say(sentence: str) -> int:
    click.echo(sentence, err=True)
    return _FAILURE
