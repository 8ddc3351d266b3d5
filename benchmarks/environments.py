"""Environments of the peers whose pinned dependencies conflict with ours, made when first used."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

LOCKED: Final = Path(__file__).with_name("requirements-peers.txt")
_FOLDER: Final = Path(__file__).parents[1] / "build" / "peers"


def python_of(peer: str) -> Path | None:
    """Return the Python of a peer's environment, or None if it cannot be installed here.

    Parameters
    ----------
    peer
        First package of its line in ``requirements-peers.txt``.
    """
    packages = _packages()[peer]
    folder = _FOLDER / re.sub(r"\W+", "-", " ".join(packages))
    python = folder / "bin" / "python"
    mark = folder / "complete"
    if mark.exists():
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    installer = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    installed = subprocess.run([*installer, *packages], env={**os.environ}, check=False)
    if installed.returncode:
        return None
    mark.touch()
    return python


def _packages() -> dict[str, list[str]]:
    lines = LOCKED.read_text(encoding="utf-8").splitlines()
    parts = [line.split() for line in lines if line and not line.startswith("#")]
    return {line[0].partition("==")[0]: line for line in parts}
