"""RDF terms as strings in canonical N-Triples syntax.

A term is the text that stands for it in an N-Triples line: ``<iri>``, ``"text"``,
``"text"@zh`` or ``"5"^^<datatype>``.  Equal terms are equal strings, so sets and dictionaries
work on them directly and a triple is written by joining three strings.

Standard: RDF 1.2 N-Triples, canonical form (https://www.w3.org/TR/rdf12-n-triples/).
"""

import re
from typing import Final

from zsgraph.namespaces import RDF, XSD

Term = str
Triple = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term]

RDF_TYPE: Final = f"<{RDF}type>"

_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_ESCAPE_TABLE: Final = str.maketrans(
    _ESCAPES | {chr(i): f"\\u{i:04X}" for i in (*range(0x20), 0x7F) if chr(i) not in _ESCAPES}
)
_NEEDS_ESCAPE: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_UNESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_UNESCAPED: Final = {value[1]: key for key, value in _ESCAPES.items()}
_BAD_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(value: str) -> Term:
    """Return the term of an absolute IRI.

    Raises
    ------
    ValueError
        If ``value`` holds a character that RFC 3987 does not allow in an IRI.
    """
    if _BAD_IRI.search(value):
        raise ValueError(f"not an IRI: {value!r}")
    return f"<{value}>"


def literal(value: str, datatype: str = "", language: str = "") -> Term:
    """Return the term of a literal.

    Parameters
    ----------
    value
        The lexical form.
    datatype
        The datatype's IRI; empty or ``xsd:string`` gives a plain string.
    language
        A BCP 47 language tag; not together with ``datatype``.
    """
    text = value.translate(_ESCAPE_TABLE) if _NEEDS_ESCAPE.search(value) else value
    if language:
        return f'"{text}"@{language}'
    if datatype and datatype != XSD + "string":
        return f'"{text}"^^<{datatype}>'
    return f'"{text}"'


def is_literal(term: Term) -> bool:
    """Tell whether a term is a literal."""
    return term.startswith('"')


def is_iri(term: Term) -> bool:
    """Tell whether a term is an IRI."""
    return term.startswith("<")


def iri_value(term: Term) -> str:
    """Return the IRI of an IRI term, without its angle brackets."""
    return term[1:-1]


def literal_parts(term: Term) -> tuple[str, str, str]:
    """Return lexical form, datatype IRI (empty for a plain string) and language of a literal."""
    end = term.rindex('"')
    text = term[1:end]
    if "\\" in text:
        text = _UNESCAPE.sub(_unescape, text)
    tail = term[end + 1 :]
    if tail.startswith("@"):
        return text, "", tail[1:]
    return text, tail[3:-1], ""


def _unescape(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    if letter is not None:
        return _UNESCAPED.get(letter, letter)
    return chr(int(short or long, 16))
