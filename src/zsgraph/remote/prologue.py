"""The prefixes that a query uses and does not declare: a service knows none of ours."""

from zsgraph.namespaces import PREFIXES
from zsgraph.sparql.tokens import declared_prefixes, tokens


def with_prefixes(text: str) -> str:
    """Return a query with all of our prefixes that it uses declared."""
    declared = declared_prefixes(text)
    used = {token.prefix for token in tokens(text) if token.kind == "name"}
    missing = sorted(used & PREFIXES.keys() - declared.keys())
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing) + text
