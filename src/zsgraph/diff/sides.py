"""The two sides of a comparison: records, a built graph, a release, a file or a git revision."""

import gzip
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.build import Silence
from zsgraph.description import describe
from zsgraph.description.provenance import Origin, origin_of
from zsgraph.errors import UsageError, ZsgraphError
from zsgraph.findings import Severity
from zsgraph.knowledge import FOLDERS, Knowledge
from zsgraph.namespaces import DCT, GRAPH_DESCRIPTION
from zsgraph.patch import quad_of
from zsgraph.pipeline import run
from zsgraph.reasoning.closure import close
from zsgraph.revisions import find_revision, unpack
from zsgraph.schema import Schema, load_schema
from zsgraph.store import CURRENT, DESCRIPTION, load, open_folder, open_graph
from zsgraph.terms import Quad
from zsgraph.transaction import reading
from zsgraph.validation.shacl import ENGINES

_GRAPH_FILE: Final = "zsgraph.nq"
_FORMATS: Final = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
_PACKED: Final = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the graph.

    Attributes
    ----------
    name
        What the person called it.
    store
        All its named graphs.
    knowledge, schema
        The shapes by which its records are told, and where they lie.
    """

    name: str
    store: ox.Store
    knowledge: Knowledge
    schema: Schema

    def quads(self) -> set[Quad]:
        """Return all its statements."""
        return set(map(quad_of, self.store))

    def modified(self) -> str:
        """Return when its records were last changed (RFC 3339); empty if it does not say so."""
        path, graph = ox.NamedNode(DCT + "modified"), ox.NamedNode(GRAPH_DESCRIPTION)
        quads = self.store.quads_for_pattern(None, path, None, graph)
        return max((q.object.value for q in quads if isinstance(q.object, ox.Literal)), default="")


@contextmanager
def opened(text: str, knowledge: Knowledge) -> Iterator[Side]:
    """Open one side of a comparison.

    Parameters
    ----------
    text
        A folder (of the knowledge, of records, of built graphs, or a release), a file of N-Quads
        or TriG, which may be compressed, a version, a tag or a git revision.
    knowledge
        Gives the shapes to what has none of its own, and the checkout to versions and revisions.

    Raises
    ------
    UsageError
        If it is nothing of all this.
    ZsgraphError
        If the records have errors.
    """
    path = Path(text)
    if path.exists():
        yield _of_path(text, path, knowledge)
        return
    commit = find_revision(knowledge.root, text)
    if not commit:
        raise UsageError(
            f"“{text}”既不是文件或文件夹，也不是版本号、标签或 git 修订版。"
            "可写 data、一个发布文件夹、一个 .nq 文件、v0.1.0、HEAD~3 等。",
            f"“{text}” is neither a file or folder nor a version, tag or git revision. Give for "
            "example data, the folder of a release, a .nq file, v0.1.0 or HEAD~3.",
        )
    with tempfile.TemporaryDirectory(prefix="zsgraph-revision-") as folder:
        root = Path(folder)
        unpack(knowledge.root, commit, FOLDERS, root)
        origin = origin_of(knowledge, commit)
        yield _of_records(text, Knowledge(root, root / "data"), origin)


def _of_path(text: str, path: Path, knowledge: Knowledge) -> Side:
    if path.is_file():
        return _stored(text, _read(path), knowledge)
    if (path / CURRENT / DESCRIPTION).is_file():
        return _stored(text, open_graph(path).store, knowledge)
    if (path / DESCRIPTION).is_file():
        return _stored(text, open_folder(path).store, knowledge)
    for ending in ("", *_PACKED):
        if (path / f"{_GRAPH_FILE}{ending}").is_file():
            return _stored(text, _read(path / f"{_GRAPH_FILE}{ending}"), knowledge)
    if all((path / name).is_dir() for name in FOLDERS):
        return _of_records(text, Knowledge(path, path / "data"))
    if any(path.glob("*.csv")):
        return _of_records(text, Knowledge(knowledge.root, path))
    raise UsageError(
        f"文件夹 {path} 里没有可比的东西：须有各记录表（.csv）、{_GRAPH_FILE}、建好的图，"
        f"或 {'、'.join(FOLDERS)} 四个文件夹。",
        f"The folder {path} holds nothing to compare: it needs tables of records (.csv), "
        f"{_GRAPH_FILE}, a built graph, or the folders {', '.join(FOLDERS)}.",
    )


def _stored(name: str, store: ox.Store, knowledge: Knowledge) -> Side:
    return Side(name, store, knowledge, load_schema(knowledge.shapes))


def _of_records(name: str, knowledge: Knowledge, origin: Origin | None = None) -> Side:
    with reading(knowledge.data):
        graphs = run(knowledge, close, ENGINES["default"], Silence())
    if graphs.failed():
        errors = [f for f in graphs.findings if f.severity is Severity.ERROR]
        place = " ".join(filter(None, (errors[0].file, str(errors[0].row or ""))))
        raise ZsgraphError(
            f"{name} 的记录有 {len(errors)} 处错误，无法比较。第一处（{place}）："
            f"{errors[0].message.zh}请先改正；zsgraph build 列出全部错误。",
            f"The records of {name} have {len(errors)} errors and cannot be compared. The first "
            f"({place}): {errors[0].message.en} Correct them; zsgraph build lists them all.",
        )
    graphs.description = describe(knowledge, graphs, origin)
    store = ox.Store()
    load(store, graphs.named())
    return Side(name, store, knowledge, graphs.schema)


def _read(path: Path) -> ox.Store:
    packed = path.suffix if path.suffix in _PACKED else ""
    form = _FORMATS.get(Path(path.name.removesuffix(packed)).suffix)
    if form is None:
        raise UsageError(
            f"{path} 不是 N-Quads 或 TriG 文件（.nq、.trig，可带 .gz 或 .zst）。",
            f"{path} is no file of N-Quads or TriG (.nq, .trig, also with .gz or .zst).",
        )
    store = ox.Store()
    try:
        with _opener(packed)(path) as stream:
            store.bulk_load(input=stream, format=form)
    except (SyntaxError, ValueError, EOFError, gzip.BadGzipFile) as error:
        raise UsageError(
            f"{path} 读不了：{error}。请检查文件是否完整。",
            f"{path} cannot be read: {error}. Check that the file is whole.",
        ) from None
    return store


def _opener(packed: str) -> Callable[[Path], AbstractContextManager[Any]]:
    if packed == ".gz":
        return lambda path: gzip.open(path, "rb")
    if packed == ".zst":
        try:
            import zstandard
        except ImportError:
            raise UsageError(
                "读 zstd 文件需要附加组件：pip install 'zsgraph[zstd]'。",
                "Reading zstd files needs an extra: pip install 'zsgraph[zstd]'.",
            ) from None
        return lambda path: zstandard.open(path, "rb")
    return lambda path: path.open("rb")
