"""Corrections that are certain: what a cell must mean, written as it should be, in a copy."""
