"""``zsgraph serve``: pages, SPARQL, REST, linked data and reconciliation from one address."""

import os
from pathlib import Path

import click

from zsgraph.cli.graph import ready_graph
from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.errors import ZsgraphError
from zsgraph.knowledge import locate
from zsgraph.store import home_of

_FOLDER = click.Path(file_okay=False, path_type=Path)
_MOST_WORKERS = 4


@click.command("serve", help="提供图谱（只读） / Serve the graph (read-only)")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to bind")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口 / port"
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="进程数 / number of processes"
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="一个查询的秒数上限 / seconds that a query may take",
)
@click.option(
    "--max-rows",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="一个查询的行数上限，0 为不限 / rows that a query may answer with, 0 for any number",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=512 * 1024 * 1024,
    show_default=True,
    help="一个答案的字节上限 / bytes of the answer to a query",
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=1024,
    show_default=True,
    help="一个查询的内存上限（MiB） / memory of a query (MiB)",
)
@click.option(
    "--queries",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="每个进程同时运行的查询 / queries that a process runs at once",
)
@click.option(
    "--queue",
    type=click.IntRange(0),
    default=64,
    show_default=True,
    help="每个进程等候的查询 / queries that may wait in a process",
)
@click.option(
    "--max-body",
    type=click.IntRange(1),
    default=1024 * 1024,
    show_default=True,
    help="请求体的字节上限 / bytes of a request's body",
)
@click.option(
    "--client-timeout",
    type=click.FloatRange(0.1),
    default=15.0,
    show_default=True,
    help="等候客户端的秒数 / seconds to wait for a client",
)
@click.option(
    "--access-log/--no-access-log",
    default=True,
    help="记录每个请求（JSON 行，标准错误） / log each request (JSON lines, standard error)",
)
@click.option("--root", type=_FOLDER, help="知识所在的文件夹 / folder of the knowledge")
@click.option("--data", type=_FOLDER, help="记录所在的文件夹 / folder of the records")
@click.option("--home", type=_FOLDER, help="建好的图所在的文件夹 / folder of the built graphs")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    host: str,
    port: int,
    workers: int | None,
    access_log: bool,
    root: Path | None,
    data: Path | None,
    home: Path | None,
    lang: str | None,
    **limits: float,
) -> int:
    """Serve the current graph; builds it first where nothing was built."""
    from zsgraph.web.server import Address, serve
    from zsgraph.web.settings import Settings

    language = chosen_language(ctx)
    knowledge = locate(root, data)
    folder = home or home_of(knowledge)
    ready_graph(knowledge, language, folder)
    settings = Settings(
        home=str(folder.resolve()),
        root=str(knowledge.root.resolve()),
        data=str(knowledge.data.resolve()),
        access_log=access_log,
        **limits,  # type: ignore[arg-type]
    )
    address = Address(host, port, workers or min(os.cpu_count() or 1, _MOST_WORKERS))
    try:
        serve(settings, address, lambda url: click.echo(_told(language, url), err=True))
    except OSError as error:
        raise ZsgraphError(
            f"不能在 {host}:{port} 上提供服务：{error.strerror}。请用 --port 换一个端口。",
            f"{host}:{port} cannot be served on: {error.strerror}. Choose another with --port.",
        ) from None
    return 0


def _told(language: str, url: str) -> str:
    zh = f"图谱在 {url}（SPARQL：{url}/sparql，API：{url}/api）。按 Ctrl+C 结束。"
    en = f"The graph is at {url} (SPARQL: {url}/sparql, API: {url}/api). Ctrl+C ends it."
    return text(language, zh, en)
