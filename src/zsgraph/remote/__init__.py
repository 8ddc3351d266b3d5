"""Any SPARQL 1.1 service as a place where the graph lies: asked, filled and kept up to date.

Standards: SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), Query, Update and the
Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).
"""
