"""``zsgraph push``: fills a SPARQL service with the graph."""

import hashlib

import click

from zsgraph.cli.language import chosen_language, lang_option, text
from zsgraph.findings import Message


@click.command("push", help="把图送到 SPARQL 服务 / send the graph to a SPARQL service")
@click.option(
    "--endpoint", metavar="URL", envvar="ZSGRAPH_ENDPOINT", required=True, help="查询地址 / queries"
)
@click.option("--update", metavar="URL", help="更新地址 / updates, if elsewhere")
@click.option("--graph-store", metavar="URL", help="Graph Store 地址，送得更快 / sends faster")
@click.option(
    "--auth",
    type=click.Choice(["basic", "digest", "bearer"]),
    envvar="ZSGRAPH_AUTH",
    help="凭据取自环境、文件或 keyring / credentials from environment, file or keyring",
)
@click.option("--dry-run", is_flag=True, help="只说要送什么 / only tell what would be sent")
@click.option("--timeout", type=float, default=120.0, show_default=True, help="秒 / seconds")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    endpoint: str,
    update: str | None,
    graph_store: str | None,
    auth: str | None,
    dry_run: bool,
    timeout: float,
    lang: str | None,
) -> int:
    """Send the graph, or what changed of it since the last push."""
    from zsgraph.cli.graph import ready_graph
    from zsgraph.knowledge import locate
    from zsgraph.remote.client import Client
    from zsgraph.remote.endpoint import endpoint_at
    from zsgraph.remote.push import push
    from zsgraph.store import home_of

    language = chosen_language(ctx)
    service = endpoint_at(endpoint, update or "", graph_store or "", auth or "", timeout)
    knowledge = locate()
    graph = ready_graph(knowledge, language)
    folder = home_of(knowledge) / "pushed" / hashlib.sha256(endpoint.encode()).hexdigest()[:16]

    def tell(message: Message) -> None:
        click.echo(message.text(language), err=True)

    done = push(Client(service), graph.store, graph.description, folder, tell, dry_run=dry_run)
    if dry_run:
        zh = f"会送 {done.sent} 个图、{done.triples:,} 条陈述；{done.same} 个图没有变化。"
        en = f"Would send {done.sent} graphs, {done.triples:,} statements; {done.same} unchanged."
    elif not done.sent:
        zh, en = "服务上的图已是最新。", "The graph there is up to date."
    else:
        zh = f"已送 {done.sent} 个图、{done.triples:,} 条陈述；{done.same} 个图没有变化。"
        en = f"Sent {done.sent} graphs, {done.triples:,} statements; {done.same} were unchanged."
    click.echo(text(language, zh, en))
    return 0
