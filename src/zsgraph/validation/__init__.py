"""Validation: SHACL constraints and verify queries, told as findings."""
