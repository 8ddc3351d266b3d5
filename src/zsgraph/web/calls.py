"""The same question put from elsewhere: curl, Python and R."""

import json
import shlex
from urllib.parse import urlencode

from zsgraph.queries import NamedQuery


def calls(
    query: NamedQuery, given: dict[str, str], language: str, origin: str
) -> list[tuple[str, str]]:
    """Return pairs of a program's name and what to type there.

    Parameters
    ----------
    query
        What is asked.
    given
        Texts by parameter name.
    language
        ``zh`` or ``en``.
    origin
        Where this server answers, without a slash at the end.
    """
    address = f"{origin}/api/queries/{query.name}"
    asked = f"{address}?{urlencode({**given, 'lang': language, 'format': 'csv'})}"
    values = "".join(f", **{{{_text(k)}: {_text(v)}}}" for k, v in given.items())
    if all(name.isidentifier() for name in given):
        values = "".join(f", {name}={_text(value)}" for name, value in given.items())
    python = (
        "import zsgraph\n\n"
        f"with zsgraph.open(language={_text(language)}) as graph:\n"
        f"    answer = graph.ask_named({_text(query.name)}{values})\n"
        "print(answer.sentence())\ntable = answer.to_pandas()"
    )
    return [
        ("curl", f"curl -o {query.name}.csv {shlex.quote(asked)}"),
        ("Python", python),
        ("Python (pandas, HTTP)", f"import pandas\n\ntable = pandas.read_csv({_text(asked)})"),
        ("R", f'table <- read.csv({_text(asked)}, fileEncoding = "UTF-8")'),
    ]


def _text(text: str) -> str:
    """Return a text as Python and R write it."""
    return json.dumps(text, ensure_ascii=False)
