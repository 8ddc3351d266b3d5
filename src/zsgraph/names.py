"""Names as people write them, folded so that different spellings of one name are equal.

Standard: Unicode Standard Annex #15 (NFKC, https://www.unicode.org/reports/tr15/); traditional
characters become simplified ones by the tables of Open Chinese Convert.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

_BETWEEN = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def folded(name: str) -> str:
    """Return a name without what spellings differ in.

    Full-width forms become usual ones, capitals small ones, traditional characters simplified
    ones; spaces, punctuation and apostrophes are left out.  A name of nothing else stays.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    if not plain.isascii() and _CHINESE.search(plain):
        plain = _simplified().convert(plain)
    return _BETWEEN.sub("", plain) or plain


def stem(name: str, endings: Iterable[str]) -> str:
    """Return a folded name without those endings that say little, such as a legal form.

    Parameters
    ----------
    name
        A folded name.
    endings
        Folded endings.  A name that consists of endings alone is left as it is.
    """
    for ending in sorted(endings, key=len, reverse=True):
        if len(name) > len(ending) and name.endswith(ending):
            return stem(name.removesuffix(ending), endings)
    return name


@cache
def _simplified() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
