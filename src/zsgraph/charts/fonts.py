"""Whether there is a font for Chinese on this machine."""

import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Final

_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
    "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_FILES: Final = re.compile(
    r"cjk|notosans(mono)?(sc|tc|hans)|sourcehan|wqy|uming|ukai|droidsansfallback|simsun|simhei|msyh|pingfang|heiti",
    re.IGNORECASE,
)


def extra_fonts() -> Path | None:
    """Return the folder of fonts that ``ZSGRAPH_FONTS`` names."""
    named = os.environ.get("ZSGRAPH_FONTS")
    return Path(named) if named and Path(named).is_dir() else None


def has_chinese(spec: dict[str, Any]) -> bool:
    """Tell whether a specification holds Chinese characters."""
    return bool(_CHINESE.search(json.dumps(spec, ensure_ascii=False)))


@cache
def chinese_fonts_missing() -> bool:
    """Tell whether no font for Chinese is installed."""
    if shutil.which("fc-list"):
        found = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
        )
        return not found.stdout.strip()
    folders = [Path(folder).expanduser() for folder in _FOLDERS]
    return not any(
        _FILES.search(path.name)
        for folder in folders
        if folder.is_dir()
        for path in folder.rglob("*.[tToO][tT][fFcC]")
    )
