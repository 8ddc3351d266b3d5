"""Query files: SPARQL with a YAML header in ``#+`` lines, as grlc has it.

Standard of the form: https://grlc.io/ (query decorators)
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zsgraph.errors import KnowledgeError

_MARK = "#+"


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query file: its path, its header and its whole text (the header is a comment in it)."""

    path: Path
    header: dict[str, Any]
    text: str

    @property
    def name(self) -> str:
        """The name of the query: the file's name without extension."""
        return self.path.stem

    @property
    def folder(self) -> str:
        """The name of the folder, which groups queries."""
        return self.path.parent.name


def read_query_file(path: Path) -> QueryFile:
    """Read a query file and its header.

    Raises
    ------
    KnowledgeError
        If the file is not UTF-8 or the header is not YAML.
    """
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        lines = [line[len(_MARK) :] for line in text.splitlines() if line.startswith(_MARK)]
        # A header line starts with "#+ "; what follows the blank is YAML.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        header = yaml.load("\n".join(line.removeprefix(" ") for line in lines), loader)
    except (UnicodeDecodeError, OSError, yaml.YAMLError) as error:
        raise KnowledgeError(
            f"查询文件 {path.name} 的头部读不了：{error}。请改正“{_MARK}”开头的各行。",
            f"The header of query file {path.name} cannot be read: {error}. Mend its lines that "
            f"start with “{_MARK}”.",
        ) from None
    if not isinstance(header, dict):
        raise KnowledgeError(
            f"查询文件 {path.name} 没有“{_MARK}”开头的头部。请补上 summary 等内容。",
            f"Query file {path.name} has no header of “{_MARK}” lines. Add a summary and the rest.",
        )
    return QueryFile(path, header, text)


def syntax_fault(path: Path, text: str, error: SyntaxError) -> KnowledgeError:
    """Return the error that shows where the query of a file is not SPARQL."""
    line, column = error.lineno or 1, error.offset or 1
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    detail = str(error.msg).split("\n")[0]
    return KnowledgeError(
        f"查询 {path.name} 第{line}行第{column}列有语法错误：{detail}\n  {shown}",
        f"Query {path.name} has a syntax error in line {line}, column {column}: {detail}\n"
        f"  {shown}",
    )
