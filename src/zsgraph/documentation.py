"""Pages for people that are made from the knowledge, so that they cannot drift from it."""

from collections.abc import Iterable

from zsgraph.findings import Message
from zsgraph.queries import FOLDERS, NamedQuery

_GROUPS = {
    FOLDERS[0]: Message("九问", "The nine questions"),
    FOLDERS[1]: Message("结构查询", "Structural queries"),
}


def queries_page(queries: Iterable[NamedQuery]) -> str:
    """Return a Markdown page that explains each named query in both languages.

    Parameters
    ----------
    queries
        The queries in the order of the page.
    """
    known = list(queries)
    lines = [
        "# 具名查询 · Named queries",
        "",
        "本页由查询文件的头部生成（`python -m scripts.make_docs`）。",
        "This page is made from the headers of the query files (`python -m scripts.make_docs`).",
        "",
        "```sh",
        "zsgraph query 名称 [--参数 值] [--format table|csv|tsv|json|xml|md|xlsx|parquet]",
        "zsgraph query 名称 [--参数 值] --chart 图.svg|png|html [--theme light|dark]",
        "zsgraph query --all --report 文件夹",
        "```",
    ]
    for folder, title in _GROUPS.items():
        lines += ["", f"## {title.zh} · {title.en}"]
        for query in known:
            if query.folder == folder:
                lines += _section(query)
    return "\n".join(lines) + "\n"


def _section(query: NamedQuery) -> list[str]:
    lines = ["", f"### `{query.name}`", ""]
    lines += [f"**{query.summary.zh}** · {query.summary.en}", ""]
    lines += [query.description.zh, "", query.description.en, ""]
    if query.parameters:
        lines += ["| 参数 Parameter | 含义 | Meaning | 例 Example |", "|---|---|---|---|"]
        lines += [
            f"| `--{p.name}`{' *' if p.required else ''} | {p.summary.zh} | {p.summary.en} "
            f"| {p.example} |"
            for p in query.parameters
        ]
        lines.append("")
    columns = ", ".join(f"{c.heading.zh} *{c.heading.en}*" for c in query.columns)
    return [*lines, f"列 Columns: {columns}"]
