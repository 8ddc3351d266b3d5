"""Words are completed by the shells themselves, which run the script that is printed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zsgraph.build import Summary
from zsgraph.knowledge import Knowledge
from zsgraph.queries import load_queries

PROGRAM = Path(sys.executable).parent / "zsgraph"

BASH = """
eval "$(zsgraph completion bash)"
COMP_WORDS=($1 "$2")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_zsgraph_completion zsgraph
printf '%s\\n' "${COMPREPLY[@]}"
"""
ZSH = """
autoload -Uz compinit && compinit -u -D
eval "$(zsgraph completion zsh)"
_describe() { local name=$@[-2]; print -rl -- ${(P)name} }
compadd() { while [[ $1 != -a ]] shift; print -rl -- ${(P)2} }
_path_files() { print -r -- "a file" }
words=(${=1} "$2")
CURRENT=$#words
_zsgraph_completion
"""
FISH = """
zsgraph completion fish | source
complete -C "$argv[1] $argv[2]"
"""


@pytest.fixture
def complete(built: tuple[Path, Summary], tmp_path: Path, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    """Return what a shell offers for a word after others."""

    def run(kind: str, before: str, word: str) -> list[str]:
        script = tmp_path / "script"
        script.write_text({"bash": BASH, "zsh": ZSH, "fish": FISH}[kind], encoding="utf-8")
        ran = subprocess.run(
            [kind, *(["-f"] if kind == "zsh" else []), str(script), before, word],
            env=os.environ
            | {
                "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
                "ZSGRAPH_HOME": str(built[0]),
                "ZSGRAPH_LANG": "zh",
                "LC_ALL": "C.UTF-8",
                "HOME": str(tmp_path),
            },
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
        )
        assert ran.stderr == ""
        offered = [line.split("\t")[0] for line in ran.stdout.splitlines() if line]
        return [line.split(":")[0] if kind == "zsh" else line for line in offered]

    return run


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_names_and_values_are_completed(  # type: ignore[no-untyped-def]
    complete, knowledge: Knowledge, kind: str
) -> None:
    if not shutil.which(kind):
        pytest.skip(f"{kind} is not installed")
    assert set(complete(kind, "zsgraph", "que")) == {"questions", "query"}
    names = {name for name in load_queries(knowledge.queries) if name.startswith("q")}
    assert set(complete(kind, "zsgraph query", "q")) == names
    assert "--region" in complete(kind, "zsgraph query q6-platforms", "--r")
    assert complete(kind, "zsgraph query q6-platforms --region", "四川") == ["四川省"]
    assert complete(kind, "zsgraph query q6-platforms --region", "51000") == ["510000"]
    assert set(complete(kind, "zsgraph query q6-platforms --format", "x")) == {"xml", "xlsx"}
    assert complete(kind, "zsgraph sparql --format", "ttt") == []
    assert complete(kind, "zsgraph sparql --graph", "inf") == ["inferred"]


@pytest.mark.parametrize(
    "words",
    [
        "nosuch x",
        "query nosuch --re",
        "query q6-platforms --nosuch x",
        "query --lang x",
        "query --",
    ],
)
def test_nothing_is_said_where_nothing_is_known(built: tuple[Path, Summary], words: str) -> None:
    ran = subprocess.run(
        [PROGRAM],
        env=os.environ
        | {
            "_ZSGRAPH_COMPLETE": "bash_complete",
            "COMP_WORDS": f"zsgraph {words}",
            "COMP_CWORD": str(len(words.split())),
            "ZSGRAPH_HOME": str(built[0]),
        },
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
