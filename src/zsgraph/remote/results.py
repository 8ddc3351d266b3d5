"""Answers of services as the embedded store gives them.

Standard: SPARQL 1.1 Query Results JSON Format (https://www.w3.org/TR/sparql11-results-json/)
"""

import json
from typing import Any, Final

import pyoxigraph as ox

from zsgraph.namespaces import XSD
from zsgraph.remote.faults import RemoteError

_BOOLEAN: Final = {"0": "false", "1": "true"}


def solutions(body: bytes, address: str) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return what a service answered to SELECT or ASK.

    Parameters
    ----------
    body
        Query results in JSON, also in the older form of some engines.
    address
        Where they come from.

    Raises
    ------
    RemoteError
        If this is no such answer.
    """
    try:
        found = json.loads(body)
        blank: dict[str, str] = {}
        for row in found.get("results", {}).get("bindings", ()):
            for term in row.values():
                _mend(term, blank)
        # an answer to ASK comes with an empty list of rows from some engines
        if "boolean" in found:
            found = {"head": {}, "boolean": found["boolean"]}
        return ox.parse_query_results(json.dumps(found).encode(), ox.QueryResultsFormat.JSON)
    except (ValueError, SyntaxError, AttributeError, KeyError, TypeError):
        raise RemoteError(
            f"{address} 的回答不是 SPARQL 结果（JSON）。请检查地址是不是查询的地址。",
            f"What {address} answered is no SPARQL result in JSON. Check that this is the address "
            "of queries.",
        ) from None


def _mend(term: dict[str, Any], blank: dict[str, str]) -> None:
    """Give a term the form that the standard has for it; the value stays."""
    if term["type"] == "bnode":
        term["value"] = blank.setdefault(term["value"], f"b{len(blank)}")
    elif term.get("datatype") == f"{XSD}boolean":  # Virtuoso 7 gives truth values as numbers
        term["value"] = _BOOLEAN.get(term["value"], term["value"])
    elif term["type"] == "typed-literal":
        term["type"] = "literal"
