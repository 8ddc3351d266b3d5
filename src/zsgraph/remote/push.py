"""Filling a SPARQL service: graphs go into staging graphs and are moved when all is there.

A push may be stopped at any moment.  What was sent stays in staging graphs, which no reader of
ours reads, and the next push goes on from there after counting what the service really has.  While
graphs are moved into their places the mark says so, and readers are told to wait.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.findings import Message
from zsgraph.patch import Patch, to_sparql_update
from zsgraph.remote.client import Client
from zsgraph.remote.faults import RemoteError
from zsgraph.remote.marker import STAGING, Marker, marking, read_marker
from zsgraph.remote.plan import Kept, Part, Plan, Progress, batches, plan_of
from zsgraph.remote.results import solutions

#: So many triples go into one request.
BATCH: Final = 1_000
#: So many subjects of each graph are compared, triple by triple, when all is sent.
_SAMPLE: Final = 20
Tell = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs sent, graphs that were there already, triples sent or removed."""

    sent: int
    same: int
    triples: int


def push(
    client: Client,
    store: ox.Store,
    description: dict[str, Any],
    folder: Path,
    tell: Tell,
    *,
    dry_run: bool = False,
) -> Pushed:
    """Make a service hold what a store holds.

    Parameters
    ----------
    client
        Talks to the service.
    store
        The graphs.
    description
        Of the build, for readers.
    folder
        Keeps what was sent to this service and how far a push has come.
    tell
        Hears of each step.
    dry_run
        Only tell what would be sent.

    Raises
    ------
    RemoteError
        If the service fails, or does not hold in the end what was sent.
    """
    before = read_marker(client)
    kept = Kept(folder)
    plan = plan_of(store, before, kept)
    total = sum(part.size for part in plan.parts)
    _announce(plan, tell)
    pushed = Pushed(len(plan.parts), len(plan.same), total)
    if dry_run or not (plan.parts or plan.gone or before is None or before.moving):
        return pushed
    progress = Progress(folder / "progress.json")
    for part in plan.parts:
        _stage(client, part, progress)
        _verify(client, part, _staging(part))
        tell(Message(f"已送到 {part.name}：{part.size:,} 条", f"Sent {part.name}: {part.size:,}"))
    _move(client, plan, description)
    progress.clear()
    kept.forget(plan.states)
    return pushed


def _announce(plan: Plan, tell: Tell) -> None:
    for part in plan.parts:
        if part.patch is None:
            zh, en = f"全部 {part.size:,} 条", f"all, {part.size:,} triples"
        else:
            removed, added = len(part.patch.removed), len(part.patch.added)
            zh, en = f"差别：-{removed:,} +{added:,}", f"difference: -{removed:,} +{added:,}"
        tell(Message(f"要送 {part.name}（{zh}）", f"To send: {part.name} ({en})"))
    for name in plan.gone:
        tell(Message(f"要去掉 {name}", f"To remove: {name}"))


def _staging(part: Part) -> str:
    """Return a name that only this state of this graph has."""
    return STAGING + hashlib.sha256(f"{part.name} {part.state.sha256}".encode()).hexdigest()[:32]


def _stage(client: Client, part: Part, progress: Progress) -> None:
    """Fill the staging graph of a part, from where an earlier push stopped."""
    graph = key = _staging(part)
    if _count(client, graph) == part.state.count and progress.sent(key) == part.state.count:
        return
    if part.patch is not None:
        client.update(f"DROP SILENT GRAPH <{graph}> ; COPY <{part.name}> TO <{graph}>")
        for request in to_sparql_update(_into(part.patch, graph), BATCH):
            client.update(request)
        progress.put(key, part.state.count)
        return
    done = progress.sent(key)
    if done and _count(client, graph) < done:  # the service lost what it had said it had
        done = 0
    if not done:
        client.update(f"DROP SILENT GRAPH <{graph}>")
    place = 0
    for batch in batches(part.file, BATCH):
        place += batch.count(b"\n")
        if place <= done:
            continue
        if client.endpoint.graph_store:
            client.add(graph, batch)
        else:
            client.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{batch.decode()}}} }}")
        progress.put(key, place)


