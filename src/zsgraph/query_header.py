"""Query files: SPARQL with a YAML header in ``#+`` lines, as grlc has it.

Standard of the form: https://grlc.io/ (query decorators)
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Message

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


def header_fault(file: QueryFile, zh: str, en: str) -> KnowledgeError:
    """Return the error that tells what is wrong in the header of a query file."""
    return KnowledgeError(
        f"查询文件 {file.path.name}：{zh}。", f"Query file {file.path.name}: {en}."
    )


def message_of(file: QueryFile, value: Any, what: str) -> Message:
    """Return a text of a header in both languages.

    Raises
    ------
    KnowledgeError
        If one of them is missing or empty.
    """
    texts = value if isinstance(value, dict) else {}
    if not (texts.get("zh") and texts.get("en")):
        raise header_fault(
            file, f"头部的 {what} 缺少 zh 或 en", f"{what} in the header lacks zh or en"
        )
    return Message(str(texts["zh"]), str(texts["en"]))


def mapping_of(file: QueryFile, what: str) -> dict[str, Any]:
    """Return a part of a header that maps names to something; empty where it is absent.

    Raises
    ------
    KnowledgeError
        If it is no mapping, or a name in it is no text (in YAML, ``on`` and ``no`` are not).
    """
    value = file.header.get(what) or {}
    if not isinstance(value, dict):
        raise header_fault(
            file,
            f"头部的 {what} 应当是“名称: 内容”的形式",
            f"{what} in the header maps names to something",
        )
    for name in value:
        if not isinstance(name, str):
            raise header_fault(
                file,
                f"{what} 中的名称 {name} 在 YAML 中不是文字，请加引号或改名",
                f"the name {name} in {what} is no text in YAML; quote or rename it",
            )
    return value
