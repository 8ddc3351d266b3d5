"""IRIs of the project and of the vocabularies it reuses.

Only the bases stand here; the terms themselves are declared in ``ontology/``.
"""

from typing import Final

BASE: Final = "https://w3id.org/zsgraph/"
ZS: Final = BASE + "ontology#"
ZSH: Final = BASE + "shape#"
REC: Final = BASE + "record#"
SCHEME: Final = BASE + "scheme/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"
GENID: Final = BASE + ".well-known/genid/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"

GRAPH_ONTOLOGY: Final = GRAPH + "ontology"
GRAPH_SCHEMES: Final = GRAPH + "schemes"
GRAPH_INFERRED: Final = GRAPH + "inferred"
GRAPH_DESCRIPTION: Final = GRAPH + "description"
GRAPH_REDIRECTS: Final = GRAPH + "redirects"
GRAPH_DATA: Final = GRAPH + "data/"

#: Prefixes that every query may use without declaring them.
PREFIXES: Final[dict[str, str]] = {
    "zs": ZS,
    "zsh": ZSH,
    "scheme": SCHEME,
    "id": ID,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "sh": SH,
    "skos": SKOS,
    "dct": DCT,
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
}


def shorten(iri: str) -> str:
    """Return ``prefix:local`` for an IRI of a known namespace, else the IRI unchanged.

    Parameters
    ----------
    iri
        An absolute IRI without angle brackets.
    """
    best = ""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and len(base) > len(PREFIXES.get(best, "")):
            best = prefix
    return f"{best}:{iri[len(PREFIXES[best]) :]}" if best else iri