def _into(patch: Patch, graph: str) -> Patch:
    """Return a patch of triples as one of quads of a graph."""

    def placed(quads: tuple[tuple[str, str, str, str], ...]) -> tuple[Any, ...]:
        return tuple((s, p, o, f"<{graph}>") for s, p, o, _ in quads)

    return Patch(placed(patch.removed), placed(patch.added))


def _verify(client: Client, part: Part, graph: str) -> None:
    """Compare the count and, for a sample of subjects, every triple."""
    count = _count(client, graph)
    if count != part.state.count:
        raise _mismatch(client, part, f"{count:,} ≠ {part.state.count:,}")
    ours: dict[str, set[str]] = {}
    with part.file.open(encoding="utf-8") as lines:
        for line in lines:
            subject = line.split(" ", 1)[0]
            if subject.startswith("<"):
                ours.setdefault(subject, set()).add(line)
    for subject in sorted(ours, key=lambda iri: hashlib.sha256(iri.encode()).digest())[:_SAMPLE]:
        text = f"SELECT ?p ?o {{ GRAPH <{graph}> {{ {subject} ?p ?o }} }}"
        found = solutions(client.select(text), client.endpoint.query)
        assert isinstance(found, ox.QuerySolutions)
        theirs = {_line(subject, row["p"], row["o"]) for row in found}
        expected = {_line(t.subject, t.predicate, t.object) for t in _parsed(ours[subject])}
        if theirs != expected:
            raise _mismatch(client, part, subject)


def _parsed(lines: set[str]) -> list[ox.Quad]:
    return list(ox.parse("".join(sorted(lines)), ox.RdfFormat.N_TRIPLES, lenient=True))


def _line(subject: Any, predicate: Any, obj: Any) -> str:
    """Return a triple as text in which equal numbers are equal, as engines may rewrite them."""
    if isinstance(obj, ox.Literal) and obj.datatype.value.endswith(("#decimal", "#double")):
        obj = float(obj.value)
    return f"{subject} {predicate} {obj}"


def _mismatch(client: Client, part: Part, what: str) -> RemoteError:
    return RemoteError(
        f"{client.endpoint.query} 收到的 {part.name} 与送出的不同（{what}），原有的图没有动。"
        "请再运行一次 zsgraph push；若仍不同，请报告这个引擎。",
        f"What {client.endpoint.query} holds of {part.name} differs from what was sent ({what}); "
        "the graph of before was not touched. Run zsgraph push again; report the engine if it "
        "differs still.",
    )


def _not_moved(client: Client, part: Part) -> RemoteError:
    return RemoteError(
        f"{client.endpoint.query} 没有把 {part.name} 完整地移到位（应有 {part.state.count:,} 条）；"
        "移动已经开始，新旧的图并存，读者会被告知稍候。请再运行一次 zsgraph push 补完；"
        "若仍不同，请报告这个引擎。",
        f"{client.endpoint.query} did not move {part.name} whole into its place "
        f"({part.state.count:,} triples expected). The move had begun: graphs old and new are side "
        "by side, and readers are told to wait. Run zsgraph push again to complete it; report the "
        "engine if it fails still.",
    )


def _move(client: Client, plan: Plan, description: dict[str, Any]) -> None:
    """Put the staged graphs into their places, and the mark last."""
    after = Marker(plan.states, description)
    client.update(marking(Marker(plan.states, description, moving=True)))
    for part in plan.parts:
        staged = _staging(part)
        # counted, so that a second try does not move what was moved already
        if _count(client, staged) == part.state.count:
            client.update(f"MOVE <{staged}> TO <{part.name}>")
        if _count(client, part.name) != part.state.count:
            raise _not_moved(client, part)
    if plan.gone:
        client.update(" ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in plan.gone))
    client.update(marking(after))


def _count(client: Client, graph: str) -> int:
    text = f"SELECT (COUNT(*) AS ?count) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    found = solutions(client.select(text), client.endpoint.query)
    assert isinstance(found, ox.QuerySolutions)
    row = next(found, None)
    return int(row["count"].value) if row is not None and row["count"] is not None else 0
