"""The text of SPARQL queries: its tokens, what is refused, and advice on what is wrong in it."""
