"""Exports: the graph, or a part of it, written for other systems.

One module writes one format; :mod:`zsgraph.export.registry` knows them all and
:func:`zsgraph.export.run.export` makes the files of a folder, all or none.
"""
